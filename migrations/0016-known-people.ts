import { type Kysely, sql } from "kysely";

/**
 * Finds a person of a platform in every study: by unseen prompts, and by studies whose participants are not let in.
 * `platform_status`: how their submission stands there, as the platform's own list had it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create index participant_by_person on participant (platform, external_id)`).execute(db);
  await sql.raw(`alter table participant add column platform_status text`).execute(db);
}
