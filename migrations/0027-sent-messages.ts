import { type Kysely, sql } from "kysely";

/** A hash of the messages of each call to a model, so that they can be shown again and checked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table judge_call add column messages_hash text").execute(db);
}
