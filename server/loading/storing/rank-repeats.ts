import { sql } from "kysely";
import type { GroupKind, Purpose } from "../../contract/words.ts";
import type { Reader, Transaction } from "../../storage/database.ts";
import { listOfIds, rowsStatement, runRows } from "./rows.ts";
import type { LoadRun } from "../load-run.ts";
import type { Pace } from "../pace.ts";
import { numberPresentations, type Presented } from "./presentations.ts";

interface Pair {
  annotatorId: number;
  comparisonId: number;
}
interface Row extends Presented, Pair {
  readonly presentation: number;
  readonly purpose: Purpose;
  readonly kind: GroupKind;
  readonly loadId: number | null;
  readonly sourceKey: string | null;
}

export interface RankedRepeats {
  /** How many repeats there are more than before. */
  repeats: number;
  /** New judgments without an id of their own, by annotators who had judged the same comparison in an earlier file. */
  overlaps: number;
  /** Where a new judgment is earlier than a published one that counts: to be numbered anew when publishing. */
  readonly renumber: Pair[];
}

/**
 * Settles which of several judgments of one annotator on one comparison counts, now that the whole file is in.
 * Changes rows of this load only.
 * @param own.after the last assignment before this file's
 */
export async function rankRepeats(run: LoadRun, pace: Pace, own: { after: number }): Promise<RankedRepeats> {
  const all: RankedRepeats = { repeats: 0, overlaps: 0, renumber: [] };
  for (let after = own.after; ;) {
    const { last, ranked } = await pace.step(run, (tx) => rankPage(tx, { loadId: run.id, own, after }));
    all.repeats += ranked.repeats;
    all.overlaps += ranked.overlaps;
    for (const pair of ranked.renumber) all.renumber.push(pair);
    if (last === null) return all;
    after = last;
  }
}

const PAGE_ROWS = 64;

/** `last`: the last assignment looked at, or null at the end. */
async function rankPage(
  tx: Transaction,
  given: { loadId: number; own: { after: number }; after: number },
): Promise<{ last: number | null; ranked: RankedRepeats }> {
  const ranked: RankedRepeats = { repeats: 0, overlaps: 0, renumber: [] };
  const later = await tx.db
    .selectFrom("assignment")
    .select(["id", "annotator_id as annotatorId", "comparison_id as comparisonId"])
    .where("load_id", "=", given.loadId)
    .where("id", ">", given.after)
    .where("presentation", ">", 0)
    .orderBy("id")
    .limit(PAGE_ROWS)
    .execute();
  const isOwn = (row: Row) => row.loadId === given.loadId && row.id > given.own.after;
  const seen = new Set(later.map((row) => row.id));
  for (const rows of (await judgmentsOf(tx, later)).values()) {
    const last = Math.max(...rows.filter(isOwn).map((row) => row.id));
    if (seen.has(last)) await rankPair(tx, rows, { isOwn, ranked });
  }
  return { last: later.at(-1)?.id ?? null, ranked };
}

async function rankPair(
  tx: Transaction,
  rows: readonly Row[],
  given: { isOwn: (row: Row) => boolean; ranked: RankedRepeats },
): Promise<void> {
  const { isOwn, ranked } = given;
  const numbered = numberedRows(rows);
  const repeatsBefore = rows.filter((row) => !isOwn(row) && row.purpose === "repeat").length;
  const repeats = numbered.filter(({ purpose }) => purpose === "repeat").length;
  ranked.repeats += repeats - repeatsBefore;
  if (rows.some((row) => !isOwn(row)) && repeats > repeatsBefore) {
    ranked.overlaps += rows.filter((row) => isOwn(row) && !row.sourceKey?.startsWith("id")).length;
  }
  const moves = numbered.filter(isMoved);
  if (moves.every(({ one }) => isOwn(one))) await applyMoves(tx, moves);
  else {
    const { annotatorId, comparisonId } = rows[0] as Row;
    ranked.renumber.push({ annotatorId, comparisonId });
  }
}

/** Numbers these pairs anew, published rows included. @returns how many assignments changed their number */
export async function renumberPairs(tx: Transaction, pairs: readonly Pair[]): Promise<number> {
  let moved = 0;
  for (const rows of (await judgmentsOf(tx, pairs)).values()) {
    const moves = numberedRows(rows).filter(isMoved);
    await applyMoves(tx, moves);
    moved += moves.length;
  }
  return moved;
}

