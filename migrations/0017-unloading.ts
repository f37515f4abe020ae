import { type Kysely, sql } from "kysely";

/**
 * Keeps apart what each load brought, so that a load can be taken back: what every file says of a model's calls (the latest one
 * is in force), and the exclusions that came with a file.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  const statements = [
    `alter table told_calls rename to told_calls_before`,
    `create table told_calls (annotator_id ${int} not null references annotator, load_id ${int} not null references load,
       calls text not null, unique (annotator_id, load_id))`,
    `insert into told_calls (annotator_id, load_id, calls) select annotator_id, load_id, calls from told_calls_before`,
    `drop table told_calls_before`,
    `create index told_calls_load on told_calls (load_id)`,
    `alter table exclusion add column load_id ${int} references load`,
    `create index exclusion_by_load on exclusion (load_id) where load_id is not null`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
