import { sql } from "kysely";
import type { Reader } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { type FreeSlot, hadTurn } from "./free-slots.ts";

/**
 * The first turn of the conversation of a slot that this annotator can be given: in the same replicate, after every turn
 * that they have had, and held by nobody, or by somebody whose lease has lapsed. So the turns of a conversation come in
 * order, also where others have judged some of them or a judged one has become free again.
 * @returns null where there is none
 */
export async function openTurn(
  tx: Pick<Reader, "run">,
  given: { slotId: number; annotatorId: number; at: string },
): Promise<FreeSlot | null> {
  const [row] = await tx.run(selectOpenTurn, given);
  if (!row) return null;
  const { lapsedId, ...slot } = row;
  return lapsedId === null ? slot : { ...slot, lapsedId };
}

type OpenTurn = Omit<FreeSlot, "lapsedId"> & { readonly lapsedId: number | null };

const selectOpenTurn = statement<{ slotId: number; annotatorId: number; at: string }, OpenTurn>((db, param) =>
  db
    .selectFrom("slot as given")
    .innerJoin("comparison as gc", "gc.id", "given.comparison_id")
    .innerJoin("comparison as c", (join) =>
      join
        .onRef("c.prompt_id", "=", "gc.prompt_id")
        .onRef("c.low_system_id", "=", "gc.low_system_id")
        .onRef("c.high_system_id", "=", "gc.high_system_id"),
    )
    .innerJoin("slot as s", (join) =>
      join
        .onRef("s.comparison_id", "=", "c.id")
        .onRef("s.group_id", "=", "given.group_id")
        .onRef("s.replicate", "=", "given.replicate"),
    )
    .leftJoin("assignment as live", (join) =>
      join.onRef("live.slot_id", "=", "s.id").on("live.ended_at", "is", null),
    )
    .select(["s.id", "s.comparison_id as comparisonId", "s.prompt_id as promptId", "s.stage"])
    .select(["s.order_key as orderKey", "c.low_system_id as low", "c.high_system_id as high"])
    .select("live.id as lapsedId")
    .where("given.id", "=", param("slotId"))
    .where("s.counted_assignment_id", "is", null)
    .where((e) =>
      e.or([
        e("live.id", "is", null),
        e.and([e("live.lease_end", "<", param("at")), e("live.annotator_id", "<>", param("annotatorId"))]),
      ]),
    )
    .where((e) => e.not(e.exists(hadTurn(db, param("annotatorId")))))
    .orderBy("c.turn")
    .limit(sql.lit(1)),
);