/** Numbers anew, as if these loads had never been, what others have judged of the same pairs by the same annotators. */
export async function renumberWithout(tx: Transaction, loadIds: readonly number[]): Promise<void> {
  const pairs = await tx.db
    .selectFrom("assignment as own")
    .innerJoin("assignment as other", (join) =>
      join
        .onRef("other.annotator_id", "=", "own.annotator_id")
        .onRef("other.comparison_id", "=", "own.comparison_id")
        .on("other.load_id", "not in", loadIds),
    )
    .select(["own.annotator_id as annotatorId", "own.comparison_id as comparisonId"])
    .distinct()
    .where("own.load_id", "in", loadIds)
    .execute();
  for (const all of (await judgmentsOf(tx, pairs)).values()) {
    const gone = all.filter(({ loadId }) => loadId !== null && loadIds.includes(loadId));
    for (const [i, { id }] of gone.entries())
      await tx.db
        .updateTable("assignment")
        .set({ presentation: 2 * OUT_OF_THE_WAY + i })
        .where("id", "=", id)
        .execute();
    const rows = all.filter((row) => !gone.includes(row));
    await applyMoves(tx, numberedRows(rows).filter(isMoved));
  }
}

/** Purposes of judgments that have or may have a place among the figures. */
const PLACED: ReadonlySet<Purpose> = new Set<Purpose>(["main", "shared", "repeat"]);

/**
 * The judgments of one annotator on one comparison with their numbers. Those that are out of all figures, such as those of a text that was
 * corrected since, come last and stay what they are: a later judgment is no repeat of them.
 */
function numberedRows(rows: readonly Row[]): Move[] {
  const placed = rows.filter(({ purpose }) => PLACED.has(purpose));
  const numbered = numberPresentations(placed, rows[0]?.kind ?? "crowd");
  const others = rows
    .filter(({ purpose }) => !PLACED.has(purpose))
    .sort((a, b) => a.presentation - b.presentation);
  return [
    ...numbered,
    ...others.map((one, i) => ({ one, presentation: numbered.length + i, purpose: one.purpose })),
  ];
}

interface Move {
  readonly one: Row;
  readonly presentation: number;
  readonly purpose: Purpose;
}
const isMoved = ({ one, presentation, purpose }: Move) =>
  one.presentation !== presentation || (one.purpose === "repeat") !== (purpose === "repeat");

/** Above any real number, so that two rows never share one on the way. */
const OUT_OF_THE_WAY = 1_000_000_000;

async function applyMoves(tx: Transaction, moves: readonly Move[]): Promise<void> {
  const update = (id: number, set: { presentation: number; purpose?: Purpose }) =>
    tx.db.updateTable("assignment").set(set).where("id", "=", id).execute();
  for (const { one, presentation } of moves)
    await update(one.id, { presentation: OUT_OF_THE_WAY + presentation });
  for (const { one, presentation, purpose } of moves) await update(one.id, { presentation, purpose });
}

const ofPairs = rowsStatement<object, Pair, Omit<Row, "sideKnown"> & { side: number }>({
  fixed: [],
  columns: ["annotatorId", "comparisonId"],
  build: (db, rows) =>
    db
      .selectFrom("assignment as a")
      .innerJoin("judgment as j", "j.assignment_id", "a.id")
      .innerJoin("annotator_group as g", "g.id", "a.group_id")
      .select(["a.id", "a.annotator_id as annotatorId", "a.comparison_id as comparisonId", "a.presentation"])
      .select(["a.purpose", "a.load_id as loadId", "a.source_key as sourceKey", "a.side_known as side"])
      .select(["a.left_system_id as leftSystemId", "j.judged_at as judgedAt", "g.kind"])
      .where("j.revision", "=", 1)
      .where(
        sql<boolean>`(a.annotator_id, a.comparison_id) in ${listOfIds(
          rows.map((row) => [row.annotatorId, row.comparisonId]),
        )}`,
      ),
});

async function judgmentsOf(reader: Reader, pairs: readonly Pair[]): Promise<Map<string, Row[]>> {
  const distinct = new Map(
    pairs.map(({ annotatorId, comparisonId }) => [
      `${annotatorId}:${comparisonId}`,
      { annotatorId, comparisonId },
    ]),
  );
  const byPair = new Map<string, Row[]>();
  for (const { side, ...rest } of await runRows(reader, ofPairs, {
    fixed: {},
    rows: [...distinct.values()],
  })) {
    const row: Row = { ...rest, sideKnown: side === 1 };
    const key = `${row.annotatorId}:${row.comparisonId}`;
    const list = byPair.get(key);
    if (list) list.push(row);
    else byPair.set(key, [row]);
  }
  return byPair;
}
