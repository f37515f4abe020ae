import { batchesOf, INSERT_ROWS } from "../../storage/batches.ts";
import type { Transaction } from "../../storage/database.ts";

/** Leaves out the annotators whom a file says are left out, but for those who are left out already. */
export async function storeExclusions(
  { db }: Transaction,
  given: { studyId: number; loadId: number; excluded: ReadonlyMap<number, string>; at: string },
): Promise<void> {
  for (const batch of batchesOf([...given.excluded], INSERT_ROWS)) {
    const inForce = await db
      .selectFrom("exclusion")
      .select("annotator_id")
      .where("lifted_at", "is", null)
      .where(
        "annotator_id",
        "in",
        batch.map(([annotatorId]) => annotatorId),
      )
      .execute();
    const already = new Set(inForce.map((row) => row.annotator_id));
    const rows = batch
      .filter(([annotatorId]) => !already.has(annotatorId))
      .map(([annotator_id, rule]) => ({
        ...{ study_id: given.studyId, annotator_id, rule },
        ...{ excluded_at: given.at, lifted_at: null, load_id: given.loadId },
      }));
    if (rows.length > 0) await db.insertInto("exclusion").values(rows).execute();
  }
}
