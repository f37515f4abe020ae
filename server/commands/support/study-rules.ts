import type { Command } from "commander";
import fs from "node:fs";
import { parse } from "yaml";
import type { ConfigInput } from "../../config.ts";
import { type Protocol, protocolSchema, type StudyDetail } from "../../contract/studies.ts";
import { DEFAULT_RULES } from "../../quality/default-rules.ts";
import { asWord } from "../../report-document/as-word.ts";
import { studyDetail } from "../../studies/detail.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { changeProtocol } from "../../studies/study.ts";
import { faultsIn } from "./protocol-flags.ts";
import { ruleLines } from "./quality-text.ts";
import { detailOf, onEither, studyPath } from "./remote-server.ts";
import { print } from "./run.ts";

interface RuleFlags extends ConfigInput {
  readonly json?: boolean;
}

/** What a file of rules sets: the parts of the protocol about quality while people judge. */
const settingsSchema = protocolSchema.pick({ rules: true, repeats: true, minimumTime: true, signs: true });
type Settings = Pick<Protocol, "rules" | "repeats" | "minimumTime" | "signs">;

const SET_HELP = `
FILE is YAML or JSON. It replaces all settings of this kind; what it omits is off.

  rules:
    - { signal: gold, threshold: 0.6, after: 4, then: warn }
    - { signal: gold, threshold: 0.5, after: 6, then: pause, cap: 20 }
    - { signal: speed, threshold: 1500, after: 8, then: warn }
    - { signal: straight, threshold: 12, after: 12, then: note }
  repeats: { every: 10 }
  minimumTime: { seconds: 2, per100Words: 3 }
  signs: true

signal is gold, attention, repeats, speed or straight; then is note, warn, pause or end. A rule never ends anybody's part:
end pauses the annotator and proposes it to you.

Examples:
  npx tiebreak study rules set haiku default
  npx tiebreak study rules set haiku rules.yaml`;

/** `study rules set` and `study rules show`. */
export function ruleCommands(study: Command): void {
  const rules = study
    .command("rules")
    .description("what is looked at while people judge, and what follows")
    .addHelpText("after", "\nExample:\n  npx tiebreak study rules show haiku");
  rules
    .command("set <study> <file>")
    .description("set the rules of a draft from a file; default: sensible ones, none: remove them")
    .addHelpText("after", SET_HELP)
    .action(async (study: string, file: string, _flags: unknown, command: Command) =>
      set(study, file, command.optsWithGlobals<RuleFlags>()),
    );
  rules
    .command("show <study>")
    .description("print the rules, and how often honest annotators would meet them by chance")
    .addHelpText("after", "\nExample:\n  npx tiebreak study rules show haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      show(study, command.optsWithGlobals<RuleFlags>()),
    );
}

async function set(study: string, file: string, flags: RuleFlags): Promise<void> {
  const settings = settingsFrom(file);
  const off = { rules: null, repeats: null, minimumTime: null, signs: null };
  const change = { ...off, ...settings };
  const { protocol } = await onEither<StudyDetail>(flags, {
    there: (server) => server.patch(studyPath(study, "protocol"), change),
    here: async ({ context }) => {
      await changeProtocol(context, study, change);
      return studyDetail(context, study);
    },
  });
  print(flags.json ? JSON.stringify(partOf(protocol)) : ruleLines(protocol));
}

async function show(study: string, flags: RuleFlags): Promise<void> {
  const { protocol } = await detailOf(study, flags);
  if (flags.json) return print(JSON.stringify(partOf(protocol)));
  const isNone = Object.values(partOf(protocol)).every((one) => one === undefined);
  const how = `Nothing is looked at. While the study is a draft:\n  npx tiebreak study rules set ${asWord(study)} default`;
  print(isNone ? how : ruleLines(protocol));
}

const partOf = ({ rules, repeats, minimumTime, signs }: Protocol): Settings => ({
  ...{ rules, repeats, minimumTime, signs },
});

/** @throws ProtocolWrong where the file is missing or does not hold settings */
function settingsFrom(file: string): Settings {
  if (file === "none") return {};
  if (file === "default") return { rules: [...DEFAULT_RULES] };
  if (!fs.existsSync(file)) throw new ProtocolWrong(`“${file}” is neither default, none nor a file.`);
  let given: unknown;
  try {
    given = parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new ProtocolWrong(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) throw new ProtocolWrong(`${file} cannot be used:\n${faultsIn(parsed.error)}`);
  return parsed.data;
}
