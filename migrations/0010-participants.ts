import { type Kysely, sql } from "kysely";

/**
 * Who came by a shared link: what a platform calls them, apart from all else so that it can go alone, and how far their
 * part has come. `platform` has how a platform leads people to a group, and where they go from there.
 */
export async function up(db: Kysely<unknown>, dialect: "sqlite" | "postgres"): Promise<void> {
  const int = dialect === "sqlite" ? "integer" : "bigint";
  for (const ddl of [
    `create table platform (group_id ${int} primary key references annotator_group, settings text not null,
       secret text not null, link text, set_at text not null)`,
    `create table participation (annotator_id ${int} primary key references annotator, joined_at text not null,
       leave_by text, stopped_at text, finish text, finished_at text)`,
    `create table participant (annotator_id ${int} primary key references annotator, study_id ${int} not null references study,
       platform text not null, external_id text not null, session_id text, platform_study_id text,
       unique (study_id, platform, external_id))`,
    `alter table annotator_group add column open_link_most ${int}`,
    `alter table annotator_group add column open_link_several ${int} not null default 0`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
