import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../storage/database.ts";
import { comparisonsOf, listOf, type Taken } from "./rests-on.ts";

/** What an opened study's protocol names, which stays. */
interface Named {
  readonly systems: readonly string[];
  readonly groups: readonly string[];
}

/**
 * What others use of what loads have brought becomes theirs: of the load that uses it, or, where people do, of none. What is
 * still these loads' afterwards, only they brought.
 */
export async function handOn({ db }: Transaction, taken: Taken, named: Named): Promise<void> {
  const ids = listOf(taken.loadIds);
  const run = (statement: RawBuilder<unknown>) => statement.execute(db);
  const isAmong = (names: readonly string[], column: string) =>
    names.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join(names)})`;
  // comparisons that the study made itself go with their texts, unless something is left of them
  await run(sql`update comparison set load_id = case
      when exists (select 1 from slot s where s.comparison_id = comparison.id)
        or exists (select 1 from assignment a where a.comparison_id = comparison.id and a.load_id is null) then null
      else coalesce(
        (select min(a.load_id) from assignment a where a.comparison_id = comparison.id and a.load_id not in ${ids}),
        (select min(k.load_id) from known_answer k where k.comparison_id = comparison.id and k.load_id not in ${ids}),
        comparison.load_id, ${sql.lit(taken.loadIds[0]!)}) end
    where load_id in ${ids} or (load_id is null and id in ${comparisonsOf(taken)})`);
  await run(sql`update prompt set load_id = coalesce(
      (select min(t.load_id) from prompt_text t where t.prompt_id = prompt.id and t.load_id not in ${ids}),
      (select min(r.load_id) from response r where r.prompt_id = prompt.id and r.load_id not in ${ids}),
      (select min(c.load_id) from comparison c where c.prompt_id = prompt.id and c.load_id not in ${ids}),
      case when exists (select 1 from comparison c where c.prompt_id = prompt.id and c.load_id is null)
        then null else prompt.load_id end)
    where load_id in ${ids}`);
  const comparisons = sql`from comparison c where c.study_id = system.study_id
    and (c.low_system_id = system.id or c.high_system_id = system.id)`;
  await run(sql`update system set load_id = coalesce(
      (select min(r.load_id) from response r where r.system_id = system.id and r.load_id not in ${ids}),
      (select min(c.load_id) ${comparisons} and c.load_id not in ${ids}),
      case when ${isAmong(named.systems, "system.name")} or exists (select 1 ${comparisons} and c.load_id is null)
        then null else system.load_id end)
    where load_id in ${ids}`);
  await run(sql`update annotator set load_id = coalesce(
      (select min(a.load_id) from assignment a where a.annotator_id = annotator.id and a.load_id not in ${ids}),
      case when exists (select 1 from assignment a where a.annotator_id = annotator.id and a.load_id is null)
        then null else annotator.load_id end)
    where load_id in ${ids}`);
  const inGroup = (table: string) =>
    sql`exists (select 1 from ${sql.table(table)} x where x.group_id = annotator_group.id)`;
  await run(sql`update annotator_group set load_id = coalesce(
      (select min(n.load_id) from annotator n where n.group_id = annotator_group.id and n.load_id not in ${ids}),
      case when ${isAmong(named.groups, "annotator_group.name")} or open_token_hash is not null
          or ${inGroup("slot")} or ${inGroup("allotment")} or ${inGroup("platform")}
          or exists (select 1 from annotator n where n.group_id = annotator_group.id and n.load_id is null)
        then null else annotator_group.load_id end)
    where load_id in ${ids}`);
}
