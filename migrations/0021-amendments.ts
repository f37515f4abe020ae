import { type Kysely, sql } from "kysely";

/**
 * Of which revision of the protocol a pair was assigned under: until now, the one in force when it was opened. And the earlier texts
 * of responses that were corrected, with the revision that corrected them.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `alter table assignment add column protocol_revision ${int}`,
    `update assignment set protocol_revision = coalesce(
       (select max(p.revision) from annotator a join protocol p on p.study_id = a.study_id
        where a.id = assignment.annotator_id and p.frozen_at <= assignment.opened_at), 1)
     where load_id is null`,
    `create table corrected_response (response_id ${int} not null references response on delete cascade,
       revision ${int} not null, turns text not null, content_hash text not null, primary key (response_id, revision))`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
