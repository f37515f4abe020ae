import type { WrittenOn } from "../contract/judged.ts";
import { type Context, now } from "../context.ts";
import { readFacts } from "../analysis/rows/study-structure.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { requireStudy } from "../studies/store.ts";
import {
  ComparisonNotFound,
  NotAdjudicated,
  NoteNotFound,
  NoteOfAnother,
  SystemNotCompared,
} from "./errors.ts";
import { answerOf } from "./judged.ts";
import { systemNamed } from "./system-named.ts";
import { adjudicatedOn, type Member, notesOn } from "./written-on.ts";

/* What members write about comparisons. Nothing of it is in a rate, and annotators see none of it. */

/** A member who writes. */
export type Author = Member & { readonly name: string };

interface OnComparison {
  readonly study: string;
  readonly comparison: number;
  readonly author: Author;
}

/** Writes a note on a comparison. @throws StudyNotFound, ComparisonNotFound */
export async function writeNote(
  context: Context,
  { text, ...on }: OnComparison & { text: string },
): Promise<WrittenOn> {
  return context.database.transact(async (tx) => {
    const { studyId } = await requireComparison(tx, on);
    await tx.db
      .insertInto("comparison_note")
      .values({
        ...{ study_id: studyId, comparison_id: on.comparison, account_id: on.author.accountId },
        ...{ by_whom: on.author.name, text, written_at: now(context), edited_at: null },
      })
      .execute();
    return writtenOn(tx, on);
  });
}

/** Changes a note, or deletes it where `text` is null. @throws StudyNotFound, NoteNotFound, NoteOfAnother */
export async function changeNote(
  context: Context,
  { study, note, author, text }: { study: string; note: number; author: Author; text: string | null },
): Promise<WrittenOn> {
  return context.database.transact(async (tx) => {
    const { id: studyId } = await requireStudy(tx, study);
    const found = await tx.db
      .selectFrom("comparison_note")
      .select(["comparison_id as comparison", "account_id as account"])
      .where("study_id", "=", studyId)
      .where("id", "=", note)
      .executeTakeFirst();
    if (!found) throw new NoteNotFound(note);
    if (!author.isOwner && (found.account === null || found.account !== author.accountId))
      throw new NoteOfAnother();
    if (text === null) await tx.db.deleteFrom("comparison_note").where("id", "=", note).execute();
    else
      await tx.db
        .updateTable("comparison_note")
        .set({ text, edited_at: now(context) })
        .where("id", "=", note)
        .execute();
    return writtenOn(tx, { study, comparison: found.comparison, author });
  });
}

/**
 * Records the adjudicated answer to a comparison, in place of one that was there.
 * @param better a system by what the report calls it; null: neither is better
 * @throws StudyNotFound, ComparisonNotFound, SystemNotFound, SystemNotCompared
 */
export async function adjudicate(
  context: Context,
  { better, reason, ...on }: OnComparison & { better: string | null; reason: string },
): Promise<WrittenOn> {
  return context.database.transact(async (tx) => {
    const { studyId, low, high } = await requireComparison(tx, on);
    const system = better === null ? null : systemNamed(await readFacts(tx, on.study), better).id;
    if (system !== null && system !== low && system !== high) throw new SystemNotCompared(better!);
    await withdraw(context, tx, on);
    await tx.db
      .insertInto("adjudication")
      .values({
        ...{ study_id: studyId, comparison_id: on.comparison, better_system_id: system, reason },
        ...{ by_whom: on.author.name, decided_at: now(context), withdrawn_at: null },
      })
      .execute();
    return writtenOn(tx, on);
  });
}

/** Withdraws the adjudicated answer to a comparison. @throws StudyNotFound, ComparisonNotFound, NotAdjudicated */
export async function withdrawAdjudication(context: Context, on: OnComparison): Promise<WrittenOn> {
  return context.database.transact(async (tx) => {
    await requireComparison(tx, on);
    if (!(await withdraw(context, tx, on))) throw new NotAdjudicated();
    return writtenOn(tx, on);
  });
}

/** @returns whether there was one */
async function withdraw(
  context: Context,
  { db }: Transaction,
  { comparison }: OnComparison,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("adjudication")
    .set({ withdrawn_at: now(context) })
    .where("comparison_id", "=", comparison)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function requireComparison(tx: Transaction, { study, comparison }: OnComparison) {
  const { id: studyId } = await requireStudy(tx, study);
  const found = await tx.db
    .selectFrom("comparison")
    .select(["low_system_id as low", "high_system_id as high"])
    .where("study_id", "=", studyId)
    .where("id", "=", comparison)
    .executeTakeFirst();
  if (!found) throw new ComparisonNotFound(comparison);
  return { studyId, ...found };
}

async function writtenOn(reader: Reader, { study, comparison, author }: OnComparison): Promise<WrittenOn> {
  const facts = await readFacts(reader, study);
  const adjudicated = (await adjudicatedOn(reader, [comparison])).get(comparison);
  return {
    adjudicated: answerOf(facts, adjudicated, author),
    notes: (await notesOn(reader, [comparison], author)).get(comparison) ?? [],
  };
}
