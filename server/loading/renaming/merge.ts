import type { Transaction } from "../../storage/database.ts";
import { RenameRefused } from "./errors.ts";
import { type Compared, moveComparisons } from "./move-comparisons.ts";

interface Named {
  readonly id: number;
  readonly name: string;
}
interface Merging {
  readonly studyId: number;
  readonly from: Named;
  readonly to: Named;
}

const RANK = { target: 2, baseline: 1, contender: 0 } as const;

/**
 * Makes one system of two: outputs and judgments of `from` become those of `to`.
 * @throws RenameRefused where they have different outputs for a prompt, or were compared with each other
 */
export async function mergeSystems(tx: Transaction, { studyId, from, to }: Merging): Promise<void> {
  const { db } = tx;
  const comparisons = await db
    .selectFrom("comparison")
    .select(["id", "prompt_id as promptId", "turn", "low_system_id as low", "high_system_id as high"])
    .where("study_id", "=", studyId)
    .where((e) => e.or([e("low_system_id", "=", from.id), e("high_system_id", "=", from.id)]))
    .orderBy("id")
    .execute();
  if (comparisons.some(({ low, high }) => low === to.id || high === to.id))
    throw new RenameRefused(
      `${from.name} and ${to.name} are compared with each other, so they cannot become one.`,
    );
  await mergeResponses(tx, { from, to, by: "system_id", other: "prompt_id" });
  await db
    .updateTable("blinding_decision")
    .set({ system_id: to.id })
    .where("system_id", "=", from.id)
    .execute();
  await db
    .updateTable("adjudication")
    .set({ better_system_id: to.id })
    .where("better_system_id", "=", from.id)
    .execute();
  const moved = (id: number) => (id === from.id ? to.id : id);
  await moveComparisons(tx, comparisons, ({ low, high, ...rest }): Compared => {
    const [one, other] = [moved(low), moved(high)];
    return { ...rest, low: Math.min(one, other), high: Math.max(one, other) };
  });
  const ofStudy = db.selectFrom("annotator").select("id").where("study_id", "=", studyId);
  for (const column of ["left_system_id", "right_system_id"] as const)
    await db
      .updateTable("assignment")
      .set({ [column]: to.id })
      .where(column, "=", from.id)
      .where("annotator_id", "in", ofStudy)
      .execute();
  await db
    .updateTable("known_answer")
    .set({ better_system_id: to.id })
    .where("study_id", "=", studyId)
    .where("better_system_id", "=", from.id)
    .execute();
  const roles = await db.selectFrom("system").select("role").where("id", "in", [from.id, to.id]).execute();
  const [role = "contender"] = roles.map((row) => row.role).sort((a, b) => RANK[b] - RANK[a]);
  await db.updateTable("system").set({ role }).where("id", "=", to.id).execute();
  const prompts = db.selectFrom("prompt").select("id").where("study_id", "=", studyId);
  await db
    .deleteFrom("unanswered_prompt")
    .where("system", "=", from.name)
    .where("prompt_id", "in", prompts)
    .execute();
  await db.deleteFrom("system").where("id", "=", from.id).execute();
}

/**
 * Makes one prompt of two: outputs and judgments of `from` become those of `to`.
 * @throws RenameRefused where their texts differ, or a system has different outputs for them
 */
export async function mergePrompts(tx: Transaction, { from, to }: Merging): Promise<void> {
  const { db } = tx;
  const texts = await db
    .selectFrom("prompt_text")
    .select(["prompt_id as id", "content_hash as hash"])
    .where("prompt_id", "in", [from.id, to.id])
    .execute();
  if (new Set(texts.map(({ hash }) => hash)).size > 1)
    throw new RenameRefused(
      `The prompts ${from.name} and ${to.name} have different texts, so they cannot become one.`,
    );
  await mergeResponses(tx, { from, to, by: "prompt_id", other: "system_id" });
  if (texts.length === 2) await db.deleteFrom("prompt_text").where("prompt_id", "=", from.id).execute();
  else
    await db.updateTable("prompt_text").set({ prompt_id: to.id }).where("prompt_id", "=", from.id).execute();
  const comparisons = await db
    .selectFrom("comparison")
    .select(["id", "prompt_id as promptId", "turn", "low_system_id as low", "high_system_id as high"])
    .where("prompt_id", "=", from.id)
    .orderBy("id")
    .execute();
  await moveComparisons(tx, comparisons, (one) => ({ ...one, promptId: to.id }));
  await db.deleteFrom("unanswered_prompt").where("prompt_id", "=", from.id).execute();
  await db.deleteFrom("prompt").where("id", "=", from.id).execute();
}

/** The outputs of one become the other's; those that both have must be the same. */
async function mergeResponses(
  { db }: Transaction,
  given: { from: Named; to: Named; by: "system_id" | "prompt_id"; other: "system_id" | "prompt_id" },
): Promise<void> {
  const { from, to, by, other } = given;
  const both = await db
    .selectFrom("response as a")
    .innerJoin("response as b", `b.${other}`, `a.${other}`)
    .select(["a.id", "a.content_hash as hash", "b.content_hash as there"])
    .where(`a.${by}`, "=", from.id)
    .where(`b.${by}`, "=", to.id)
    .execute();
  const different = both.filter(({ hash, there }) => hash !== there).length;
  if (different > 0) {
    const what =
      by === "system_id" ? (different === 1 ? "prompt" : "prompts") : different === 1 ? "system" : "systems";
    throw new RenameRefused(
      `${from.name} and ${to.name} have different outputs for ${different} ${what}, so they cannot become one.`,
    );
  }
  for (const { id } of both) await db.deleteFrom("response").where("id", "=", id).execute();
  await db
    .updateTable("left_out_response")
    .set({ [by]: to.id })
    .where(by, "=", from.id)
    .execute();
  await db
    .updateTable("response")
    .set({ [by]: to.id })
    .where(by, "=", from.id)
    .execute();
}
