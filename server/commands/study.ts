import { type Command, Option } from "commander";
import { makeOwnerToken } from "../accounts/owner.ts";
import type { ConfigInput } from "../config.ts";
import type { StudyDetail } from "../contract/studies.ts";
import { showEntry } from "../entry/set-entry.ts";
import { listDepartures } from "../leaving/departures.ts";
import { revealingOutputs } from "../loading/warnings/revealing-outputs.ts";
import { showPlatforms } from "../participants/set-platform.ts";
import { qualityOf } from "../quality/quality.ts";
import { asWord } from "../report-document/as-word.ts";
import { counted } from "../report-document/numbers.ts";
import { listStudies, studyDetail } from "../studies/detail.ts";
import { links } from "../studies/links.ts";
import { notHandedOut } from "../studies/not-handed-out.ts";
import { changeState } from "../studies/study.ts";
import { studyFileOf } from "../study-file/text.ts";
import { remoteOf, studyPath } from "./support/remote-server.ts";
import { entryLines } from "./support/entry-text.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { print, printSaid, tellOrigin, withDatabase } from "./support/run.ts";
import { openStudy } from "./support/open-study.ts";
import { settingLines } from "./support/study-settings-text.ts";
import { waitingLines } from "./support/quality-text.ts";
import { amendCommands } from "./support/study-amend.ts";
import { applyCommand } from "./support/study-apply.ts";
import { deleteCommand } from "./support/study-delete.ts";
import { protocolCommands } from "./support/study-protocol.ts";
import { ruleCommands } from "./support/study-rules.ts";
import { retentionCommand } from "./support/study-retention.ts";
import { notHandedOutLines, revealingLines, studyLines, studyTable } from "./support/study-text.ts";

interface CommonFlags extends ConfigInput {
  readonly json?: boolean;
}

const BY = "command line";

export function studyCommand(program: Command): void {
  const study = program
    .command("study")
    .description("create, show, change, open, amend, pause, close and delete studies")
    .addHelpText("after", "\nExample:\n  npx tiebreak study list");
  protocolCommands(study);
  ruleCommands(study);
  retentionCommand(study);
  deleteCommand(study);
  applyCommand(study);
  amendCommands(study);
  simple(study, "show <name>", "show one study: state, systems, groups and progress", show).addOption(
    new Option("--as <format>", "print the file that study apply takes").choices(["yaml"]),
  );
  simple(study, "list", "list all studies with state and progress", list);
  addLinkOptions(
    simple(
      study,
      "preview <name>",
      "print a link to a preview of the annotator's page; nothing is recorded",
      preview,
    ),
  ).addHelpText("after", LINK_HELP);
  simple(study, "open <name>", "freeze the protocol and start assigning pairs", open);
  simple(
    study,
    "pause <name>",
    "stop assigning pairs; judgments in progress are still accepted",
    (name, flags) => move(name, "paused", flags),
  );
  simple(
    study,
    "close <name>",
    "end the study; pairs already assigned can be judged, but no answer can be changed",
    (name, flags) => move(name, "closed", flags),
  );
}

function simple(
  study: Command,
  usage: string,
  description: string,
  act: (name: string, flags: CommonFlags) => Promise<void>,
): Command {
  const named = usage.includes("<");
  return study
    .command(usage)
    .description(description)
    .addHelpText("after", `\nExample:\n  npx tiebreak study ${usage.replace("<name>", "haiku")}`)
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      await act(named ? String(given[0]) : "", command.optsWithGlobals());
    });
}

async function show(name: string, flags: CommonFlags & { readonly as?: "yaml" }): Promise<void> {
  await withDatabase(flags, async ({ context, origin }) => {
    if (flags.as === "yaml") return print((await studyFileOf(context, name)).trimEnd());
    const detail = await studyDetail(context, name);
    const { retention } = await listDepartures(context, name);
    const platforms = await showPlatforms(context, { study: name, origin });
    const left = await notHandedOut(context, name);
    const shown = await showEntry(context, name);
    const isSet = shown.entry !== null;
    const entry = isSet ? { entry: shown.counts } : {};
    if (flags.json) return print(JSON.stringify({ ...detail, ...entry, retention, notHandedOut: left }));
    const settings = settingLines({ protocol: detail.protocol, platforms, retention });
    const stages = isSet ? ["", ...entryLines(shown)] : [];
    const waiting = waitingLines(name, await qualityOf(context, name));
    print([studyLines(detail), ...settings, ...stages, ...notHandedOutLines(left), ...waiting].join("\n"));
  });
}

async function list(_name: string, flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    const studies = await listStudies(context);
    if (flags.json) print(JSON.stringify(studies));
    else printSaid(studyTable(studies));
  });
}

async function preview(name: string, flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async (run) => {
    await studyDetail(run.context, name);
    const url = links.preview(run.origin, name, await makeOwnerToken(run.context));
    tellOrigin(run);
    print(flags.json ? JSON.stringify({ url }) : url);
  });
}

async function open(name: string, flags: CommonFlags): Promise<void> {
  const remote = remoteOf(flags);
  if (remote !== null) {
    const change = { method: "POST", body: { state: "open" } } as const;
    const detail = await remote.json<StudyDetail>(studyPath(name, "state"), change);
    return printSaid(
      flags.json ? JSON.stringify(detail) : [`${name} is open.`, ...nextLines(detail)].join("\n"),
    );
  }
  await withDatabase(flags, async (run) => {
    if (!(await openStudy(run, name))) return;
    const detail: StudyDetail = await studyDetail(run.context, name);
    const left = await notHandedOut(run.context, name);
    const revealing = await revealingOutputs(run.context, name);
    if (flags.json) return print(JSON.stringify({ ...detail, notHandedOut: left, revealing }));
    const news = [...notHandedOutLines(left), ...revealingLines(revealing), ...nextLines(detail)];
    printSaid([`${name} is open.`, ...news].join("\n"));
  });
}

async function move(name: string, to: "paused" | "closed", flags: CommonFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    await changeState(context, { study: name, to, by: BY });
    const detail = await studyDetail(context, name);
    const meaning = to === "closed" ? ` ${closedMeans(detail)}` : "";
    print(flags.json ? JSON.stringify(detail) : `${name} is ${to}.${meaning}`);
  });
}

/** What closing does, and how much of the plan is missing. */
function closedMeans({ judged, wanted }: StudyDetail): string {
  const ends =
    "No new pairs are assigned, and pairs that annotators hold are accepted once. study reopen opens it again, as a revision.";
  if (wanted === 0) return ends;
  const missing = Math.max(0, wanted - judged);
  return `${ends} ${missing === 0 ? "Every planned judgment is there." : `${missing} of ${counted(wanted, "planned judgment")} ${missing === 1 ? "is" : "are"} missing.`}`;
}

/** People to invite where the protocol asks for no number from each. */
const FEW = 5;

/** How many judgments are needed now, and the command that invites annotators. */
function nextLines({ name, wanted, protocol }: StudyDetail): string[] {
  const said = `${counted(wanted, "judgment")} ${wanted === 1 ? "is" : "are"} needed.`;
  const group = protocol.groups.find(
    (one) => one.kind !== "model" && (one.judgments > 0 || one.sharedJudgments > 0),
  );
  if (!group) return [said];
  const { judgments, sharedJudgments, judgmentsPerAnnotator: each } = group;
  const people = Math.max(judgments, sharedJudgments, each === null ? FEW : Math.ceil(wanted / each));
  return [
    `${said} Next:`,
    `  npx tiebreak invite ${asWord(name)} --group ${asWord(group.name)} --count ${people}`,
  ];
}
