import { type Context, now } from "../context.ts";
import type { ProtocolGroup } from "../contract/studies.ts";
import type { Stage } from "../contract/words.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { batchesOf, INSERT_ROWS } from "../storage/batches.ts";
import { comparablePrompts, type Comparable, findShared, insertComparisons } from "./comparable.ts";
import { keyOf } from "./keys.ts";
import { currentProtocol, groupsOf, type ProtocolRevision, type StudyRow, systemsOf } from "./store.ts";
import { FIRST_REPLICATES } from "./wanted-slots.ts";

interface Plan {
  readonly study: StudyRow;
  readonly protocolId: number;
  readonly protocol: ProtocolRevision["protocol"];
  readonly groups: readonly { id: number; settings: ProtocolGroup }[];
  readonly shared: ReadonlySet<number>;
  readonly promptsPerBatch: number;
  /** How many prompts have a text. */
  readonly prompts: number;
}

/** About how many comparisons one short transaction makes. */
const COMPARISONS_PER_BATCH = 500;

/** Called with the prompts that have been gone through, and with how many there are. */
export type OnAllotted = (prompts: number, of: number) => void;

/** Slots that are made, and whose number is to be recorded. */
export interface Allotting {
  /** Records what was added. @returns how many comparisons of the study have slots */
  readonly record: (tx: Transaction) => Promise<number>;
}

/** Makes what `allot` makes, and records it. @returns how many comparisons of the study have slots */
export async function allotWork(context: Context, studyId: number): Promise<number> {
  const { record } = await allot(context, studyId);
  return context.database.transact(record);
}

/**
 * Makes the comparisons that the loaded texts allow and the slots that the protocol wants of them: all of them when a
 * study opens, the new ones when material is loaded later. Works in short transactions, so that judging goes on
 * meanwhile, and may be interrupted between them and repeated: in a draft, slots of an earlier attempt are replaced. Where the study
 * is amended meanwhile, it begins again, so that no slot is made that the new revision does not want.
 */
export async function allot(context: Context, studyId: number, onAllotted?: OnAllotted): Promise<Allotting> {
  for (;;) {
    const plan = await context.database.read((reader) => planOf(reader, studyId));
    if (await allotAll(context, plan, onAllotted))
      return { record: (tx) => writeAllotments(tx, plan, now(context)) };
  }
}

/** @returns false where the study was amended before all of it was done */
async function allotAll(context: Context, plan: Plan, onAllotted?: OnAllotted): Promise<boolean> {
  let done = 0;
  for (let after: number | null = 0; after !== null;) {
    const from: number = after;
    const batch = await context.database.transact((tx) => allotBatch(tx, plan, from));
    if (batch === null) return false;
    done += batch.prompts;
    onAllotted?.(done, plan.prompts);
    after = batch.next;
  }
  return true;
}

async function planOf(reader: Reader, studyId: number): Promise<Plan> {
  const study = await reader.db
    .selectFrom("study")
    .selectAll()
    .where("id", "=", studyId)
    .executeTakeFirstOrThrow();
  const { id: protocolId, protocol } = await currentProtocol(reader, studyId);
  const rows = new Map((await groupsOf(reader, studyId)).map((group) => [group.name, group.id]));
  const groups = protocol.groups.flatMap((settings) => {
    const id = rows.get(settings.name);
    return id === undefined ? [] : [{ id, settings }];
  });
  const shared = await findShared(reader, { study, sharedPrompts: protocol.sharedPrompts });
  const systems = (await systemsOf(reader, studyId)).length;
  const { pairs } = protocol;
  const pairsPerPrompt = pairs === "all" ? (systems * (systems - 1)) / 2 : pairs.baselines.length;
  const promptsPerBatch = Math.max(1, Math.floor(COMPARISONS_PER_BATCH / Math.max(1, pairsPerPrompt)));
  const { prompts } = await reader.db
    .selectFrom("prompt_text")
    .select((column) => column.fn.countAll<number>().as("prompts"))
    .where("study_id", "=", studyId)
    .executeTakeFirstOrThrow();
  return { study, protocolId, protocol, groups, shared, promptsPerBatch, prompts };
}

/** @returns null where another protocol is in force than the one of the plan */
async function allotBatch(tx: Transaction, plan: Plan, after: number) {
  const limit = plan.promptsPerBatch;
  const studyId = plan.study.id;
  await tx.dialect.lockRows(tx.db.selectFrom("study").select("id").where("id", "=", studyId)).execute();
  if ((await currentProtocol(tx, studyId)).id !== plan.protocolId) return null;
  const batch = await comparablePrompts(tx, { studyId, protocol: plan.protocol, after, limit });
  await dropSlotsOfDraft(tx, studyId, { after, to: batch.done ? null : batch.last });
  const made = await insertComparisons(tx, studyId, batch.comparables);
  const slots = made.flatMap((comparable) => slotsOf(plan, comparable));
  for (const rows of batchesOf(slots, INSERT_ROWS)) {
    await tx.db
      .insertInto("slot")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["comparison_id", "group_id", "replicate"]).doNothing())
      .execute();
  }
  return { prompts: batch.prompts, next: batch.done ? null : batch.last };
}

/** What an interrupted opening left for these prompts; the protocol may have been changed since. */
async function dropSlotsOfDraft(
  tx: Transaction,
  studyId: number,
  { after, to }: { after: number; to: number | null },
): Promise<void> {
  const draft = tx.db.selectFrom("study").select("id").where("id", "=", studyId).where("state", "=", "draft");
  let comparisons = tx.db
    .selectFrom("comparison")
    .select("id")
    .where("study_id", "in", draft)
    .where("prompt_id", ">", after);
  if (to !== null) comparisons = comparisons.where("prompt_id", "<=", to);
  await tx.db.deleteFrom("slot").where("comparison_id", "in", comparisons).execute();
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
    .where("replicate", "in", FIRST_REPLICATES)
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
