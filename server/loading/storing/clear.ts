import { type Kysely, sql } from "kysely";
import type { Transaction } from "../../storage/database.ts";
import type { Tables } from "../../storage/tables/index.ts";
import type { LoadRun } from "../load-run.ts";
import type { Pace } from "../pace.ts";

type Step = (db: Kysely<Tables>, loadId: number, rows: number) => Promise<bigint>;

/** Takes all rows of an unpublished load away, a few at a time. */
export async function clearRows(run: LoadRun, pace: Pace): Promise<void> {
  for (const step of STEPS) {
    for (let changed = 1n; changed > 0n;) {
      changed = await pace.step(run, ({ db }) => step(db, run.id, pace.rows));
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

const STEPS: readonly Step[] = [
  async (db, loadId, rows) => {
    const ids = db
      .selectFrom("assignment")
      .select("id")
      .where("load_id", "=", loadId)
      .orderBy("id")
      .limit(rows);
    await db.deleteFrom("judgment").where("assignment_id", "in", ids).execute();
    return deleted(db.deleteFrom("assignment").where("id", "in", ids));
  },
  async (db, loadId) => deleted(db.deleteFrom("known_answer").where("load_id", "=", loadId)),
  // A comparison that the study has taken for its own since then stays.
  async (db, loadId, rows) => {
    const mine = db
      .selectFrom("comparison as c")
      .select("c.id")
      .where("c.load_id", "=", loadId)
      .orderBy("c.id")
      .limit(rows);
    const used = sql<boolean>`exists (select 1 from slot where slot.comparison_id = comparison.id)`;
    const kept = db.updateTable("comparison").set({ load_id: null }).where("id", "in", mine).where(used);
    const { numUpdatedRows } = await kept.executeTakeFirstOrThrow();
    return numUpdatedRows + (await deleted(db.deleteFrom("comparison").where("id", "in", mine)));
  },
  async (db, loadId, rows) => {
    const ids = db
      .selectFrom("response")
      .select("id")
      .where("load_id", "=", loadId)
      .orderBy("id")
      .limit(rows);
    return deleted(db.deleteFrom("response").where("id", "in", ids));
  },
  async (db, loadId, rows) => {
    const ids = db
      .selectFrom("prompt_text")
      .select("prompt_id")
      .where("load_id", "=", loadId)
      .orderBy("prompt_id")
      .limit(rows);
    return deleted(db.deleteFrom("prompt_text").where("prompt_id", "in", ids));
  },
  async (db, loadId, rows) => {
    const ids = db.selectFrom("prompt").select("id").where("load_id", "=", loadId).orderBy("id").limit(rows);
    return deleted(db.deleteFrom("prompt").where("id", "in", ids));
  },
  // A system whose outputs came in another way meanwhile stays.
  async (db, loadId) => {
    const mine = db.updateTable("system").set({ load_id: null }).where("load_id", "=", loadId);
    await mine.where(sql<boolean>`exists (select 1 from response r where r.system_id = system.id)`).execute();
    return deleted(db.deleteFrom("system").where("load_id", "=", loadId));
  },
  async (db, loadId) => deleted(db.deleteFrom("told_calls").where("load_id", "=", loadId)),
  async (db, loadId, rows) => {
    const ids = db
      .selectFrom("annotator")
      .select("id")
      .where("load_id", "=", loadId)
      .orderBy("id")
      .limit(rows);
    return deleted(db.deleteFrom("annotator").where("id", "in", ids));
  },
  async (db, loadId) => {
    const used = sql<boolean>`(exists (select 1 from annotator where annotator.group_id = annotator_group.id)
      or exists (select 1 from allotment where allotment.group_id = annotator_group.id)
      or exists (select 1 from slot where slot.group_id = annotator_group.id))`;
    await db
      .updateTable("annotator_group")
      .set({ load_id: null })
      .where("load_id", "=", loadId)
      .where(used)
      .execute();
    return deleted(db.deleteFrom("annotator_group").where("load_id", "=", loadId));
  },
];

async function deleted(query: {
  executeTakeFirstOrThrow(): Promise<{ numDeletedRows: bigint }>;
}): Promise<bigint> {
  return (await query.executeTakeFirstOrThrow()).numDeletedRows;
}
