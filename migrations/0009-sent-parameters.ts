import { type Kysely, sql } from "kysely";

/**
 * What each call to a model was really sent with, whether its cost is the most that it may have been, and which prompts a
 * model server was asked about without a response.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `alter table judge_call add column sent text`,
    `alter table judge_call add column cost_at_most ${int} not null default 0`,
    `create table unanswered_prompt (prompt_id ${int} not null references prompt, system text not null,
       failures ${int} not null, kind text not null, message text not null, failed_at text not null,
       primary key (prompt_id, system))`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
