import { type Kysely, sql } from "kysely";

/** Finds a person of a platform in every study: by unseen prompts, and by studies whose participants are not let in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create index participant_by_person on participant (platform, external_id)`).execute(db);
}
