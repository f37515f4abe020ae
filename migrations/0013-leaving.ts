import { type Kysely, sql } from "kysely";

/** Who withdrew or was erased, and when what identifies people is to be erased after a study has closed. */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `create table departure (annotator_id ${int} primary key references annotator, study_id ${int} not null references study,
       kind text not null, asked_at text not null, asked_by text not null, done_at text, platform text)`,
    `create index departure_by_study on departure (study_id)`,
    `create table retention (study_id ${int} primary key references study, days ${int} not null, names ${int} not null,
       set_at text not null, done_at text)`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
