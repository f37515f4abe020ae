import { type Context, now } from "../context.ts";
import type { FileReport } from "../contract/loading.ts";
import type { Transaction } from "../storage/database.ts";
import { clearRows, endAsFailed } from "./storing/clear.ts";
import { claimLoad, type LoadRun, type LoadStart } from "./load-run.ts";
import type { Pace } from "./pace.ts";
import type { FileOutcome, Session } from "./session.ts";
import { renumberPairs } from "./storing/rank-repeats.ts";
import type { LoadSource } from "./source.ts";
import { storeExclusions } from "./storing/exclusions.ts";
import { storeToldCalls } from "./storing/imported-calls.ts";
import { type Stored, storeFile } from "./storing/store-file.ts";
import { reportOf } from "./store-report.ts";

/** Begins a load, after clearing away a dead one of this study. @throws LoadRunning */
export async function beginLoad(context: Context, start: LoadStart, pace: Pace): Promise<LoadRun> {
  for (;;) {
    const { run, isDead } = await claimLoad(context, start);
    if (!isDead) return run;
    await clearRows(run, pace);
    await run.transact((tx) => endAsFailed(tx, run.id, null));
  }
}

/** Takes away a load and all its rows, as if it had never been. */
export async function discardLoad(run: LoadRun, pace: Pace): Promise<void> {
  await clearRows(run, pace);
  await run.transact((tx) => tx.db.deleteFrom("load").where("id", "=", run.id).execute());
}

/** Loads one file: all of it is published, or nothing. */
export async function loadFile(session: Session, source: LoadSource): Promise<FileOutcome> {
  const start = { studyId: session.study.id, file: source.name, contentHash: source.contentHash };
  const run = await beginLoad(session.context, start, session.pace);
  try {
    const outcome = await tryFile(session, source, run);
    if (outcome.report.outcome === "published") return outcome;
    if (outcome.report.outcome === "unchanged") await discardLoad(run, session.pace);
    else await failLoad(session, run, outcome);
    return { ...outcome, loadId: null };
  } catch (error) {
    await clearRows(run, session.pace)
      .then(() => run.transact((tx) => endAsFailed(tx, run.id, null)))
      .catch(() => undefined); // the next load clears it away; the first error is the one to tell
    throw error;
  }
}

async function failLoad(session: Session, run: LoadRun, outcome: FileOutcome): Promise<void> {
  await clearRows(run, session.pace);
  const report = JSON.stringify(reportOf(session, outcome));
  await run.transact((tx) => endAsFailed(tx, run.id, report));
}

/** Stores a file's rows under a running load and decides; publishes unless this is a dry run. */
export async function tryFile(session: Session, source: LoadSource, run: LoadRun): Promise<FileOutcome> {
  const { context, study, pace, origin } = session;
  const onRows = (rows: number) => session.onRows(source, rows);
  const stored = await storeFile({ context, studyId: study.id, run, pace, source, origin, onRows });
  await refuseUnasked(session, source, stored);
  const outcome = outcomeOf(session, stored);
  const report = { file: source.name, format: source.format, outcome, ...countsOf(stored) };
  const result = { report, errors: stored.errors, warnings: stored.warnings, loadId: run.id };
  if (outcome === "published") await run.transact((tx) => publish(tx, { session, run, stored, result }));
  return result;
}

function outcomeOf({ skipBad, dryRun }: Session, stored: Stored): FileReport["outcome"] {
  if (stored.isUnreadable || (stored.errors.count > 0 && !skipBad)) return "refused";
  const { prompts, responses, judgments, answers } = stored;
  const isNothingRead = prompts.read + responses.read + judgments.read + answers.read === 0;
  if (stored.errors.count > 0 && isNothingRead) return "refused"; // it has not been seen what the file holds
  if (prompts.new + responses.new + judgments.new + answers.new === 0) return "unchanged";
  return dryRun ? "would publish" : "published";
}

const countsOf = ({ rows, leftOut, prompts, responses, judgments, answers, ranked, ...more }: Stored) => ({
  rows,
  verdicts: more.verdicts.toJson(),
  kept: more.kept.names,
  leftOut,
  prompts,
  responses,
  judgments,
  answers,
  repeats: ranked.repeats,
});

/** A file that judges again what its annotators judged in an earlier one may be a corrected copy: ask first. */
async function refuseUnasked(session: Session, source: LoadSource, stored: Stored): Promise<void> {
  const { repeats, overlaps } = stored.ranked;
  if (overlaps === 0 || session.yes || (await wasLoaded(session, source))) return;
  const added = `${count(stored.judgments.new - repeats, "new judgment")} and ${count(repeats, "repeat")}`;
  const message = `This file would add ${added}: annotators in it have judged the same comparisons in a file that was loaded before. If they judged twice, load it again with --yes. If it is a corrected copy, load it into a new study; a column judgment_id tells copies and repeats apart.`;
  const remark = { name: "JudgmentsAgain", file: source.name, line: 0, message };
  if (session.dryRun && !session.isRehearsal) return stored.warnings.add(remark);
  stored.errors.add(remark);
  stored.isUnreadable = true;
}

const count = (n: number, what: string) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

async function wasLoaded({ context, study }: Session, source: LoadSource): Promise<boolean> {
  return context.database.read(async ({ db }) => {
    const row = await db
      .selectFrom("load")
      .select("id")
      .where("study_id", "=", study.id)
      .where("content_hash", "=", source.contentHash)
      .where("state", "=", "published")
      .executeTakeFirst();
    return row !== undefined;
  });
}

/** From here on the file's rows are seen. */
async function publish(
  tx: Transaction,
  given: { session: Session; run: LoadRun; stored: Stored; result: FileOutcome },
): Promise<void> {
  const { session, run, stored, result } = given;
  const at = now(session.context);
  await storeExclusions(tx, { studyId: session.study.id, excluded: stored.excluded, at });
  await storeToldCalls(tx, { loadId: run.id, modelCalls: stored.modelCalls });
  const renumbered = await renumberPairs(tx, stored.ranked.renumber);
  const { file, prompts, responses, judgments, repeats } = result.report;
  const added = { prompts: prompts.new, responses: responses.new, judgments: judgments.new };
  await tx.db
    .insertInto("study_change")
    .values({
      study_id: session.study.id,
      kind: "load",
      detail: JSON.stringify({ load: run.id, file, ...added, repeats, renumbered }),
      by_whom: session.by,
      changed_at: at,
    })
    .execute();
  await tx.db
    .updateTable("load")
    .set({ state: "published", report: JSON.stringify(reportOf(session, result)), ended_at: at })
    .where("id", "=", run.id)
    .execute();
}
