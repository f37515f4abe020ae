import { type Command, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import { formatReport, REPORT_FORMATS, type ReportFormat } from "../reports/formats/index.ts";
import { buildReport } from "../reports/report.ts";
import { withDatabase } from "./run.ts";

interface ReportFlags extends ConfigInput {
  readonly format: ReportFormat;
  readonly group?: string;
  readonly json?: boolean;
}

export function reportCommand(program: Command): void {
  program
    .command("report <study>")
    .description("how often the target won, tied and lost, with intervals")
    .addOption(
      new Option("--format <format>", "how it is written").choices([...REPORT_FORMATS]).default("text"),
    )
    .option("--group <name>", "one group of annotators alone")
    .addHelpText("after", "\nExample:\n  npx tiebreak report haiku --format csv > haiku.csv")
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ReportFlags>();
      await withDatabase(flags, async ({ context }) => {
        const report = await buildReport(context, { study, group: flags.group });
        process.stdout.write(formatReport(report, flags.json ? "json" : flags.format));
      });
    });
}
