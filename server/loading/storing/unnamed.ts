import { NAMELESS, nextDisplayNumber } from "../../studies/annotators.ts";
import type { Transaction } from "../../storage/database.ts";
import { requestKeyOf } from "./judgment-rows.ts";
import { rowsStatement, runRows } from "./rows.ts";
import type { Scope } from "./scope.ts";

/** What of a judgment decides its seat. */
interface Vote {
  readonly comparisonId: number;
  readonly group: { readonly id: number };
  readonly annotator: string;
  readonly annotatorId: number;
}

/** The annotator of a vote without a name until it has a seat. */
export const UNSEATED = 0;

/**
 * Gives votes without a name their seats. A seat is a row of `annotator` of the provider `NAMELESS`: the nth such vote on a
 * comparison in a group goes to the group's nth seat, so that every vote counts, and none is a repeat. Seats are no people, and
 * nothing takes two votes of one seat for votes of one person.
 * @returns all judgments in their order, those with a name as they are
 */
export async function seatUnnamed<One extends Vote>(scope: Scope, judgments: readonly One[]): Promise<One[]> {
  const votes = judgments.filter(({ annotatorId }) => annotatorId === UNSEATED);
  const seatOf = new Map<One, Pick<Vote, "annotator" | "annotatorId">>();
  for (const groupId of new Set(votes.map(({ group }) => group.id))) {
    const own = votes.filter(({ group }) => group.id === groupId);
    const numbers = await numbersFor(scope, groupId, own);
    const seats = await seatsOf(scope, groupId, Math.max(...numbers) + 1);
    own.forEach((vote, i) => {
      const { id, ordinal } = seats[numbers[i]!]!;
      const annotator = `${groupId} seat ${numbers[i]!}`;
      scope.known.annotator.set(annotator, { id, ordinal });
      seatOf.set(vote, { annotator, annotatorId: id });
    });
  }
  return judgments.map((one) => ({ ...one, ...seatOf.get(one) }));
}

/**
 * Moves the votes without a name from one comparison to another, to seats that have none there, so that each still counts.
 */
export async function moveUnnamed(
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const { db } = tx;
  const votes = await db
    .selectFrom("assignment as a")
    .innerJoin("annotator as r", "r.id", "a.annotator_id")
    .select([
      "a.id",
      "a.group_id as groupId",
      "r.study_id as studyId",
      "a.load_id as loadId",
      "a.opened_at as at",
    ])
    .where("a.comparison_id", "=", from)
    .where("r.provider", "=", NAMELESS)
    .orderBy("a.id")
    .execute();
  for (const groupId of new Set(votes.map((vote) => vote.groupId))) {
    const own = votes.filter((vote) => vote.groupId === groupId);
    const numbers = await numbersFor(
      { tx },
      groupId,
      own.map(() => ({ comparisonId: to })),
    );
    const { studyId, loadId, at } = own[0]!;
    const seats = await seatsOf({ tx, studyId, loadId: loadId!, at }, groupId, Math.max(...numbers) + 1);
    for (const [i, { id }] of own.entries()) {
      const seat = seats[numbers[i]!]!;
      const [annotator_id, ordinal] = [seat.id, seat.ordinal + 1];
      const place = { comparison_id: to, annotator_id, ordinal };
      await db.updateTable("assignment").set(place).where("id", "=", id).execute();
      const judged = { annotator_id, request_key: requestKeyOf(ordinal) };
      await db.updateTable("judgment").set(judged).where("assignment_id", "=", id).execute();
    }
  }
}

/** For each vote the number of the first seat, from 0, that has none on its comparison yet. */
async function numbersFor(
  { tx }: Pick<Scope, "tx">,
  groupId: number,
  votes: readonly Pick<Vote, "comparisonId">[],
): Promise<number[]> {
  const comparisons = [...new Set(votes.map(({ comparisonId }) => comparisonId))];
  const rows = comparisons.map((comparisonId) => ({ comparisonId }));
  const taken = new Map(comparisons.map((id) => [id, new Set<number>()]));
  for (const { comparisonId, seat } of await runRows(tx, takenSeats, { fixed: { groupId }, rows }))
    taken.get(comparisonId)!.add(numberOf(seat));
  const next = new Map<number, number>();
  return votes.map(({ comparisonId }) => {
    const own = taken.get(comparisonId)!;
    let number = next.get(comparisonId) ?? 0;
    while (own.has(number)) number++;
    next.set(comparisonId, number + 1);
    return number;
  });
}

const takenSeats = rowsStatement<
  { groupId: number },
  { comparisonId: number },
  { comparisonId: number; seat: string }
>({
  fixed: ["groupId"],
  columns: ["comparisonId"],
  build: (db, rows, { groupId }) =>
    db
      .selectFrom("assignment as a")
      .crossJoin("annotator as r") // SQLite keeps this order: from the comparisons to their few annotators
      .whereRef("r.id", "=", "a.annotator_id")
      .select(["a.comparison_id as comparisonId", "r.external_id as seat"])
      .where(
        "a.comparison_id",
        "in",
        rows.map((row) => row.comparisonId),
      )
      .where("r.group_id", "=", groupId)
      .where("r.provider", "=", NAMELESS),
});

const nameOf = (groupId: number, number: number): string => `${groupId}/${number}`;
const numberOf = (name: string): number => Number(name.slice(name.indexOf("/") + 1));

interface Seat {
  readonly id: number;
  readonly ordinal: number;
}

/** The first seats of a group by their numbers, those that are missing made. */
async function seatsOf(
  scope: Pick<Scope, "tx" | "studyId" | "loadId" | "at">,
  groupId: number,
  count: number,
): Promise<Seat[]> {
  const { tx, studyId, loadId, at } = scope;
  const rows = await tx.db
    .selectFrom("annotator as r")
    .select(["r.id", "r.external_id as name"])
    .select((eb) =>
      eb
        .selectFrom("assignment as a")
        .select((max) => max.fn.max("a.ordinal").as("last"))
        .whereRef("a.annotator_id", "=", "r.id")
        .as("ordinal"),
    )
    .where("r.group_id", "=", groupId)
    .where("r.provider", "=", NAMELESS)
    .execute();
  const seats: Seat[] = [];
  for (const { id, name, ordinal } of rows) seats[numberOf(name)] = { id, ordinal: ordinal ?? 0 };
  const missing = Array.from({ length: count }, (_, i) => i).filter((i) => seats[i] === undefined);
  if (missing.length === 0) return seats;
  const first = await nextDisplayNumber(tx, studyId);
  const values = missing.map((number, i) => ({ externalId: nameOf(groupId, number), number: first + i }));
  const fixed = { studyId, groupId, loadId, at };
  for (const { id, externalId } of await runRows(tx, insertSeats, { fixed, rows: values }))
    seats[numberOf(externalId)] = { id, ordinal: 0 };
  return seats;
}

const insertSeats = rowsStatement<
  { studyId: number; groupId: number; loadId: number; at: string },
  { externalId: string; number: number },
  { id: number; externalId: string }
>({
  fixed: ["studyId", "groupId", "loadId", "at"],
  columns: ["externalId", "number"],
  build: (db, rows, { studyId, groupId, loadId, at }) =>
    db
      .insertInto("annotator")
      .values(
        rows.map(({ externalId, number }) => ({
          ...{ study_id: studyId, group_id: groupId, provider: NAMELESS, external_id: externalId },
          ...{ display_number: number, token_hash: null, probe_key: null, created_at: at, load_id: loadId },
        })),
      )
      .returning(["id", "external_id as externalId"]),
});
