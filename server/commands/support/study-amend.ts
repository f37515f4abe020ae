import type { Command } from "commander";
import type { ConfigInput } from "../../config.ts";
import type { AmendmentPlan } from "../../contract/amendment-plan.ts";
import type { Amendment, CorrectedResponse, Revision } from "../../contract/amendments.ts";
import { amendmentSchema } from "../../contract/amendments.ts";
import type { Protocol, ProtocolGroup, StudyDetail } from "../../contract/studies.ts";
import { changeText, followsLines, revisionLine } from "../../report-document/amendment-words.ts";
import { amendStudy, planAmendment } from "../../studies/amendments/amend-study.ts";
import { listRevisions } from "../../studies/amendments/revisions.ts";
import { studyDetail } from "../../studies/detail.ts";
import { ProtocolWrong, ReasonMissing } from "../../studies/errors.ts";
import { confirmName } from "./confirm-name.ts";
import { readText } from "./files.ts";
import { parseGroup } from "./group-flag.ts";
import { faultsIn, protocolFrom } from "./protocol-flags.ts";
import { remoteOf, studyPath } from "./remote-server.ts";
import { repeated } from "./repeated.ts";
import { print, printSaid, withDatabase } from "./run.ts";

interface AmendFlags extends ConfigInput {
  readonly reason?: string;
  readonly addBaseline?: readonly string[];
  readonly addGroup?: readonly string[];
  readonly judgments?: readonly string[];
  readonly sharedJudgments?: readonly string[];
  readonly each?: readonly string[];
  readonly shared?: string;
  readonly wording?: string;
  readonly question?: string;
  readonly protocol?: string;
  readonly replaceResponses?: string;
  readonly dryRun?: boolean;
  readonly yes?: string;
  readonly json?: boolean;
}

const BY = "command line";

const HELP = `
Amends a study that was opened: a numbered revision with a reason, which the report shows. Judgments before stay. What is added,
asked again, kept and marked is listed first; then the study's name confirms it. --replace-responses takes JSON lines like
{"prompt_id": "p1", "system": "ours", "output": "…"}.

Examples:
  npx tiebreak study amend haiku --judgments crowd=5 --dry-run
  npx tiebreak study amend haiku --judgments crowd=5 --reason "wider intervals than planned" --yes haiku`;

/** `study amend`, `study reopen` and `study revisions`. */
export function amendCommands(study: Command): void {
  study
    .command("amend <name>")
    .description(
      "change an opened study as a numbered revision: more judgments, baselines, groups, wording, texts",
    )
    .option("--reason <text>", "why; the report shows it")
    .option("--add-baseline <system>", "compare the target with this system, too (repeatable)", repeated)
    .option("--add-group <spec>", "add a group, written as for study create --group (repeatable)", repeated)
    .option("--judgments <group=n>", "judgments per comparison of a group (repeatable)", repeated)
    .option(
      "--shared-judgments <group=n>",
      "the same in the shared set (default: at least as many)",
      repeated,
    )
    .option("--shared <n>", "how many prompts every group judges first")
    .option("--each <group=n>", "the maximum per annotator of a group; 0: none (repeatable)", repeated)
    .option("--wording <file>", "JSON file with question, left, tie, right, guidelines and title by language")
    .option("--question <text>", "the question, where the study has one language")
    .option("--protocol <file>", "JSON file with any other members of the protocol")
    .option("--replace-responses <file>", "JSON lines with corrected texts of responses")
    .option("--dry-run", "list what would follow, and do nothing")
    .option("--yes <name>", "the study's name again, instead of typing it when asked")
    .addHelpText("after", HELP)
    .action(async (name: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<AmendFlags>();
      await amend(name, flags, (detail) => amendmentFrom(flags, detail));
    });
  study
    .command("reopen <name>")
    .description("open a closed study again, as a numbered revision")
    .option("--reason <text>", "why; the report shows it")
    .option("--dry-run", "list what would follow, and do nothing")
    .option("--yes <name>", "the study's name again, instead of typing it when asked")
    .addHelpText(
      "after",
      '\nExample:\n  npx tiebreak study reopen haiku --reason "a reviewer asks for more" --yes haiku',
    )
    .action(async (name: string, _flags: unknown, command: Command) =>
      amend(name, command.optsWithGlobals<AmendFlags>(), () => ({ reopen: true })),
    );
  study
    .command("revisions <name>")
    .description("list the revisions of a study's protocol, with reasons and judgments")
    .addHelpText("after", "\nExample:\n  npx tiebreak study revisions haiku")
    .action(async (name: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<AmendFlags>();
      const server = remoteOf(flags);
      const shown = (all: readonly Revision[]) =>
        print(
          flags.json
            ? JSON.stringify(all)
            : all.map(revisionLine).join("\n") || "It is a draft: no revision is frozen yet.",
        );
      if (server !== null) return shown(await server.json(studyPath(name, "amendments")));
      await withDatabase(flags, async ({ context }) => shown(await listRevisions(context, name)));
    });
}

