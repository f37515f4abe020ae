import { type Kysely, sql } from "kysely";

/** When whoever runs a blinding audit last gave a sign of life, so that two do not audit one study at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table blinding_audit add column alive_at text").execute(db);
}
