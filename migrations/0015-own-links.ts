import { type Kysely, sql } from "kysely";

/** The secret from which the one annotator of a group gets their link, where the same link must be shown again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table annotator_group add column link_secret text`).execute(db);
}
