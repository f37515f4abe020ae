import { type Context, now } from "../context.ts";
import { BLOCK_NAMES, type FullReport, type Snapshot } from "../contract/report.ts";
import { NO_SKIPS } from "../contract/report-skips.ts";
import { TiebreakError } from "../contract/errors.ts";
import { recordChange, requireStudy } from "../studies/store.ts";
import type { ReportPart } from "./report-desk.ts";
import { ReportBuilder } from "./report.ts";

export class SnapshotNotFound extends TiebreakError {
  constructor(study: string, number: number | null) {
    const which = number === null ? "no snapshot" : `no snapshot ${number}`;
    super(
      "SnapshotNotFound",
      404,
      `${study} has ${which}. Take one with: npx tiebreak report ${study} --snapshot`,
    );
  }
}

/** Keeps the report of a study as it stands, with every block. The latest is taken again where nothing has changed. */
export async function takeSnapshot(
  context: Context,
  given: { study: string; reason: string; by: string },
): Promise<Snapshot & { id: number }> {
  const { report, dataHash } = await new ReportBuilder(context).fullWithHash({ study: given.study });
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, given.study);
    const latest = await tx.db
      .selectFrom("report_snapshot")
      .select(["id", "number", "taken_at", "reason", "data_hash", "body"])
      .where("study_id", "=", studyId)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    const body = JSON.stringify(report);
    if (latest?.body === body) {
      const { id, number, reason } = latest;
      return { id, number, takenAt: latest.taken_at, reason, dataHash: latest.data_hash };
    }
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
        ...{ data_hash: dataHash, judgments: report.judgments, estimator: report.estimator, body },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const detail = { snapshot: snapshot.number, dataHash };
    await recordChange(tx, { studyId, kind: "snapshot", detail, at: snapshot.takenAt, by: given.by });
    return { ...snapshot, id: row.id };
  });
}

/** What a check of a snapshot found. */
export type Verification =
  | { snapshot: Snapshot; outcome: "same"; judgments: number }
  | { snapshot: Snapshot; outcome: "judgments differ"; judgments: { then: number; now: number } }
  | { snapshot: Snapshot; outcome: "estimator differs"; estimator: { then: string; now: string } }
  | { snapshot: Snapshot; outcome: "figures differ"; where: string[] };

/**
 * Computes the report of a snapshot again and compares, byte by byte, or says what has changed since.
 * `number` null: the latest. @throws StudyNotFound, SnapshotNotFound
 */
export async function verifySnapshot(
  context: Context,
  { study, number }: { study: string; number: number | null },
): Promise<Verification> {
  const row = await readSnapshot(context, { study, number });
  const { report, dataHash } = await new ReportBuilder(context).fullWithHash({ study });
  const { snapshot } = row;
  if (dataHash !== snapshot.dataHash) {
    const judgments = { then: row.judgments, now: report.judgments };
    return { snapshot, outcome: "judgments differ", judgments };
  }
  if (report.estimator !== row.estimator) {
    return {
      snapshot,
      outcome: "estimator differs",
      estimator: { then: row.estimator, now: report.estimator },
    };
  }
  if (JSON.stringify(report) === row.body) return { snapshot, outcome: "same", judgments: row.judgments };
  const before = JSON.parse(row.body) as Record<string, unknown>;
  // a member that came with a later version of Tiebreak says nothing against a report that was kept before it
  const where = Object.entries(report).flatMap(([name, value]) =>
    !(name in before) || JSON.stringify(value) === JSON.stringify(before[name]) ? [] : [name],
  );
  if (where.length === 0) return { snapshot, outcome: "same", judgments: row.judgments };
  return { snapshot, outcome: "figures differ", where };
}

async function readSnapshot(context: Context, { study, number }: { study: string; number: number | null }) {
  const row = await context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const query = reader.db.selectFrom("report_snapshot").selectAll().where("study_id", "=", id);
    const wanted =
      number === null ? query.orderBy("number", "desc").limit(1) : query.where("number", "=", number);
    return wanted.executeTakeFirst();
  });
  if (!row) throw new SnapshotNotFound(study, number);
  return { ...row, snapshot: snapshotOf(row) };
}

const snapshotOf = (row: {
  number: number;
  taken_at: string;
  reason: string;
  data_hash: string;
}): Snapshot => ({
  number: row.number,
  takenAt: row.taken_at,
  reason: row.reason,
  dataHash: row.data_hash,
});

/** A part of a kept report as JSON text, with the snapshot named in it. @throws SnapshotNotFound */
export async function snapshotPart(context: Context, id: number, part: ReportPart): Promise<string> {
  const row = await context.database.read(({ db }) =>
    db.selectFrom("report_snapshot").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (!row) throw new SnapshotNotFound("The study", null);
  const kept = JSON.parse(row.body) as FullReport;
  const report: FullReport = { skips: NO_SKIPS, ...kept, snapshot: snapshotOf(row) };
  if (part === "full") return JSON.stringify(report);
  if (part === "tests") return JSON.stringify(report.pairs);
  if (part !== "report") return JSON.stringify(report[part]);
  const head = Object.entries(report).filter(([name]) => !(BLOCK_NAMES as string[]).includes(name));
  return JSON.stringify(Object.fromEntries(head));
}
