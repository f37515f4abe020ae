import type { Context } from "../context.ts";
import type { FullReport, Snapshot } from "../contract/report.ts";
import type { DepartureKind } from "../contract/words.ts";
import type { OnBlock } from "./blocks.ts";
import { changedBetween, type InputName, type Inputs } from "./inputs.ts";
import { isOlderHash } from "./older-hash.ts";
import { ReportBuilder } from "./report.ts";
import { asRenamed, type OwnerChanges, ownerChangesSince } from "./owner-changes.ts";
import { readSnapshot } from "./snapshots.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";

interface Found {
  readonly snapshot: Snapshot;
  /** What the report is made of and is not as it was; null: it was kept by a version that did not note that. */
  readonly changed: readonly InputName[] | null;
  /** Annotators who have left since it was kept, and took their judgments or their data along. */
  readonly left: Readonly<Record<DepartureKind, number>>;
  /** What the owner has changed since that moves names or judgments. */
  readonly owner: OwnerChanges;
}

interface Judgments {
  readonly then: number;
  readonly now: number;
}

/** What a check of a kept report found. `where`: the parts of the report that differ. */
export type Verification = Found &
  (
    | { outcome: "same"; judgments: number }
    | { outcome: "judgments differ"; judgments: Judgments }
    /** Every figure is the same, but not what is named in `changed`. */
    | { outcome: "inputs differ"; judgments: number }
    | { outcome: "estimator differs"; estimator: { then: string; now: string } }
    | { outcome: "figures differ"; where: string[] }
    /** Neither the hash of an older version nor the estimator of the report can be made again. */
    | { outcome: "cannot be told"; where: string[]; estimator: { then: string; now: string } }
  );

type Row = Awaited<ReturnType<typeof readSnapshot>>;

/**
 * Computes a kept report again and compares, byte by byte, or says what has changed since. Whoever was invited, joined or
 * was loaded without a judgment changes nothing. `number` null: the latest.
 * @throws StudyNotFound, SnapshotNotFound
 */
export async function verifySnapshot(
  context: Context,
  { study, number, onBlock }: { study: string; number: number | null; onBlock?: OnBlock },
): Promise<Verification> {
  const row = await readSnapshot(context, { study, number });
  const now = await new ReportBuilder(context, onBlock).fullWithHash({ study });
  const { snapshot } = row;
  const changed =
    row.inputs === null ? null : changedBetween(JSON.parse(row.inputs) as Partial<Inputs>, now.inputs);
  const owner = await ownerChangesSince(context, row);
  const found = { snapshot, changed, left: await leftSince(context, row), owner };
  const estimator = { then: row.estimator, now: now.report.estimator };
  const judged = await judgmentsAre(context, { row, changed, data: now.data });
  if (judged === "others") {
    return {
      ...found,
      outcome: "judgments differ",
      judgments: { then: row.judgments, now: now.report.judgments },
    };
  }
  const where = partsThatDiffer(now.report, asRenamed(row.body, owner.renamed, now.report));
  if (where.length === 0) {
    const outcome = changed === null || changed.length === 0 ? "same" : "inputs differ";
    return { ...found, outcome, judgments: row.judgments };
  }
  if (judged === "not known") return { ...found, outcome: "cannot be told", where, estimator };
  if (estimator.then !== estimator.now) return { ...found, outcome: "estimator differs", estimator };
  return { ...found, outcome: "figures differ", where };
}

/**
 * Whether the judgments are those behind a kept report. Where it was kept by a version that hashed the names of everybody
 * invited, and that hash cannot be made again, nobody knows, unless their number tells.
 */
async function judgmentsAre(
  context: Context,
  { row, changed, data }: { row: Row; changed: Found["changed"]; data: StudyData },
): Promise<"the same" | "others" | "not known"> {
  if (changed !== null) return changed.includes("judgments") ? "others" : "the same";
  if (row.judgments !== data.rows.count) return "others";
  return (await isOlderHash(context, { row, data })) ? "the same" : "not known";
}

async function leftSince(
  context: Context,
  { study_id: studyId, taken_at: takenAt }: Row,
): Promise<Found["left"]> {
  const rows = await context.database.read(({ db }) =>
    db
      .selectFrom("departure")
      .select("kind")
      .where("study_id", "=", studyId)
      .where("done_at", ">=", takenAt)
      .execute(),
  );
  const count = (kind: DepartureKind) => rows.filter((one) => one.kind === kind).length;
  return { withdrawn: count("withdrawn"), erased: count("erased") };
}

/**
 * The members of a report that are not as they were kept; nothing where it is the same text. How far people came moves with everybody
 * who joins or leaves, and is in no figure: it is not compared.
 */
function partsThatDiffer(report: FullReport, body: string): string[] {
  if (JSON.stringify(report) === body) return [];
  const before = JSON.parse(body) as Record<string, unknown>;
  const after = report as unknown as Record<string, unknown>;
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  names.delete("people");
  return [...names].filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
}
