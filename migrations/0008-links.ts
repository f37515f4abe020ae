import { type Kysely, sql } from "kysely";

/** When links were last used and revoked, what a kept report was made of, and sides counted over all that was handed out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const ddl of [
    `alter table annotator add column link_used_at text`,
    `alter table annotator add column link_revoked_at text`,
    `alter table annotator_group add column open_link_made_at text`,
    `alter table annotator_group add column open_link_used_at text`,
    `alter table annotator_group add column open_link_revoked_at text`,
    `alter table share_link add column used_at text`,
    `alter table report_snapshot add column inputs text`,
    `drop index assignment_by_sides`,
    `create index assignment_by_sides on assignment (annotator_id, left_system_id, right_system_id)
       where presentation = 0 and origin = 'handed_out'`,
  ]) {
    await sql.raw(ddl).execute(db);
  }
}
