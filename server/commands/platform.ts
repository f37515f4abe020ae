import fs from "node:fs";
import type { Command } from "commander";
import { parse } from "yaml";
import type { ConfigInput } from "../config.ts";
import {
  keySetSchema,
  panelFileSchema,
  type PlatformRequest,
  platformRequestSchema,
  type Platforms,
  type PlatformShown,
  type WaysBack,
} from "../contract/platforms.ts";
import { TiebreakError } from "../contract/errors.ts";
import { finishKindSchema } from "../contract/words.ts";
import { removePlatform, setPlatform, showPlatforms } from "../participants/set-platform.ts";
import type { Imported } from "../contract/payments.ts";
import { importSubmissions } from "../participants/submissions.ts";
import { asWord } from "../report-document/as-word.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { writtenFaults } from "./support/faults.ts";
import { readJson } from "./support/files.ts";
import { importedText, platformText } from "./support/platform-text.ts";
import { readSubmissions, SUBMISSION_FIELDS, type SubmissionList } from "./support/read-submissions.ts";
import { repeated } from "./support/repeated.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print, printSaid, tellOrigin } from "./support/run.ts";

class PlatformWrong extends TiebreakError {
  constructor(message: string) {
    super("PlatformWrong", 400, message);
  }
}

interface SetFlags extends ConfigInput {
  readonly group: string;
  readonly code?: readonly string[];
  readonly address?: readonly string[];
  readonly minutes?: string;
  readonly platformStudy?: string;
  readonly keys?: string;
  readonly notAfter?: string;
  readonly excludeReturned?: boolean;
  readonly column?: readonly string[];
  readonly json?: boolean;
}

const BY = "command line";
/** Takes an address, the time limit, the platform's study, its keys or the studies before away. */
const NONE = "none";
const SET_HELP = `
PLATFORM is prolific, connect, or a YAML or JSON file that describes any panel with a link: its name, the parameter
that holds a person's id, and the address for each finish. The finishes (ways a participation can end) are ${finishKindSchema.options.join(", ")}.
A finish without a code gets a random one.

Examples:
  npx tiebreak platform set haiku prolific --minutes 60
  npx tiebreak platform set haiku connect --address completed=https://connect.cloudresearch.com/participant/…
  npx tiebreak platform set haiku prolific --not-after pilot,limerick
  npx tiebreak platform set haiku pool.yaml`;

const FIELDS = SUBMISSION_FIELDS.join(", ");
const IMPORT_HELP = `
Examples:
  npx tiebreak platform import haiku submissions.csv
  npx tiebreak platform import haiku connect.csv --column participant="Connect ID" --column status=State`;

export function platformCommand(program: Command): void {
  const platform = program
    .command("platform")
    .description("recruit from a crowd platform: what to paste there, and where participants return to")
    .addHelpText("after", "\nExample:\n  npx tiebreak platform show haiku");
  addLinkOptions(platform.command("set <study> <platform>"))
    .description("set the platform that a group is recruited from, and print what to paste there")
    .option("--group <name>", "group that participants join", "crowd")
    .option("--code <finish=code>", "completion code for a finish (repeatable; default: random)", repeated)
    .option(
      "--address <finish=url>",
      "address that a finish leads to; none: remove it (repeatable)",
      repeated,
    )
    .option("--minutes <number>", "time that the platform gives; none: no limit (default: as set before)")
    .option(
      "--platform-study <id>",
      "id of the study at the platform: refuse addresses of others; none: take all",
    )
    .option(
      "--keys <file>",
      "Prolific’s public keys: refuse addresses that it has not signed; none: take all",
    )
    .option(
      "--not-after <studies>",
      "refuse participants of these studies (comma-separated); none: refuse nobody",
    )
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", SET_HELP)
    .action(async (study: string, named: string, _flags: unknown, command: Command) =>
      set(study, named, command.optsWithGlobals<SetFlags>()),
    );
  addLinkOptions(platform.command("show <study>"))
    .description("print the address and the settings to paste at each platform")
    .addHelpText("after", LINK_HELP)
    .addHelpText("after", "\nExample:\n  npx tiebreak platform show haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      show(study, command.optsWithGlobals<SetFlags>()),
    );
  platform
    .command("import <study> <file>")
    .description("read the platform's CSV file of submissions: returned and timed-out work frees its pairs")
    .option(
      "--exclude-returned",
      "also exclude the judgments of those who returned, timed out or were rejected",
    )
    .option(
      "--column <field=name>",
      `column of a field, where it is not found (repeatable): ${FIELDS}`,
      repeated,
    )
    .addHelpText("after", IMPORT_HELP)
    .action(async (study: string, file: string, _flags: unknown, command: Command) =>
      readList(study, file, command.optsWithGlobals<SetFlags>()),
    );
  platform
    .command("remove <study>")
    .description("remove a platform that nobody has joined from; open links then admit everybody")
    .option("--group <name>", "group whose platform is removed", "crowd")
    .addHelpText("after", "\nExample:\n  npx tiebreak platform remove haiku")
    .action(async (study: string, _flags: unknown, command: Command) =>
      remove(study, command.optsWithGlobals<SetFlags>()),
    );
}

