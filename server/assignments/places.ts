import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import type { Tables } from "../storage/tables/index.ts";
import { isLeftOut } from "../studies/left-out.ts";

/**
 * The judgment takes its slot where nobody holds it and its annotator is not left out.
 * Touches the row in any case, so that one who frees the slot meanwhile is waited for.
 * @returns who holds the slot then; nothing where the annotator is left out
 */
export const takeSlot = statement<
  { slotId: number; assignmentId: number; annotatorId: number },
  { holder: number }
>((db, param) =>
  db
    .updateTable("slot")
    .set({ counted_assignment_id: sql`coalesce(counted_assignment_id, ${param("assignmentId")})` })
    .where("id", "=", param("slotId"))
    .where((e) => e.not(isLeftOut(param("annotatorId"))))
    .returning("counted_assignment_id as holder")
    .$castTo<{ holder: number }>(),
);

/** Locks a slot by a statement of its own: what a judgment under way writes is visible to the next one. */
const lockOneSlot = statement<{ slotId: number }, { id: number }>((db, param, dialect) => {
  const row = db.selectFrom("slot").select("id").where("id", "=", param("slotId"));
  return dialect.lockRows(row);
});

const giveToFirst = statement<{ slotId: number; assignmentId: number }, never>((db, param) =>
  db
    .updateTable("slot")
    .set((e) => ({ counted_assignment_id: firstThatCounts(e) }))
    .where("id", "=", param("slotId"))
    .where("counted_assignment_id", "=", param("assignmentId")),
);

/**
 * Ends an assignment that no longer answers its slot, by `end`, and gives the slot, where it held it, to the first
 * judgment that counts, or to nobody. The annotator's row must be locked in this transaction.
 */
export async function passOn(
  tx: Transaction,
  { slotId, assignmentId }: { slotId: number | null; assignmentId: number },
  end: () => Promise<unknown>,
): Promise<void> {
  if (slotId !== null) await tx.run(lockOneSlot, { slotId });
  await end();
  if (slotId !== null) await tx.run(giveToFirst, { slotId, assignmentId });
}

/**
 * Ends all that an annotator holds, so that its places are free for others; the annotator's row must be locked in this
 * transaction. What was held counts as handed out: it does not come back to the same annotator, who has lost the link.
 */
export const giveBack = statement<{ annotatorId: number; at: string }, never>((db, param) =>
  db
    .updateTable("assignment")
    .set({ ended_at: param("at"), ended_how: "returned" })
    .where("annotator_id", "=", param("annotatorId"))
    .where("ended_at", "is", null),
);

/** What became of the slots that an annotator has judged. */
interface Settled {
  /** Slots that were held and are free now. */
  readonly freed: number;
  /** Slots that were free and are held now. */
  readonly filled: number;
  /** Slots that others hold although this annotator has judged them. */
  readonly surplus: number;
}

/**
 * Gives every slot that an annotator has judged to the first judgment of it whose annotator is not left out, or to
 * nobody; what somebody else holds stays theirs. To be called, in one transaction, after the annotator was left out or
 * brought back, with the rows of the annotator and of the study locked.
 */
export async function settleSlots(tx: Transaction, annotatorId: number): Promise<Settled> {
  const own = judgedSlots(tx, annotatorId);
  // locked by a statement of its own: what a judgment under way writes is visible to the next one
  const before = await tx.dialect.lockRows(own).execute();
  await tx.db
    .updateTable("slot")
    .set((e) => ({ counted_assignment_id: firstThatCounts(e) }))
    .where("id", "in", slotsOf(tx, annotatorId))
    .where((e) => e.or([e("counted_assignment_id", "is", null), isHeldBy(e, annotatorId)]))
    .execute();
  const after = new Map((await own.execute()).map(({ id, holder }) => [id, holder]));
  const mine = await assignmentsOf(tx, annotatorId);
  const now = (id: number) => after.get(id) ?? null;
  return {
    freed: before.filter(({ id, holder }) => holder !== null && now(id) === null).length,
    filled: before.filter(({ id, holder }) => holder === null && now(id) !== null).length,
    surplus: [...after.values()].filter((holder) => holder !== null && !mine.has(holder)).length,
  };
}

/**
 * Lets go of what an annotator holds and has not judged: others are given it from now on, and who held it keeps what
 * nobody has taken. @returns how many pairs those are
 */
export async function letGo(tx: Transaction, annotatorId: number, at: Date): Promise<number> {
  const before = new Date(at.getTime() - 1).toISOString();
  const held = await tx.db
    .updateTable("assignment")
    .set({ lease_end: before })
    .where("annotator_id", "=", annotatorId)
    .where("ended_at", "is", null)
    .where("slot_id", "is not", null)
    .returning("id")
    .execute();
  return held.length;
}

const slotsOf = ({ db }: Transaction, annotatorId: number) =>
  db
    .selectFrom("assignment as own")
    .select("own.slot_id")
    .where("own.annotator_id", "=", annotatorId)
    .where("own.slot_id", "is not", null)
    .where("own.ended_how", "=", "judged");

const judgedSlots = (tx: Transaction, annotatorId: number) =>
  tx.db
    .selectFrom("slot")
    .select(["id", "counted_assignment_id as holder"])
    .where("id", "in", slotsOf(tx, annotatorId))
    .orderBy("id");

async function assignmentsOf({ db }: Transaction, annotatorId: number): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom("assignment")
    .select("id")
    .where("annotator_id", "=", annotatorId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

type OfSlot = ExpressionBuilder<Tables, "slot">;

const isHeldBy = (e: OfSlot, annotatorId: number): Expression<SqlBool> =>
  e.exists(
    e
      .selectFrom("assignment as mine")
      .select("mine.id")
      .whereRef("mine.id", "=", "slot.counted_assignment_id")
      .where("mine.annotator_id", "=", annotatorId),
  );

/** The first judgment of a slot, in the order of arrival, whose annotator is not left out. */
const firstThatCounts = (e: OfSlot) =>
  e
    .selectFrom("assignment as a")
    .innerJoin("judgment as j", (join) => join.onRef("j.assignment_id", "=", "a.id").on("j.revision", "=", 1))
    .select("a.id")
    .whereRef("a.comparison_id", "=", "slot.comparison_id") // assignment_by_comparison
    .whereRef("a.slot_id", "=", "slot.id")
    .where("a.ended_how", "=", sql.lit<"judged">("judged")) // a judgment that was taken back is none
    .where((own) => own.not(isLeftOut(own.ref("a.annotator_id"))))
    .orderBy("j.id")
    .limit(1);
