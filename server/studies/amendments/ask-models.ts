import { type RawBuilder, sql } from "kysely";
import { type Context, newToken } from "../../context.ts";
import { batchesOf, INSERT_ROWS } from "../../storage/batches.ts";
import type { Transaction } from "../../storage/database.ts";

const TOKEN_BYTES = 16;
/** Presentations and ordinals of corrected texts lie this far from all others, those of each revision apart. */
const PRESENTATIONS_APART = 1_000;
const ORDINALS_APART = 1_000_000_000;

/**
 * Models forget, so they judge a pair again whose text was corrected: each of their presentations of it moves out of the way, and an open
 * one stands in its place, which the next run asks about. Called before the presentations leave their slots.
 * @returns what puts the open ones in place, once they have left
 */
export async function askModelsAgain(
  context: Context,
  { db }: Transaction,
  given: { affected: RawBuilder<unknown>; revision: number; at: string },
): Promise<() => Promise<void>> {
  const { affected, revision, at } = given;
  const rows = await db
    .selectFrom("assignment as a")
    .innerJoin("annotator_group as g", "g.id", "a.group_id")
    .selectAll("a")
    .where(sql<boolean>`a.comparison_id in ${affected}`)
    .where("g.kind", "=", "model")
    .where("a.origin", "=", "handed_out")
    .where("a.purpose", "in", ["main", "shared", "repeat"])
    .where((e) => e.or([e("a.ended_at", "is", null), e("a.ended_how", "=", "judged")]))
    .where((e) =>
      // its first presentation has the slot: that of a model that is excluded, or was too late, has none
      e.exists(
        e
          .selectFrom("assignment as first")
          .innerJoin("slot as s", "s.id", "first.slot_id")
          .select("first.id")
          .whereRef("first.annotator_id", "=", "a.annotator_id")
          .whereRef("first.comparison_id", "=", "a.comparison_id")
          .where("first.presentation", "=", 0)
          .where((own) =>
            own.or([
              own("s.counted_assignment_id", "=", own.ref("first.id")),
              own("first.ended_at", "is", null),
            ]),
          ),
      ),
    )
    .orderBy("a.id")
    .execute();
  return async () => {
    for (const { id, presentation, ordinal } of rows) {
      const apart = {
        presentation: revision * PRESENTATIONS_APART + presentation,
        ordinal: -(revision * ORDINALS_APART + 2 * Math.abs(ordinal) + (ordinal < 0 ? 1 : 0)),
      };
      await db.updateTable("assignment").set(apart).where("id", "=", id).execute();
    }
    const open = rows.map((row) => ({
      ...{ comparison_id: row.comparison_id, prompt_id: row.prompt_id, slot_id: row.slot_id },
      ...{ group_id: row.group_id, annotator_id: row.annotator_id, ordinal: row.ordinal },
      ...{ purpose: row.purpose, presentation: row.presentation, origin: row.origin, load_id: row.load_id },
      ...{
        left_system_id: row.left_system_id,
        right_system_id: row.right_system_id,
        side_known: row.side_known,
      },
      ...{ token: newToken(context, TOKEN_BYTES), opened_at: at, lease_end: at, protocol_revision: revision },
      ...{ ended_at: null, ended_how: null, source_key: null },
    }));
    for (const batch of batchesOf(open, INSERT_ROWS))
      await db.insertInto("assignment").values(batch).execute();
  };
}
