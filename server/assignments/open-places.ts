import { sql } from "kysely";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { hadTurn } from "./free-slots.ts";
import { isUnseen } from "./seen-elsewhere.ts";
import { isWanted } from "../studies/wanted-slots.ts";

/** Slots that are looked at: where more are free, nobody needs to know how many. */
const LOOKED_AT = 64;

/**
 * How many comparisons an annotator may still be given: those with a free slot that they have not had,
 * nor a later turn of, and whose prompt may be shown to them.
 * @returns null where so many slots are free that they are not counted
 */
export async function comparisonsOpenTo(
  tx: Pick<Transaction, "run">,
  who: { groupId: number; annotatorId: number; unseen: 0 | 1 },
): Promise<number | null> {
  const [beyond] = await tx.run(selectBeyond, { groupId: who.groupId });
  if (beyond) return null;
  const [row] = await tx.run(countOpen, who);
  return row?.open ?? 0;
}

/** A free slot behind the first that are looked at (slot_free). */
const selectBeyond = statement<{ groupId: number }, { id: number }>((db, param) =>
  db
    .selectFrom("slot")
    .select("id")
    .where("group_id", "=", param("groupId"))
    .where("counted_assignment_id", "is", null)
    .where(isWanted(sql.ref("replicate")))
    .limit(sql.lit(1))
    .offset(sql.lit(LOOKED_AT)),
);

const countOpen = statement<{ groupId: number; annotatorId: number; unseen: 0 | 1 }, { open: number }>(
  (db, param) =>
    db
      .selectFrom("slot as s")
      .innerJoin("comparison as c", "c.id", "s.comparison_id")
      .select((e) => e.fn.count<number>("s.comparison_id").distinct().as("open"))
      .where("s.group_id", "=", param("groupId"))
      .where("s.counted_assignment_id", "is", null)
      .where(isWanted(sql.ref("s.replicate")))
      .where((e) => e.not(e.exists(hadTurn(db, param("annotatorId")))))
      .where(isUnseen(db, { annotator: param("annotatorId"), unseen: param("unseen") })),
);
