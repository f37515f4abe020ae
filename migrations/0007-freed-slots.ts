import { type Kysely, sql } from "kysely";

/**
 * A judgment of an annotator who is left out holds no slot: those that do are given to the first judgment that counts,
 * or are free. What is left out had its place where nobody, or somebody later, has it now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const ddl = [`drop view counted_judgment`, `drop view placed_judgment`, ...VIEWS, FREE_SLOTS];
  for (const one of ddl) await sql.raw(one).execute(db);
}

const IN_FORCE = `select 1 from exclusion e where e.annotator_id = a.annotator_id and e.lifted_at is null`;

/** The slot of a judgment is free, or its first judgment came after this one's. */
const CAME_FIRST = `s.counted_assignment_id is null
  or exists (select 1 from judgment own
    join judgment holder on holder.assignment_id = s.counted_assignment_id and holder.revision = 1
    where own.assignment_id = a.id and own.revision = 1 and own.id < holder.id)`;

const FREE_SLOTS = `
  update slot set counted_assignment_id =
    (select a.id from assignment a
     join judgment j on j.assignment_id = a.id and j.revision = 1
     where a.comparison_id = slot.comparison_id and a.slot_id = slot.id and not exists (${IN_FORCE})
     order by j.id limit 1)
  where counted_assignment_id in (select a.id from assignment a where exists (${IN_FORCE}))`;

/**
 * The one definition of a counted judgment: one that has its place, by an annotator who is not excluded. What a rule
 * leaves out stands beside those that have their place, so that it can be said what it changes.
 */
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
       and (s.counted_assignment_id = a.id or (a.slot_id is null and l.state = 'published')
         or (a.slot_id is not null and a.ended_how = 'judged' and exists (${IN_FORCE}) and (${CAME_FIRST})))
       and not exists (select 1 from judgment later
         where later.assignment_id = a.id and later.revision > 1 and later.revision > j.revision)`,
  `create view counted_judgment as
     select p.* from placed_judgment p
     where not exists (select 1 from exclusion e where e.annotator_id = p.annotator_id and e.lifted_at is null)`,
];