async function readList(study: string, file: string, flags: SetFlags): Promise<void> {
  const { submissions, columns, unused } = readSubmissions(file, columnsIn(flags.column));
  const exclude = flags.excludeReturned === true;
  const changed = await onEither<Imported>(flags, {
    there: (server) => server.post(studyPath(study, "platform", "submissions"), { submissions, exclude }),
    here: ({ context }) => importSubmissions(context, { study, submissions, exclude, by: BY }),
  });
  const imported = { ...changed, columns, unused };
  print(flags.json ? JSON.stringify(imported) : importedText(study, imported));
}

/** @throws PlatformWrong where one is not a field and its column */
function columnsIn(given: readonly string[] = []): SubmissionList["columns"] {
  const pairs = given.map((text) => {
    const [field = "", ...name] = text.split("=");
    if (!(SUBMISSION_FIELDS as string[]).includes(field) || name.join("=") === "")
      throw new PlatformWrong(`--column: “${text}” is not FIELD=NAME, where FIELD is one of ${FIELDS}.`);
    return [field, name.join("=")];
  });
  return Object.fromEntries(pairs) as SubmissionList["columns"];
}

async function remove(study: string, flags: SetFlags): Promise<void> {
  const { group } = flags;
  await onEither<unknown>(flags, {
    there: (server) => server.json(studyPath(study, "platform"), { method: "DELETE", query: { group } }),
    here: ({ context }) => removePlatform(context, { study, group, by: BY }),
  });
  if (flags.json) print(JSON.stringify({ removed: group }));
  else print(`The open links of ${group} now admit everybody.`);
}

async function set(study: string, named: string, flags: SetFlags): Promise<void> {
  const { group, minutes, platformStudy, keys, notAfter } = flags;
  const request = platformRequestSchema.safeParse(
    {
      ...(named === "prolific" || named === "connect" ? { platform: named } : readPanel(named)),
      ...{ group, finishes: waysBack(flags) },
      ...(minutes === undefined ? {} : { minutes: minutes === NONE ? null : Number(minutes) }),
      ...(platformStudy === undefined
        ? {}
        : { platformStudy: platformStudy === NONE ? null : platformStudy }),
      ...(keys === undefined ? {} : { keys: keys === NONE ? null : readKeys(keys) }),
      ...(notAfter === undefined ? {} : { notAfter: notAfter === NONE ? [] : namesIn(notAfter) }),
    },
    { reportInput: true },
  );
  if (!request.success) throw new PlatformWrong(writtenFaults(request.error));
  const made = await onEither<PlatformShown>(flags, {
    there: (server) => server.post(studyPath(study, "platform"), request.data),
    here: async (run) => {
      const { context, origin } = run;
      const made = await setPlatform(context, { ...request.data, study, origin, by: BY });
      tellOrigin(run);
      return made;
    },
  });
  print(flags.json ? JSON.stringify(made) : platformText(made));
}

async function show(study: string, flags: SetFlags): Promise<void> {
  const { platforms } = await onEither<Platforms>(flags, {
    there: (server) => server.json(studyPath(study, "platform")),
    here: async (run) => {
      const platforms = await showPlatforms(run.context, { study, origin: run.origin });
      tellOrigin(run);
      return { platforms };
    },
  });
  if (flags.json) return print(JSON.stringify({ platforms }));
  const none = `No platform is set. Set one with: npx tiebreak platform set ${asWord(study)} prolific`;
  printSaid(platforms.length === 0 ? none : platforms.map(platformText).join("\n\n"));
}

const namesIn = (list: string): string[] => list.split(",").map((name) => name.trim());

/** @throws FileUnusable, PlatformWrong where a file has no public keys as a platform publishes them */
function readKeys(file: string): PlatformRequest["keys"] {
  const keys = keySetSchema.safeParse(readJson(file), { reportInput: true });
  if (keys.success) return keys.data;
  throw new PlatformWrong(`${file} is no set of public RSA keys (JWKS):\n${writtenFaults(keys.error)}`);
}

/** @throws PlatformWrong where a file is missing or does not describe a panel */
function readPanel(file: string): Pick<PlatformRequest, "platform" | "platformStudy" | "notAfter"> {
  if (!fs.existsSync(file))
    throw new PlatformWrong(`“${file}” is neither prolific, connect nor a file that describes a panel.`);
  let given: unknown;
  try {
    given = parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    throw new PlatformWrong(`${file} cannot be read: ${(error as Error).message}`);
  }
  const panel = panelFileSchema.safeParse(given, { reportInput: true });
  if (!panel.success) throw new PlatformWrong(`${file} cannot be used:\n${writtenFaults(panel.error)}`);
  const { platformStudy, notAfter, ...platform } = panel.data;
  return { platform, platformStudy, notAfter };
}

function waysBack({ code = [], address = [] }: SetFlags): WaysBack {
  const finishes: WaysBack = {};
  const take = (what: "code" | "address", given: readonly string[]) => {
    for (const text of given) {
      const at = text.indexOf("=");
      const finish = finishKindSchema.safeParse(text.slice(0, at));
      if (at < 1 || !finish.success)
        throw new PlatformWrong(
          `--${what}: “${text}” is not FINISH=…, where FINISH is one of ${finishKindSchema.options.join(", ")}.`,
        );
      const value = text.slice(at + 1);
      const isNone = what === "address" && value === NONE;
      finishes[finish.data] = { ...finishes[finish.data], [what]: isNone ? null : value };
    }
  };
  take("code", code);
  take("address", address);
  return finishes;
}
