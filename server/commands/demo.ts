import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { DEMO_STUDY, loadDemo } from "../demo/demo-study.ts";
import { LIMA_STUDY, loadLima } from "../demo/lima-study.ts";
import { withProgress } from "./support/progress-line.ts";
import { printSaid, withDatabase } from "./support/run.ts";

export function demoCommand(program: Command): void {
  const demo = program
    .command("demo")
    .description("create one of the two demo studies")
    .addHelpText("after", "\nExample:\n  npx tiebreak demo lima");
  const studies = [
    {
      name: LIMA_STUDY,
      what: "create a study of LIMA's published figures, with judgments reconstructed from percentages",
      load: loadLima,
    },
    { name: "simulated", what: "create a study of our own texts with simulated judgments", load: loadDemo },
  ];
  for (const { name, what, load } of studies) {
    demo
      .command(name)
      .description(what)
      .addHelpText("after", `\nExample:\n  npx tiebreak demo ${name}`)
      .action(async (_flags: unknown, command: Command) => {
        const flags = command.optsWithGlobals<ConfigInput & { json?: boolean }>();
        await withDatabase(
          flags,
          async ({ context }) => {
            await withProgress((line) => (line.step("Making the study"), load(context)));
            const study = name === LIMA_STUDY ? LIMA_STUDY : DEMO_STUDY;
            printSaid(
              flags.json
                ? JSON.stringify({ study })
                : `Created the study ${study}. Next:\n  npx tiebreak report ${study}`,
            );
          },
          { make: true },
        );
      });
  }
}