async function amend(
  name: string,
  flags: AmendFlags,
  amendmentOf: (detail: StudyDetail) => Amendment,
): Promise<void> {
  const { dryRun = false, reason, json } = flags;
  if (!dryRun && !reason?.trim()) throw new ReasonMissing();
  const carryOut = async (plan: AmendmentPlan, act: () => Promise<AmendmentPlan>) => {
    if (json && dryRun) return print(JSON.stringify(plan));
    const lines = [
      `Revision ${plan.revision} of ${name}:`,
      ...plan.changes.map(changeText),
      ...followsLines(plan, name),
    ];
    if (!json) printSaid(lines.map((line, i) => (i === 0 ? line : `  ${line}`)).join("\n"));
    if (dryRun) return;
    await confirmName(name, { yes: flags.yes, to: "do it", nothing: "Nothing was changed.", means: "" });
    const done = await act();
    print(json ? JSON.stringify(done) : `Done: ${name} has revision ${done.revision}.`);
  };
  const server = remoteOf(flags);
  if (server !== null) {
    const amendment = amendmentOf(await server.json<StudyDetail>(studyPath(name)));
    const send = (body: object) =>
      server.json<AmendmentPlan>(studyPath(name, "amendments"), {
        method: "POST",
        body: { ...amendment, ...body },
      });
    const plan = await send({ dryRun: true });
    return carryOut(plan, () => send({ reason, confirm: name, revision: plan.revision }));
  }
  await withDatabase(flags, async ({ context }) => {
    const amendment = amendmentOf(await studyDetail(context, name));
    const plan = await planAmendment(context, { study: name, amendment });
    const listed = { ...amendment, revision: plan.revision };
    await carryOut(plan, () =>
      amendStudy(context, { study: name, amendment: listed, reason: reason ?? "", by: BY }),
    );
  });
}

/** What the flags ask for, from the protocol as it is. @throws ProtocolWrong */
function amendmentFrom(flags: AmendFlags, { protocol }: StudyDetail): Amendment {
  const { wording, protocol: file, shared } = flags;
  const others = [wording, file, shared].every((flag) => flag === undefined)
    ? {}
    : protocolFrom({ wording, protocol: file, shared }, protocol);
  const change = {
    ...others,
    ...(others.wording && { wording: { ...protocol.wording, ...others.wording } }),
    ...(flags.question === undefined ? {} : { wording: withQuestion(protocol.wording, flags.question) }),
    ...(flags.addBaseline && { pairs: withBaselines(protocol.pairs, flags.addBaseline) }),
    ...groupsOf(flags, protocol.groups),
  };
  const responses = flags.replaceResponses === undefined ? [] : responsesIn(flags.replaceResponses);
  const parsed = amendmentSchema.safeParse({
    ...(Object.keys(change).length > 0 && { protocol: change }),
    ...(responses.length > 0 && { responses }),
  });
  if (!parsed.success) throw new ProtocolWrong(faultsIn(parsed.error));
  return parsed.data;
}

function withQuestion(wording: Protocol["wording"], question: string): Protocol["wording"] {
  const [language, ...others] = Object.keys(wording);
  if (language === undefined || others.length > 0)
    throw new ProtocolWrong("--question: the study has several languages. Use --wording FILE.");
  return { [language]: { ...wording[language]!, question } };
}

function withBaselines(pairs: Protocol["pairs"], added: readonly string[]): Protocol["pairs"] {
  if (pairs === "all")
    throw new ProtocolWrong(
      "--add-baseline: the study compares all pairs, so a system only has to be loaded.",
    );
  return { ...pairs, baselines: [...new Set([...pairs.baselines, ...added])] };
}

function groupsOf(flags: AmendFlags, groups: readonly ProtocolGroup[]): { groups?: ProtocolGroup[] } {
  const { judgments = [], sharedJudgments = [], each = [], addGroup = [] } = flags;
  if (judgments.length + sharedJudgments.length + each.length + addGroup.length === 0) return {};
  let changed = [...groups];
  const set = (
    flag: string,
    spec: string,
    change: (group: ProtocolGroup, n: number) => Partial<ProtocolGroup>,
  ) => {
    const [, name, value] = /^(.*)=(\d{1,7})$/.exec(spec) ?? [];
    const names = groups.map((group) => group.name);
    if (name === undefined || !names.includes(name))
      throw new ProtocolWrong(
        `${flag}: “${spec}” is not GROUP=NUMBER, with one of the groups ${names.join(", ")}.`,
      );
    changed = changed.map((group) =>
      group.name === name ? { ...group, ...change(group, Number(value)) } : group,
    );
  };
  for (const spec of judgments)
    set("--judgments", spec, ({ sharedJudgments: shared }, n) => ({
      judgments: n,
      sharedJudgments: Math.max(shared, n),
    }));
  for (const spec of sharedJudgments) set("--shared-judgments", spec, (_, n) => ({ sharedJudgments: n }));
  for (const spec of each) set("--each", spec, (_, n) => ({ judgmentsPerAnnotator: n === 0 ? null : n }));
  return { groups: [...changed, ...addGroup.map(parseGroup)] };
}

/** The texts of a file of JSON lines. @throws ProtocolWrong, with the line */
function responsesIn(file: string): CorrectedResponse[] {
  const lines = readText(file).split("\n");
  const responses = lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      const { prompt_id: prompt, system, output } = JSON.parse(line) as Record<string, string>;
      const text = typeof output === "string" || Array.isArray(output) ? output : undefined;
      if (prompt === undefined || system === undefined || text === undefined) throw new SyntaxError();
      return [{ prompt: String(prompt), system: String(system), output: text }];
    } catch {
      throw new ProtocolWrong(`${file}, line ${i + 1}: not an object with prompt_id, system and output.`);
    }
  });
  if (responses.length === 0) throw new ProtocolWrong(`${file} has no lines: no response to correct.`);
  return responses;
}
