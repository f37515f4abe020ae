import type { Reader } from "../storage/database.ts";

/** How long a study keeps what identifies people, as it was set. */
interface Retention {
  readonly days: number;
  readonly names: boolean;
  readonly setAt: string;
  readonly doneAt: string | null;
}

/** @returns null: nothing is erased by itself */
export async function retentionOf({ db }: Reader, studyId: number): Promise<Retention | null> {
  const row = await db
    .selectFrom("retention")
    .select(["days", "names", "set_at as setAt", "done_at as doneAt"])
    .where("study_id", "=", studyId)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, names: row.names === 1 };
}
