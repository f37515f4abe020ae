import { type RawBuilder, sql } from "kysely";
import type { LoadReport } from "../../contract/loading.ts";
import type { Transaction } from "../../storage/database.ts";

/** Loads that are taken back together. */
export interface Taken {
  readonly studyId: number;
  readonly loadIds: readonly number[];
}

/** What later files and people have built on loads: it would be without what it rests on. */
export interface Resting {
  readonly people: Judged;
  readonly models: Judged;
  /** Pairs that annotators hold and have not judged. */
  readonly held: number;
  readonly loads: readonly RestingLoad[];
}
interface Judged {
  readonly annotators: number;
  readonly judgments: number;
}
interface RestingLoad {
  readonly number: number;
  readonly file: string;
  readonly outputs: number;
  readonly judgments: number;
  /** Rows that it did not bring, since they were there. */
  readonly found: number;
}

export const listOf = (ids: readonly number[]): RawBuilder<unknown> =>
  sql`(${sql.join(ids.map((id) => sql.lit(id)))})`;

/** The comparisons that lose a text. */
export const comparisonsOf = ({ studyId, loadIds }: Taken): RawBuilder<unknown> => sql`(
  select c.id from comparison c where c.study_id = ${studyId} and (
    exists (select 1 from prompt_text t where t.prompt_id = c.prompt_id and t.load_id in ${listOf(loadIds)})
    or exists (select 1 from response r where r.prompt_id = c.prompt_id
      and r.system_id in (c.low_system_id, c.high_system_id) and r.load_id in ${listOf(loadIds)})))`;

/** The assignments, as `a`, that came after such a text and are not taken back themselves, and checks whose answer goes. */
export const assignmentsOn = (taken: Taken): RawBuilder<boolean> => {
  const ids = listOf(taken.loadIds);
  const after = (load: string) => sql`(a.load_id is null or a.load_id > ${sql.ref(load)})`;
  return sql<boolean>`(a.load_id is null or a.load_id not in ${ids}) and (
    (a.comparison_id in ${comparisonsOf(taken)} and (
      exists (select 1 from prompt_text t where t.prompt_id = a.prompt_id and t.load_id in ${ids}
        and ${after("t.load_id")})
      or exists (select 1 from response r where r.prompt_id = a.prompt_id
        and r.system_id in (a.left_system_id, a.right_system_id) and r.load_id in ${ids} and ${after("r.load_id")})))
    or (a.purpose = 'check' and a.comparison_id in
      (select k.comparison_id from known_answer k where k.load_id in ${ids})))`;
};

/** What rests on these loads; null: nothing. */
export async function restingOn(tx: Transaction, taken: Taken): Promise<Resting | null> {
  const handedOut = await sql<{ model: number; annotators: number; judgments: number; held: number }>`
    select case g.kind when 'model' then 1 else 0 end as model, count(distinct a.annotator_id) as annotators,
      sum(case a.ended_how when 'judged' then 1 else 0 end) as judgments,
      sum(case when a.ended_at is null then 1 else 0 end) as held
    from assignment a join annotator_group g on g.id = a.group_id
    where a.load_id is null and ${assignmentsOn(taken)}
    group by case g.kind when 'model' then 1 else 0 end`.execute(tx.db);
  const of = (model: number) => handedOut.rows.find((row) => Number(row.model) === model);
  const judged = (model: number) => ({
    annotators: Number(of(model)?.annotators ?? 0),
    judgments: Number(of(model)?.judgments ?? 0),
  });
  const loads = await restingLoads(tx, taken);
  if (handedOut.rows.length === 0 && loads.length === 0) return null;
  const held = handedOut.rows.reduce((sum, row) => sum + Number(row.held), 0);
  return { people: judged(0), models: judged(1), held, loads };
}

async function restingLoads({ db }: Transaction, taken: Taken): Promise<RestingLoad[]> {
  const ids = listOf(taken.loadIds);
  const counts = async (query: RawBuilder<{ id: number; rows: number }>) =>
    new Map((await query.execute(db)).rows.map(({ id, rows }) => [Number(id), Number(rows)]));
  const outputs = await counts(sql`select r.load_id as id, count(*) as rows from response r
    join prompt_text t on t.prompt_id = r.prompt_id
    where t.load_id in ${ids} and r.load_id not in ${ids} and r.load_id > t.load_id group by r.load_id`);
  const judgments = await counts(sql`select a.load_id as id, count(*) as rows from assignment a
    where a.load_id is not null and ${assignmentsOn(taken)} group by a.load_id`);
  const excluded = await counts(sql`select a.load_id as id, count(*) as rows from assignment a
    join exclusion e on e.annotator_id = a.annotator_id
    where e.load_id in ${ids} and a.load_id not in ${ids} and a.load_id > e.load_id group by a.load_id`);
  const loads = await db
    .selectFrom("load")
    .select(["id", "file_name as file", "report"])
    .where("study_id", "=", taken.studyId)
    .where("state", "=", "published")
    .where("id", "not in", taken.loadIds)
    .orderBy("id")
    .execute();
  return loads.flatMap(({ id, file, report }): RestingLoad[] => {
    const found = foundIn(report, taken);
    const own = {
      outputs: outputs.get(id) ?? 0,
      judgments: (judgments.get(id) ?? 0) + (excluded.get(id) ?? 0),
    };
    return own.outputs + own.judgments + found > 0 ? [{ number: id, file, ...own, found }] : [];
  });
}

/** How many rows of a file were there already, by what these loads had brought. */
function foundIn(report: string | null, { loadIds }: Taken): number {
  const { files = [] } = (JSON.parse(report ?? "null") ?? {}) as Partial<LoadReport>;
  const all = files.flatMap((file) => file.foundIn ?? []);
  return all.reduce((sum, { load, rows }) => sum + (loadIds.includes(load) ? rows : 0), 0);
}
