import { Argument, type Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { type Departures, type Duty, dutySchema } from "../contract/leaving.ts";
import { listDepartures } from "../leaving/departures.ts";
import { finishDuty } from "../leaving/duties.ts";
import { eraseByName } from "../leaving/erase.ts";
import { withdrawByName } from "../leaving/withdraw.ts";
import { departuresText } from "./support/departures-text.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface AnnotatorFlags extends ConfigInput {
  readonly json?: boolean;
  readonly undo?: boolean;
}

const BY = "command line";
const NAME_HELP =
  "\nNAME is the annotator’s name in the study, such as annotator-7, or their id at the platform.";
const DUTY_HELP =
  "decide (on a request to withdraw from a closed study), pay, or copies (backups and exports)";
const ERASE_HELP = `
Erased at once and for good: ids at the platform, the personal link, a name from a file, comments and other texts. The
judgments then count in no figure, unless the protocol has --erased-judgments kept. Backups and exports made before are
not changed.`;

export function annotatorCommand(program: Command): void {
  const annotator = program
    .command("annotator")
    .description("withdraw or erase annotators at their request, and list who has left")
    .addHelpText("after", "\nExample:\n  npx tiebreak annotator list haiku");
  annotator
    .command("list <study>")
    .description("list who withdrew, was erased or has asked to, what is left to do, and what is done")
    .addHelpText("after", "\nExample:\n  npx tiebreak annotator list haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      list(study, command.optsWithGlobals<AnnotatorFlags>()),
    );
  annotator
    .command("done <study> <name>")
    .description("record that you have done what is left to do about somebody")
    .addArgument(new Argument("<duty>", DUTY_HELP).choices(dutySchema.options))
    .option("--undo", "take that back: it is left to do again")
    .addHelpText("after", "\nExample:\n  npx tiebreak annotator done haiku annotator-7 copies")
    .action(async (study: string, name: string, ...[duty, , command]: [Duty, unknown, Command]) =>
      done({ study, annotator: name, duty }, command.optsWithGlobals<AnnotatorFlags>()),
    );
  annotator
    .command("withdraw <study> <name>")
    .description(
      "take an annotator’s judgments out of every figure, because they want it; pay does not change",
    )
    .addHelpText("after", NAME_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak annotator withdraw haiku annotator-7")
    .action(async (study: string, name: string, _flags: unknown, command: Command) =>
      depart("withdrawn", { study, name }, command.optsWithGlobals<AnnotatorFlags>()),
    );
  annotator
    .command("erase <study> <name>")
    .description("erase what identifies an annotator, and their texts, because they want it")
    .addHelpText("after", NAME_HELP)
    .addHelpText("after", ERASE_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak annotator erase haiku annotator-7")
    .action(async (study: string, name: string, _flags: unknown, command: Command) =>
      depart("erased", { study, name }, command.optsWithGlobals<AnnotatorFlags>()),
    );
}

async function list(study: string, flags: AnnotatorFlags): Promise<void> {
  const found = await onEither<Departures>(flags, {
    there: (server) => server.whole(studyPath(study, "departures"), "departures"),
    here: ({ context }) => listDepartures(context, study),
  });
  print(flags.json ? JSON.stringify(found) : departuresText(found));
}

async function done(
  given: { study: string; annotator: string; duty: Duty },
  flags: AnnotatorFlags,
): Promise<void> {
  const { study, ...asked } = { ...given, undo: flags.undo === true };
  const found = await onEither<Departures>(flags, {
    there: (server) => server.post(studyPath(study, "departures", "done"), asked),
    here: async ({ context }) => {
      await finishDuty(context, { ...asked, study, by: BY });
      return listDepartures(context, study);
    },
  });
  print(flags.json ? JSON.stringify(found) : departuresText(found));
}

async function depart(
  kind: "withdrawn" | "erased",
  { study, name }: { study: string; name: string },
  flags: AnnotatorFlags,
): Promise<void> {
  const { verb, leave } =
    kind === "withdrawn"
      ? { verb: "withdraw", leave: withdrawByName }
      : { verb: "erase", leave: eraseByName };
  const { annotator } = await onEither<{ annotator: string }>(flags, {
    there: (server) => server.post(studyPath(study, verb), { annotator: name }),
    here: async ({ context }) => ({ annotator: await leave(context, { study, annotator: name, by: BY }) }),
  });
  if (flags.json) return print(JSON.stringify({ annotator, kind }));
  print(`${annotator}: ${kind}.`);
  if (kind === "erased") print("Backups and exports made before still have what was erased: delete them.");
}
