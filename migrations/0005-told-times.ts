import { type Kysely, sql } from "kysely";

/** A loaded judgment whose file says no time has none: when its file was loaded says nothing of when it was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const ddl of [`drop view counted_judgment`, `drop view placed_judgment`, ...VIEWS]) {
    await sql.raw(ddl).execute(db);
  }
}

/** The one definition of a counted judgment: one that has its place, by an annotator who is not excluded. */
const VIEWS = [
  `create view placed_judgment as
     select j.id as judgment_id, a.id as assignment_id, c.study_id, a.comparison_id, c.prompt_id, c.turn,
       c.low_system_id, c.high_system_id, a.group_id, a.annotator_id, a.left_system_id,
       a.side_known, a.purpose, a.origin, j.choice, j.active_ms,
       case when a.load_id is null then coalesce(j.judged_at, j.received_at) else j.judged_at end as judged_at
     from assignment a
     join comparison c on c.id = a.comparison_id
     join judgment j on j.assignment_id = a.id
     left join slot s on s.id = a.slot_id
     left join load l on l.id = a.load_id
     where a.presentation = 0 and a.purpose in ('main', 'shared')
       and (s.counted_assignment_id = a.id or (a.slot_id is null and l.state = 'published'))
       and not exists (select 1 from judgment later
         where later.assignment_id = a.id and later.revision > 1 and later.revision > j.revision)`,
  `create view counted_judgment as
     select p.* from placed_judgment p
     where not exists (select 1 from exclusion e where e.annotator_id = p.annotator_id and e.lifted_at is null)`,
];
