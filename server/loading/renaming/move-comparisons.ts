import type { Transaction } from "../../storage/database.ts";
import { renumberPairs } from "../storing/rank-repeats.ts";
import { moveUnnamed } from "../storing/unnamed.ts";
import { RenameRefused } from "./errors.ts";

/** A comparison by what makes it one. */
export interface Compared {
  readonly id: number;
  readonly promptId: number;
  readonly turn: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Gives comparisons another prompt or system. One that is there already takes the judgments and slots of the other.
 * @throws RenameRefused where both were to be judged, or have different known answers
 */
export async function moveComparisons(
  tx: Transaction,
  comparisons: readonly Compared[],
  moved: (one: Compared) => Compared,
): Promise<void> {
  const { db } = tx;
  for (const one of comparisons) {
    const { id, promptId, turn, low, high } = moved(one);
    const there = await db
      .selectFrom("comparison")
      .select("id")
      .where("prompt_id", "=", promptId)
      .where("turn", "=", turn)
      .where("low_system_id", "=", low)
      .where("high_system_id", "=", high)
      .executeTakeFirst();
    if (there) await intoOther(tx, id, there.id);
    else {
      const place = { prompt_id: promptId, low_system_id: low, high_system_id: high };
      await db.updateTable("comparison").set(place).where("id", "=", id).execute();
    }
    const now = there?.id ?? id;
    if (promptId === one.promptId) continue;
    await db.updateTable("slot").set({ prompt_id: promptId }).where("comparison_id", "=", now).execute();
    await db
      .updateTable("assignment")
      .set({ prompt_id: promptId })
      .where("comparison_id", "=", now)
      .execute();
  }
}

/** Above any number of a presentation. */
const OUT_OF_THE_WAY = 3_000_000_000;

async function intoOther(tx: Transaction, from: number, to: number): Promise<void> {
  const { db } = tx;
  const slots = await db
    .selectFrom("slot")
    .select("comparison_id as id")
    .distinct()
    .where("comparison_id", "in", [from, to])
    .execute();
  if (slots.length === 2)
    throw new RenameRefused(
      "Both were handed out for the same comparison, so each has judgments planned of its own: they cannot become one.",
    );
  await mergeAnswers(tx, from, to);
  await mergeReadings(tx, from, to);
  await moveUnnamed(tx, { from, to });
  const pairs = await db
    .selectFrom("assignment")
    .select(["id", "annotator_id as annotatorId"])
    .where("comparison_id", "=", from)
    .orderBy("id")
    .execute();
  for (const [i, { id }] of pairs.entries())
    await db
      .updateTable("assignment")
      .set({ comparison_id: to, presentation: OUT_OF_THE_WAY + i })
      .where("id", "=", id)
      .execute();
  await db.updateTable("slot").set({ comparison_id: to }).where("comparison_id", "=", from).execute();
  await renumberPairs(
    tx,
    pairs.map(({ annotatorId }) => ({ annotatorId, comparisonId: to })),
  );
  await db.deleteFrom("comparison").where("id", "=", from).execute();
}

async function mergeAnswers({ db }: Transaction, from: number, to: number): Promise<void> {
  const answers = await db
    .selectFrom("known_answer")
    .select("better_system_id as better")
    .where("comparison_id", "in", [from, to])
    .execute();
  if (new Set(answers.map(({ better }) => better)).size > 1)
    throw new RenameRefused(
      "They have different known answers for the same comparison, so they cannot become one.",
    );
  if (answers.length === 2) await db.deleteFrom("known_answer").where("comparison_id", "=", from).execute();
  else
    await db
      .updateTable("known_answer")
      .set({ comparison_id: to })
      .where("comparison_id", "=", from)
      .execute();
}

/** Notes and adjudicated answers go along; of two answers that agree, the one of `to` stays in force. */
async function mergeReadings({ db }: Transaction, from: number, to: number): Promise<void> {
  const inForce = await db
    .selectFrom("adjudication")
    .select(["id", "comparison_id as comparison", "better_system_id as better", "decided_at as at"])
    .where("comparison_id", "in", [from, to])
    .where("withdrawn_at", "is", null)
    .execute();
  if (new Set(inForce.map(({ better }) => better)).size > 1)
    throw new RenameRefused(
      "They have different adjudicated answers for the same comparison, so they cannot become one.",
    );
  const ending = inForce.length === 2 ? inForce.find(({ comparison }) => comparison === from) : undefined;
  if (ending !== undefined)
    await db
      .updateTable("adjudication")
      .set({ withdrawn_at: ending.at })
      .where("id", "=", ending.id)
      .execute();
  const moved = { comparison_id: to };
  await db.updateTable("comparison_note").set(moved).where("comparison_id", "=", from).execute();
  await db.updateTable("adjudication").set(moved).where("comparison_id", "=", from).execute();
}
