import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables/index.ts";
import type { LoadRun } from "../load-run.ts";
import type { Pace } from "../pace.ts";

/** Where a load has rows, in an order in which they can go. */
interface Loaded {
  readonly table: keyof Tables;
  readonly key: string;
  /** A table whose rows go with those of this one, and its column that names them. */
  readonly and?: { readonly table: keyof Tables; readonly key: string };
  /** Where others use a row meanwhile, it stays and is no longer the load's. */
  readonly used?: RawBuilder<unknown>;
}

const LOADED: readonly Loaded[] = [
  { table: "assignment", key: "id", and: { table: "judgment", key: "assignment_id" } },
  { table: "known_answer", key: "comparison_id" },
  {
    table: "comparison",
    key: "id",
    used: sql`exists (select 1 from slot where slot.comparison_id = comparison.id)`,
  },
  { table: "response", key: "id" },
  { table: "prompt_text", key: "prompt_id" },
  { table: "prompt", key: "id" },
  {
    table: "system",
    key: "id",
    used: sql`exists (select 1 from response where response.system_id = system.id)`,
  },
  { table: "told_calls", key: "annotator_id" },
  { table: "annotator", key: "id" },
  {
    table: "annotator_group",
    key: "id",
    used: sql`(exists (select 1 from annotator where annotator.group_id = annotator_group.id)
      or exists (select 1 from allotment where allotment.group_id = annotator_group.id)
      or exists (select 1 from slot where slot.group_id = annotator_group.id))`,
  },
];

/** Takes all rows of an unpublished load away, a few at a time. */
export async function clearRows(run: LoadRun, pace: Pace): Promise<void> {
  for (const loaded of LOADED) {
    for (let changed = 1n; changed > 0n;) {
      changed = await pace.step(run, (tx) => clearSome(tx, loaded, { loadId: run.id, rows: pace.rows }));
    }
  }
}

/** Marks a running load as failed; its rows are gone by then. */
export async function endAsFailed(tx: Transaction, loadId: number, report: string | null): Promise<void> {
  await tx.db
    .updateTable("load")
    .set((column) => ({ state: "failed", report, ended_at: column.ref("heartbeat_at") }))
    .where("id", "=", loadId)
    .execute();
}

/** @returns how many rows of the table are no longer the load's */
async function clearSome(
  { db }: Transaction,
  { table, key, and, used }: Loaded,
  { loadId, rows }: { loadId: number; rows: number },
): Promise<bigint> {
  const [name, id] = [sql.table(table), sql.ref(key)];
  const some = sql`(select ${id} from ${name} where load_id = ${loadId} order by ${id} limit ${rows})`;
  const change = async (statement: RawBuilder<unknown>) =>
    (await statement.execute(db)).numAffectedRows ?? 0n;
  if (and) await change(sql`delete from ${sql.table(and.table)} where ${sql.ref(and.key)} in ${some}`);
  if (!used) return change(sql`delete from ${name} where ${id} in ${some}`);
  const kept = await change(sql`update ${name} set load_id = null where ${id} in ${some} and ${used}`);
  // those that stay are no longer among `some`, so the rest of these rows go, and the next ones with them
  return kept + (await change(sql`delete from ${name} where ${id} in ${some} and not ${used}`));
}
