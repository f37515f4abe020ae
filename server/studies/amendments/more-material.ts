import type { Context } from "../../context.ts";
import type { AmendmentPlan } from "../../contract/amendment-plan.ts";
import type { Protocol } from "../../contract/studies.ts";
import { batchesOf } from "../../storage/batches.ts";
import type { Reader, Transaction } from "../../storage/database.ts";
import { insertRevision } from "../amend.ts";
import { comparablePrompts, findShared, promptsOfLoads } from "../comparable.ts";
import { currentProtocol, type ProtocolRevision, requireStudy, type StudyRow } from "../store.ts";
import { countsBefore } from "./follows.ts";

/** What loads bring to a study, as its protocol was when it was looked at. */
export interface Material {
  readonly study: StudyRow;
  readonly current: ProtocolRevision;
  /** What follows from it as an amendment; null: the study is a draft, or nothing more is asked of anybody. */
  readonly plan: AmendmentPlan | null;
}

const PROMPTS_PER_PAGE = 500;

/** What a study would ask for once these loads are published; nothing is changed. @throws StudyNotFound */
export async function planMaterial(
  reader: Reader,
  { study: name, loads }: { study: string; loads: readonly number[] },
): Promise<Material> {
  const study = await requireStudy(reader, name);
  const current = await currentProtocol(reader, study.id);
  if (current.hash === null || loads.length === 0) return { study, current, plan: null };
  const { prompts, comparisons, judgments } = await broughtBy(reader, { study, current, loads });
  if (judgments === 0) return { study, current, plan: null };
  const counts = await countsBefore(reader, { studyId: study.id, corrections: [] });
  // a closed study asks for nothing; opening it again lists what is asked for then
  const added = study.state === "closed" ? { judgments: 0, comparisons: 0 } : { judgments, comparisons };
  const plan = {
    ...{ revision: current.revision + 1, changes: [{ kind: "material" as const, prompts, comparisons }] },
    ...{ added, dropped: 0, ...counts, marked: 0, done: false },
  };
  return { study, current, plan };
}

/**
 * Freezes the revision that loads make of an opened study, in the transaction that publishes them: no annotator is given a pair of
 * them under an earlier revision.
 * @returns false where the study was opened or amended since it was looked at: look again
 */
export async function amendByMaterial(
  context: Context,
  tx: Transaction,
  given: { material: Material; reason: string | null; by: string },
): Promise<boolean> {
  const { material, reason, by } = given;
  const { study, plan } = material;
  await tx.dialect.lockRows(tx.db.selectFrom("study").select("id").where("id", "=", study.id)).execute();
  const { id, hash, protocol } = await currentProtocol(tx, study.id);
  if (id !== material.current.id || hash !== material.current.hash) return false;
  if (plan === null) return true;
  const { revision, changes } = plan;
  await insertRevision(context, tx, { study, revision, protocol, by, detail: { reason, changes } });
  return true;
}

/** The comparisons that need one of these loads and have no slot yet, and the judgments that are wanted of them. */
async function broughtBy(
  reader: Reader,
  given: { study: StudyRow; current: { protocol: Protocol }; loads: readonly number[] },
): Promise<{ prompts: number; comparisons: number; judgments: number }> {
  const { study, loads } = given;
  const { protocol } = given.current;
  const { groups, sharedPrompts } = protocol;
  const shared = await findShared(reader, { study, sharedPrompts });
  const wanted = (key: "judgments" | "sharedJudgments") => groups.reduce((sum, group) => sum + group[key], 0);
  const perComparison = { main: wanted("judgments"), shared: wanted("sharedJudgments") };
  const own = new Set(loads);
  const found = { prompts: 0, comparisons: 0, judgments: 0 };
  for (const prompts of batchesOf(await promptsOfLoads(reader, loads), PROMPTS_PER_PAGE)) {
    const page = { studyId: study.id, protocol, after: 0, limit: prompts.length, of: { prompts, loads } };
    const { comparables } = await comparablePrompts(reader, page);
    const brought = comparables.filter((one) => one.loads.some((load) => own.has(load)));
    const there = await withSlots(reader, [...new Set(brought.map(({ promptId }) => promptId))]);
    const fresh = brought.filter((one) => !there.comparisons.has(keyOf(one)));
    found.comparisons += fresh.length;
    found.prompts += new Set(
      fresh.flatMap(({ promptId }) => (there.prompts.has(promptId) ? [] : promptId)),
    ).size;
    for (const { promptId } of fresh)
      found.judgments += perComparison[shared.has(promptId) ? "shared" : "main"];
  }
  return found;
}

const keyOf = (one: { promptId: number; turn: number; lowSystemId: number; highSystemId: number }): string =>
  `${one.promptId} ${one.turn} ${one.lowSystemId} ${one.highSystemId}`;

/** The comparisons of these prompts that have slots, and their prompts. */
async function withSlots(
  { db }: Reader,
  promptIds: number[],
): Promise<{ comparisons: Set<string>; prompts: Set<number> }> {
  if (promptIds.length === 0) return { comparisons: new Set(), prompts: new Set() };
  const rows = await db
    .selectFrom("comparison as c")
    .select(["c.prompt_id as promptId", "c.turn"])
    .select(["c.low_system_id as lowSystemId", "c.high_system_id as highSystemId"])
    .where("c.prompt_id", "in", promptIds)
    .where((e) => e.exists(e.selectFrom("slot as s").select("s.id").whereRef("s.comparison_id", "=", "c.id")))
    .execute();
  return { comparisons: new Set(rows.map(keyOf)), prompts: new Set(rows.map(({ promptId }) => promptId)) };
}
