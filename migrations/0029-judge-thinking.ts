import { type Kysely, sql } from "kysely";

/** What a model thought before it replied, kept where its judge is to keep it and several replies make one verdict. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table judge_call add column thinking text").execute(db);
}
