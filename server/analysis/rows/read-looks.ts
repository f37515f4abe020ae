import type { Reader } from "../../storage/database.ts";

/** A look that was taken: how many of how many planned judgments were there, and which (see plannedHash). */
export interface LookTaken {
  readonly judged: number;
  readonly wanted: number;
  /** Missing in looks that earlier versions took. */
  readonly hash?: string;
}

/** The change of a study that a look is. */
export const LOOK = "look";

/** The looks of a study that were taken, in order. */
export async function readLooks({ db }: Reader, studyId: number): Promise<LookTaken[]> {
  const rows = await db
    .selectFrom("study_change")
    .select("detail")
    .where("study_id", "=", studyId)
    .where("kind", "=", LOOK)
    .orderBy("id")
    .execute();
  return rows.map(({ detail }) => JSON.parse(detail) as LookTaken);
}
