import { type Kysely, sql } from "kysely";

/** What a model server has turned out not to take with a model, so that no later run pays a refusal to find it out again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table server_manner (server text not null, model text not null, without text not null,
         learned_at text not null, primary key (server, model))`,
    )
    .execute(db);
}
