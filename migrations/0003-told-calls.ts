import { type Kysely, sql } from "kysely";

/** What an export says of the calls behind a model's judgments, where these are loaded again elsewhere. */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  await sql
    .raw(
      `create table told_calls (annotator_id ${int} primary key references annotator,
         load_id ${int} not null references load, calls text not null)`,
    )
    .execute(db);
}
