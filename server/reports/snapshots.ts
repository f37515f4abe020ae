import type { Selectable } from "kysely";
import { type Context, now } from "../context.ts";
import { BLOCK_NAMES, type FullReport, type Snapshot } from "../contract/report.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Reader } from "../storage/database.ts";
import type { ReportSnapshotTable } from "../storage/tables/study.ts";
import { lockStudy } from "../studies/lock-study.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import type { OnBlock } from "./blocks.ts";
import { openKept } from "./kept-report.ts";
import type { ReportPart } from "./report-service.ts";
import { ReportBuilder } from "./report.ts";

class SnapshotNotFound extends TiebreakError {
  constructor(study: string, number: number | null) {
    const which = number === null ? "no snapshot" : `no snapshot ${number}`;
    super(
      "SnapshotNotFound",
      404,
      `${study} has ${which}. Take one with: npx tiebreak report ${study} --snapshot`,
    );
  }
}

/**
 * Keeps the report of a study as it stands, with every block. The latest is taken again where nothing has changed.
 * @param given.onBlock called with how many blocks are computed, and all
 */
export async function takeSnapshot(
  context: Context,
  given: { study: string; reason: string; by: string; onBlock?: OnBlock | undefined },
): Promise<Snapshot & { id: number }> {
  const builder = new ReportBuilder(context, given.onBlock);
  const { report, dataHash, inputs } = await builder.fullWithHash({ study: given.study });
  const kept = { data_hash: dataHash, inputs: JSON.stringify(inputs), body: JSON.stringify(report) };
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, given.study);
    await lockStudy(tx, studyId); // of two at once, the later finds the earlier's
    const latest = await latestSnapshot(tx, studyId);
    if (latest && isSame(latest, kept)) return { ...snapshotOf(latest), id: latest.id };
    const snapshot = {
      number: (latest?.number ?? 0) + 1,
      takenAt: now(context),
      reason: given.reason,
      dataHash,
    };
    const row = await tx.db
      .insertInto("report_snapshot")
      .values({
        ...{ study_id: studyId, number: snapshot.number, taken_at: snapshot.takenAt, reason: given.reason },
        ...{ ...kept, judgments: report.judgments, estimator: report.estimator },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const detail = { snapshot: snapshot.number, dataHash };
    await recordChange(tx, { studyId, kind: "snapshot", detail, at: snapshot.takenAt, by: given.by });
    return { ...snapshot, id: row.id };
  });
}

type Kept = Selectable<ReportSnapshotTable>;

/** Whether a kept report is what would be kept now, down to what it is made of. */
const isSame = (latest: Kept, kept: Pick<Kept, "data_hash" | "inputs" | "body">): boolean =>
  latest.body === kept.body && latest.inputs === kept.inputs && latest.data_hash === kept.data_hash;

const latestSnapshot = ({ db }: Reader, studyId: number): Promise<Kept | undefined> =>
  db
    .selectFrom("report_snapshot")
    .selectAll()
    .where("study_id", "=", studyId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();

/** A kept report of a study; `number` null: the latest. @throws StudyNotFound, SnapshotNotFound */
export async function readSnapshot(
  context: Context,
  { study, number }: { study: string; number: number | null },
): Promise<Kept & { snapshot: Snapshot }> {
  const row = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    if (number === null) return latestSnapshot(reader, id);
    const query = reader.db.selectFrom("report_snapshot").selectAll();
    return query.where("study_id", "=", id).where("number", "=", number).executeTakeFirst();
  });
  if (!row) throw new SnapshotNotFound(study, number);
  return { ...row, snapshot: snapshotOf(row) };
}

const snapshotOf = (row: Pick<Kept, "number" | "taken_at" | "reason" | "data_hash">): Snapshot => ({
  number: row.number,
  takenAt: row.taken_at,
  reason: row.reason,
  dataHash: row.data_hash,
});

/** The report of a snapshot, as this version shows it; `number` null: the latest. @throws StudyNotFound, SnapshotNotFound */
export async function keptReport(
  context: Context,
  given: { study: string; number: number | null },
): Promise<FullReport> {
  return reportIn(await readSnapshot(context, given));
}

const reportIn = (row: Kept): FullReport => ({ ...openKept(row.body), snapshot: snapshotOf(row) });

/** A part of a kept report as JSON text, with the snapshot named in it. @throws SnapshotNotFound */
export async function snapshotPart(context: Context, id: number, part: ReportPart): Promise<string> {
  const row = await context.database.read(({ db }) =>
    db.selectFrom("report_snapshot").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (!row) throw new SnapshotNotFound("The study", null);
  const report = reportIn(row);
  if (part === "full") return JSON.stringify(report);
  if (part === "tests") return JSON.stringify(report.pairs);
  if (part !== "report") return JSON.stringify(report[part] ?? null);
  const head = Object.entries(report).filter(([name]) => !(BLOCK_NAMES as string[]).includes(name));
  return JSON.stringify(Object.fromEntries(head));
}
