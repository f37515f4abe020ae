import { type RawBuilder, sql } from "kysely";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables/index.ts";
import { endLoad, type LoadRun } from "../load-run.ts";
import type { Pace } from "../pace.ts";

/** Where a load has rows, in an order in which they can go. */
interface Loaded {
  readonly table: keyof Tables;
  readonly key: string;
  readonly remove: RawBuilder<unknown>;
  /** Rows of another table that go with those of this one, and its column that names them. */
  readonly and?: { readonly remove: RawBuilder<unknown>; readonly key: string };
  /** Where others use a row meanwhile, it stays and is no longer the load's. */
  readonly keep?: { readonly used: RawBuilder<unknown>; readonly release: RawBuilder<unknown> };
}

const LOADED: readonly Loaded[] = [
  {
    ...{ table: "assignment", key: "id", remove: sql`delete from assignment` },
    and: { remove: sql`delete from judgment`, key: "assignment_id" },
  },
  { table: "known_answer", key: "comparison_id", remove: sql`delete from known_answer` },
  {
    ...{ table: "comparison", key: "id", remove: sql`delete from comparison` },
    keep: {
      used: sql`(exists (select 1 from slot where slot.comparison_id = comparison.id)
        or exists (select 1 from assignment where assignment.comparison_id = comparison.id))`,
      release: sql`update comparison set load_id = null`,
    },
  },
  { table: "response", key: "id", remove: sql`delete from response` },
  { table: "prompt_text", key: "prompt_id", remove: sql`delete from prompt_text` },
  {
    ...{ table: "prompt", key: "id", remove: sql`delete from prompt` },
    and: { remove: sql`delete from unanswered_prompt`, key: "prompt_id" },
    keep: {
      used: sql`exists (select 1 from response where response.prompt_id = prompt.id)`,
      release: sql`update prompt set load_id = null`,
    },
  },
  {
    ...{ table: "system", key: "id", remove: sql`delete from system` },
    keep: {
      used: sql`exists (select 1 from response where response.system_id = system.id)`,
      release: sql`update system set load_id = null`,
    },
  },
  { table: "told_calls", key: "annotator_id", remove: sql`delete from told_calls` },
  { table: "exclusion", key: "id", remove: sql`delete from exclusion` },
  { table: "annotator", key: "id", remove: sql`delete from annotator` },
  {
    ...{ table: "annotator_group", key: "id", remove: sql`delete from annotator_group` },
    keep: {
      used: sql`(exists (select 1 from annotator where annotator.group_id = annotator_group.id)
        or exists (select 1 from allotment where allotment.group_id = annotator_group.id)
        or exists (select 1 from slot where slot.group_id = annotator_group.id))`,
      release: sql`update annotator_group set load_id = null`,
    },
  },
];

/** Takes all rows of a load that nobody may see away, a few at a time. @param onRows called with how many went, after each time */
export async function clearRows(
  run: LoadRun,
  pace: Pace,
  loadId = run.id,
  onRows?: (more: number) => void,
): Promise<void> {
  for (const loaded of LOADED) {
    for (let changed = 1n; changed > 0n;) {
      changed = await pace.step(run, (tx) => clearSome(tx, loaded, { loadId, rows: pace.rows }));
      onRows?.(Number(changed));
    }
  }
}

/**
 * Takes the rows of all loads of a study away that nobody may see, the latest first, as later ones build on earlier ones.
 * @param run the running one, whose rows go, too
 * @param onRows called after each step with how many rows went, and how many go in all
 */
export async function clearHidden(
  context: Context,
  run: LoadRun,
  pace: Pace,
  onRows?: (done: number, of: number) => void,
): Promise<void> {
  const loads = await context.database.read(({ db }) =>
    db
      .selectFrom("load")
      .select(["id", "ended_at as publishedUntil"])
      .where("study_id", "=", run.studyId)
      .where("state", "in", ["running", "held"])
      .orderBy("id", "desc")
      .execute(),
  );
  const of = onRows ? await countLoaded(context, loads) : 0;
  let done = 0;
  for (const { id, publishedUntil } of loads) {
    await clearRows(run, pace, id, (more) => onRows?.((done += more), of));
    if (id === run.id) continue;
    const isUnloaded = publishedUntil !== null;
    await run.transact(async (tx) => {
      if (!isUnloaded) return endLoad(tx, id, { state: "gone" });
      await tx.db.updateTable("load").set({ state: "unloaded" }).where("id", "=", id).execute();
    });
  }
}

async function countLoaded(context: Context, loads: readonly { id: number }[]): Promise<number> {
  if (loads.length === 0) return 0;
  const ids = sql.join(loads.map(({ id }) => sql.lit(id)));
  const counts = LOADED.map(
    ({ table }) => sql`(select count(*) from ${sql.table(table)} where load_id in (${ids}))`,
  );
  const all = sql<{ rows: number }>`select ${sql.join(counts, sql` + `)} as rows`;
  const { rows } = await context.database.read(({ db }) => all.execute(db));
  return Number(rows[0]?.rows ?? 0);
}

/** @returns how many rows of the table are no longer the load's */
async function clearSome(
  { db }: Transaction,
  { table, key, remove, and, keep }: Loaded,
  { loadId, rows }: { loadId: number; rows: number },
): Promise<bigint> {
  const id = sql.ref(key);
  const own = sql`load_id = ${loadId}`;
  const some = sql`(select ${id} from ${sql.table(table)} where ${own} order by ${id} limit ${rows})`;
  const change = async (statement: RawBuilder<unknown>) =>
    (await statement.execute(db)).numAffectedRows ?? 0n;
  if (and) await change(sql`${and.remove} where ${sql.ref(and.key)} in ${some}`);
  if (!keep) return change(sql`${remove} where ${id} in ${some} and ${own}`);
  const kept = await change(sql`${keep.release} where ${id} in ${some} and ${keep.used}`);
  // those that stay are no longer among `some`, so the rest of these rows go, and the next ones with them
  return kept + (await change(sql`${remove} where ${id} in ${some} and not ${keep.used}`));
}
