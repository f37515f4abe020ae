import { type Kysely, sql } from "kysely";

/** Comparisons whose answer is known, with which annotators are checked. */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `create table known_answer (comparison_id ${int} primary key references comparison,
       study_id ${int} not null references study, better_system_id ${int} references system,
       load_id ${int} not null references load)`,
    `create index known_answer_by_study on known_answer (study_id, comparison_id)`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
