import { type Command, Option } from "commander";
import { makeOwnerToken } from "../accounts/owner.ts";
import type { ConfigInput } from "../config.ts";
import type { StudyWarnings } from "../contract/corrections.ts";
import type { EntryShown } from "../contract/entry.ts";
import type { Departures } from "../contract/leaving.ts";
import type { Platforms } from "../contract/platforms.ts";
import type { Quality } from "../contract/quality.ts";
import type { StudyDetail } from "../contract/studies.ts";
import type { Studies } from "../contract/study-list.ts";
import { showEntry } from "../entry/set-entry.ts";
import { listDepartures } from "../leaving/departures.ts";
import { revealingOutputs } from "../loading/warnings/revealing-outputs.ts";
import { showPlatforms } from "../participants/set-platform.ts";
import { qualityOf } from "../quality/quality.ts";
import { asWord } from "../report-document/as-word.ts";
import { counted } from "../report-document/numbers.ts";
import { pageOfStudies, studyDetail } from "../studies/detail.ts";
import { links } from "../studies/links.ts";
import { notHandedOut } from "../studies/not-handed-out.ts";
import { changeState } from "../studies/study.ts";
import { studyFileOf } from "../study-file/text.ts";
import { detailOf, ifAllowed, onEither, type RemoteServer, studyPath } from "./support/remote-server.ts";
import { entryLines } from "./support/entry-text.ts";
import { addLinkOptions, LINK_HELP } from "./support/link-options.ts";
import { print, printSaid, tellOrigin } from "./support/run.ts";
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
  if (flags.as === "yaml") return print(studyFileOf(await detailOf(name, flags)).trimEnd());
  const found = await onEither(flags, {
    there: (server) => shownBy(server, name),
    here: async ({ context, origin }) => ({
      detail: await studyDetail(context, name),
      people: {
        retention: (await listDepartures(context, name)).retention,
        platforms: await showPlatforms(context, { study: name, origin }),
        shown: await showEntry(context, name),
        quality: await qualityOf(context, name),
      },
      left: await notHandedOut(context, name),
    }),
  });
  const { detail, people, left } = found;
  const { retention = null, platforms = [], shown, quality } = people ?? {};
  const stages = shown && shown.entry !== null ? shown : null;
  const entry = stages ? { entry: stages.counts } : {};
  if (flags.json) return print(JSON.stringify({ ...detail, ...entry, retention, notHandedOut: left }));
  const settings = settingLines({ protocol: detail.protocol, platforms, retention });
  const lines = [studyLines(detail), ...settings, ...(stages ? ["", ...entryLines(stages)] : [])];
  print([...lines, ...notHandedOutLines(left), ...(quality ? waitingLines(name, quality) : [])].join("\n"));
}

/** What a server has about a study; `people` null where the token may not see them. */
async function shownBy(server: RemoteServer, name: string) {
  const at = <Reply>(...rest: string[]) => server.json<Reply>(studyPath(name, ...rest));
  const [detail, { notHandedOut: left }] = [await at<StudyDetail>(), await at<StudyWarnings>("warnings")];
  const departures = await ifAllowed(server.json<Departures>(studyPath(name, "departures")));
  const people = departures && {
    retention: departures.retention,
    platforms: (await at<Platforms>("platform")).platforms,
    shown: await at<EntryShown>("entry"),
    quality: await at<Quality>("quality"),
  };
  return { detail, people, left };
}

async function list(_name: string, flags: CommonFlags): Promise<void> {
  const { studies } = await onEither<Pick<Studies, "studies">>(flags, {
    there: (server) => server.whole<Pick<Studies, "studies">>("studies", "studies"),
    here: ({ context }) => pageOfStudies(context, {}),
  });
  if (flags.json) print(JSON.stringify(studies));
  else printSaid(studyTable(studies));
}

/** On a server elsewhere, the preview is for who is signed in there. */
async function preview(name: string, flags: CommonFlags): Promise<void> {
  const url = await onEither(flags, {
    there: async (server) => {
      await server.json(studyPath(name));
      return links.preview(server.address, name);
    },
    here: async (run) => {
      await studyDetail(run.context, name);
      const link = links.preview(run.origin, name, await makeOwnerToken(run.context));
      tellOrigin(run);
      return link;
    },
  });
  print(flags.json ? JSON.stringify({ url }) : url);
}

async function open(name: string, flags: CommonFlags): Promise<void> {
  const opened = await onEither(flags, {
    there: async (server) => ({
      detail: await server.post<StudyDetail>(studyPath(name, "state"), { state: "open" }),
      ...(await server.json<StudyWarnings>(studyPath(name, "warnings"))),
    }),
    here: async (run) =>
      (await openStudy(run, name))
        ? {
            detail: await studyDetail(run.context, name),
            notHandedOut: await notHandedOut(run.context, name),
            revealing: await revealingOutputs(run.context, name),
          }
        : null,
  });
  if (opened === null) return;
  const { detail, ...warnings } = opened;
  if (flags.json) return print(JSON.stringify({ ...detail, ...warnings }));
  const { notHandedOut: left, revealing } = warnings;
  const news = [...notHandedOutLines(left), ...revealingLines(revealing), ...nextLines(detail)];
  printSaid([`${name} is open.`, ...news].join("\n"));
}

async function move(name: string, to: "paused" | "closed", flags: CommonFlags): Promise<void> {
  const detail = await onEither<StudyDetail>(flags, {
    there: (server) => server.post(studyPath(name, "state"), { state: to }),
    here: async ({ context }) => {
      await changeState(context, { study: name, to, by: BY });
      return studyDetail(context, name);
    },
  });
  const meaning = to === "closed" ? ` ${closedMeans(detail)}` : "";
  print(flags.json ? JSON.stringify(detail) : `${name} is ${to}.${meaning}`);
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
