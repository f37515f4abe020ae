import { type Context, now } from "../context.ts";
import type { ProtocolGroup } from "../contract/studies.ts";
import type { Stage } from "../contract/words.ts";
import type { Transaction } from "../storage/database.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import { comparablePrompts, type Comparable, findShared, insertComparisons } from "./comparable.ts";
import { keyOf } from "./keys.ts";
import { currentProtocol, groupsOf, type ProtocolRevision, type StudyRow, systemsOf } from "./store.ts";

interface Plan {
  readonly study: StudyRow;
  readonly protocol: ProtocolRevision["protocol"];
  readonly groups: readonly { id: number; settings: ProtocolGroup }[];
  readonly shared: ReadonlySet<number>;
  readonly promptsABatch: number;
}

/** About how many comparisons one short transaction makes. */
const COMPARISONS_A_BATCH = 500;

/**
 * Makes the comparisons that the loaded texts allow and the slots that the protocol wants of them:
 * all of them when a study opens, the new ones when material is loaded later. Safe to repeat.
 * Works in short transactions, so that judging goes on beside it.
 * @returns how many comparisons of the study have slots
 */
export async function allotWork(context: Context, studyId: number): Promise<number> {
  const plan = await context.database.read(async (reader): Promise<Plan> => {
    const study = await reader.db
      .selectFrom("study")
      .selectAll()
      .where("id", "=", studyId)
      .executeTakeFirstOrThrow();
    const { protocol } = await currentProtocol(reader, studyId);
    const rows = new Map((await groupsOf(reader, studyId)).map((group) => [group.name, group.id]));
    const groups = protocol.groups.flatMap((settings) => {
      const id = rows.get(settings.name);
      return id === undefined ? [] : [{ id, settings }];
    });
    const shared = await findShared(reader, { study, sharedPrompts: protocol.sharedPrompts });
    const systems = (await systemsOf(reader, studyId)).length;
    const { pairs } = protocol;
    const pairsAPrompt = pairs === "all" ? (systems * (systems - 1)) / 2 : pairs.baselines.length;
    const promptsABatch = Math.max(1, Math.floor(COMPARISONS_A_BATCH / Math.max(1, pairsAPrompt)));
    return { study, protocol, groups, shared, promptsABatch };
  });
  for (let after = 0; ;) {
    const { last, done } = await context.database.transact((tx) => allotBatch(tx, plan, after));
    if (done) break;
    after = last;
  }
  return context.database.transact((tx) => writeAllotments(tx, plan, now(context)));
}

async function allotBatch(tx: Transaction, plan: Plan, after: number) {
  const limit = plan.promptsABatch;
  const batch = await comparablePrompts(tx, {
    studyId: plan.study.id,
    protocol: plan.protocol,
    after,
    limit,
  });
  const made = await insertComparisons(tx, plan.study.id, batch.comparables);
  const slots = made.flatMap((comparable) => slotsOf(plan, comparable));
  for (const rows of batchesOf(slots, INSERT_ROWS)) {
    await tx.db
      .insertInto("slot")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["comparison_id", "group_id", "replicate"]).doNothing())
      .execute();
  }
  return { last: batch.last, done: batch.done };
}

/** The slots of one comparison, every group's. The order key is the same for all: coverage goes round one circle. */
function slotsOf(plan: Plan, comparison: Comparable & { id: number }) {
  const stage: Stage = plan.shared.has(comparison.promptId) ? "shared" : "main";
  const { promptName, turn, systems } = comparison;
  const orderKey = keyOf(plan.study.seed, promptName, turn, ...systems);
  return plan.groups.flatMap(({ id, settings }) => {
    const wanted = stage === "shared" ? settings.sharedJudgments : settings.judgments;
    return Array.from({ length: wanted }, (_, replicate) => ({
      comparison_id: comparison.id,
      prompt_id: comparison.promptId,
      group_id: id,
      replicate,
      stage,
      order_key: orderKey,
      counted_assignment_id: null,
    }));
  });
}

/** Writes down, numbered, what this allotment added for each group and stage. */
async function writeAllotments(tx: Transaction, plan: Plan, at: string): Promise<number> {
  let most = 0;
  for (const { id, settings } of plan.groups) {
    let total = 0;
    for (const stage of ["shared", "main"] as const) {
      const there = await countSlots(tx, id, stage);
      const before = await countAllotted(tx, id, stage);
      total += there.comparisons;
      const judgments = stage === "shared" ? settings.sharedJudgments : settings.judgments;
      const isDeeper = there.comparisons > 0 && judgments > before.judgments;
      if (there.comparisons === before.comparisons && !isDeeper) continue;
      const row = { study_id: plan.study.id, group_id: id, stage, number: before.number + 1, judgments };
      const added = {
        comparisons: there.comparisons - before.comparisons,
        prompts: there.prompts - before.prompts,
      };
      await tx.db
        .insertInto("allotment")
        .values({ ...row, ...added, created_at: at })
        .execute();
    }
    most = Math.max(most, total);
  }
  return most;
}

async function countSlots(tx: Transaction, groupId: number, stage: Stage) {
  const { fn } = tx.db;
  return tx.db
    .selectFrom("slot")
    .select([fn.countAll<number>().as("comparisons"), fn.count<number>("prompt_id").distinct().as("prompts")])
    .where("group_id", "=", groupId)
    .where("stage", "=", stage)
    .where("replicate", "=", 0)
    .executeTakeFirstOrThrow();
}

async function countAllotted(tx: Transaction, groupId: number, stage: Stage) {
  const { fn } = tx.db;
  const row = await tx.db
    .selectFrom("allotment")
    .select([
      fn.max<number | null>("number").as("number"),
      fn.max<number | null>("judgments").as("judgments"),
      fn.sum<number | null>("comparisons").as("comparisons"),
      fn.sum<number | null>("prompts").as("prompts"),
    ])
    .where("group_id", "=", groupId)
    .where("stage", "=", stage)
    .executeTakeFirstOrThrow();
  return {
    number: row.number ?? 0,
    judgments: row.judgments ?? 0,
    comparisons: row.comparisons ?? 0,
    prompts: row.prompts ?? 0,
  };
}
