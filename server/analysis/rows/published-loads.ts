import type { Reader } from "../../storage/database.ts";

/** The ids of the loads of a study whose rows may be read. */
export async function publishedLoads({ db }: Reader, studyId: number): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom("load")
    .select("id")
    .where("study_id", "=", studyId)
    .where("state", "=", "published")
    .execute();
  return new Set(rows.map(({ id }) => id));
}
