import { sql } from "kysely";
import type { Reader } from "../storage/database.ts";
import { isLeftOut } from "../studies/left-out.ts";

/**
 * What excluding some annotators together would set free, by their ids; `exclude` then does. A slot stays filled where somebody
 * else has judged it too, who counts.
 * @returns freed: judgments that would be wanted again; held: pairs that they hold and have not judged
 */
export async function freedBy(
  { db }: Reader,
  annotatorIds: readonly number[],
): Promise<{ freed: number; held: number }> {
  if (annotatorIds.length === 0) return { freed: 0, held: 0 };
  const { freed } = await db
    .selectFrom("assignment as a")
    .innerJoin("slot as s", (join) =>
      join.onRef("s.id", "=", "a.slot_id").onRef("s.counted_assignment_id", "=", "a.id"),
    )
    .select((e) => e.fn.countAll<number>().as("freed"))
    .where("a.annotator_id", "in", annotatorIds)
    .where("a.ended_how", "=", "judged")
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("assignment as other")
            .select("other.id")
            .whereRef("other.comparison_id", "=", "s.comparison_id") // assignment_by_comparison
            .whereRef("other.slot_id", "=", "s.id")
            .where("other.ended_how", "=", sql.lit<"judged">("judged"))
            .where("other.annotator_id", "not in", annotatorIds)
            .where((own) => own.not(isLeftOut(own.ref("other.annotator_id")))),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  const { held } = await db
    .selectFrom("assignment")
    .select((e) => e.fn.countAll<number>().as("held"))
    .where("annotator_id", "in", annotatorIds)
    .where("ended_at", "is", null)
    .where("slot_id", "is not", null)
    .executeTakeFirstOrThrow();
  return { freed: Number(freed), held: Number(held) };
}
