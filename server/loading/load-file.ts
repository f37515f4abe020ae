import { type Context, now } from "../context.ts";
import type { FileReport } from "../contract/loading.ts";
import type { Transaction } from "../storage/database.ts";
import { recordChange } from "../studies/store.ts";
import { UNLOADING } from "./errors.ts";
import { claimLoad, endLoad, type LoadRun, type LoadStart } from "./load-run.ts";
import type { Pace } from "./pace.ts";
import type { FileOutcome, Session } from "./session.ts";
import { clearHidden } from "./storing/clear.ts";
import { renumberPairs } from "./storing/rank-repeats.ts";
import type { LoadSource } from "./source.ts";
import { storeExclusions } from "./storing/exclusions.ts";
import { storeToldCalls } from "./storing/imported-calls.ts";
import { sumOf } from "./storing/scope.ts";
import { type Stored, storeFile } from "./storing/store-file.ts";
import { reportOf } from "./store-report.ts";

/** A file whose rows are stored, and what they came to. */
export interface StoredFile extends FileOutcome {
  readonly stored: Stored;
}

/** Begins a load, after clearing away what a dead one of this study left. @throws LoadRunning */
export async function beginLoad(context: Context, start: LoadStart, pace: Pace): Promise<LoadRun> {
  for (;;) {
    const { run, isDead } = await claimLoad(context, start);
    if (!isDead) return run;
    await clearHidden(context, run, pace);
    const end = run.file === UNLOADING ? ({ state: "gone" } as const) : FAILED;
    await run.transact((tx) => endLoad(tx, run.id, end));
  }
}

/** A load of which nothing is known but that it ended. */
export const FAILED = { state: "failed", report: null } as const;

/** Stores a file's rows under a running load, where nobody sees them, and decides what should become of them. */
export async function storeSource(session: Session, source: LoadSource, run: LoadRun): Promise<StoredFile> {
  const { context, study, pace, origin, onStep } = session;
  const onRows = (rows: number, share: number | null) => session.onRows(source, rows, share);
  const stored = await storeFile({ context, studyId: study.id, run, pace, source, origin, onRows, onStep });
  await refuseUnasked(session, source, stored);
  const outcome = outcomeOf(session, stored);
  const columns = [...(source.columns ?? [])];
  const report = { file: source.name, format: source.format, outcome, columns, ...countsOf(stored) };
  const { errors, warnings } = stored;
  return { report, errors, warnings, loadId: /publish/.test(outcome) ? run.id : null, stored };
}

function outcomeOf({ skipBad, dryRun }: Session, stored: Stored): FileReport["outcome"] {
  if (stored.isUnreadable || (stored.errors.count > 0 && !skipBad)) return "refused";
  if (stored.errors.count > 0 && sumOf(stored, "read") === 0) return "refused"; // what the file holds is unknown
  if (sumOf(stored, "new") === 0) return "unchanged";
  return dryRun ? "would publish" : "published";
}

const countsOf = ({ rows, leftOut, prompts, responses, judgments, answers, ranked, ...more }: Stored) => ({
  rows,
  verdicts: more.verdicts.toJson(),
  judgedBy: more.verdicts.byGroup(more.groupKinds),
  outputs: more.outputs.toJson(),
  kept: more.kept.names,
  leftOut,
  prompts,
  responses,
  judgments,
  answers,
  repeats: ranked.repeats,
  ...(more.found.size > 0 && { foundIn: [...more.found].map(([load, rows]) => ({ load, rows })) }),
});

/** A file that judges again what its annotators judged in an earlier one may be a corrected copy: ask first. */
async function refuseUnasked(session: Session, source: LoadSource, stored: Stored): Promise<void> {
  const { repeats, overlaps } = stored.ranked;
  if (overlaps === 0 || session.yes || (await wasLoaded(session, source))) return;
  const added = `${count(stored.judgments.new - repeats, "new judgment")} and ${count(repeats, "repeat")}`;
  const message = `This file would add ${added}: annotators in it have judged the same comparisons in a file that was loaded before. If they judged twice, load it again with --yes. If it is a corrected copy, load it into a new study; a column judgment_id tells copies and repeats apart.`;
  const remark = { name: "JudgmentsAgain", file: source.name, line: 0, message };
  if (session.dryRun) return stored.warnings.add(remark);
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
export async function publish(tx: Transaction, session: Session, file: StoredFile): Promise<void> {
  const { loadId, stored } = file;
  if (loadId === null) return;
  const at = now(session.context);
  await storeExclusions(tx, { studyId: session.study.id, loadId, excluded: stored.excluded, at });
  await storeToldCalls(tx, { loadId, modelCalls: stored.modelCalls });
  const renumbered = await renumberPairs(tx, stored.ranked.renumber);
  const { file: name, prompts, responses, judgments, repeats } = file.report;
  const added = { prompts: prompts.new, responses: responses.new, judgments: judgments.new };
  const detail = { load: loadId, file: name, ...added, repeats, renumbered };
  await recordChange(tx, { studyId: session.study.id, kind: "load", detail, at, by: session.by });
  await tx.db
    .updateTable("load")
    .set({ state: "published", report: JSON.stringify(reportOf(session, file)), ended_at: at })
    .where("id", "=", loadId)
    .execute();
}
