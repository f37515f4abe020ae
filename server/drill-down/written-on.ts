import type { JudgedComparison } from "../contract/judged.ts";
import type { Reader } from "../storage/database.ts";

/** A member who reads. */
export interface Member {
  /** Null: by an owner link, or a token made on the server's machine. */
  readonly accountId: number | null;
  /** Whether they may change what others wrote. */
  readonly isOwner: boolean;
  readonly mayAdjudicate: boolean;
}

type Notes = NonNullable<JudgedComparison["notes"]>;

/** The notes on these comparisons, by their ids, as a member sees them; the earliest first. */
export async function notesOn(
  { db }: Reader,
  comparisons: readonly number[],
  member: Member,
): Promise<Map<number, Notes>> {
  const rows = await db
    .selectFrom("comparison_note")
    .select(["id", "comparison_id as comparison", "account_id as account", "by_whom as by", "text"])
    .select(["written_at as at", "edited_at as editedAt"])
    .where("comparison_id", "in", [...comparisons, -1])
    .orderBy("id")
    .execute();
  const notes = new Map<number, Notes>();
  for (const { comparison, account, ...note } of rows) {
    const mayChange = member.isOwner || (account !== null && account === member.accountId);
    notes.set(comparison, [...(notes.get(comparison) ?? []), { ...note, mayChange }]);
  }
  return notes;
}

/** An adjudicated answer in force. */
export interface Adjudicated {
  readonly comparison: number;
  /** The id of a system; null: neither is better. */
  readonly better: number | null;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
}

/** The adjudicated answers to these comparisons, by their ids. */
export async function adjudicatedOn(
  { db }: Reader,
  comparisons: readonly number[],
): Promise<Map<number, Adjudicated>> {
  const rows = await db
    .selectFrom("adjudication")
    .select(["comparison_id as comparison", "better_system_id as better", "by_whom as by", "reason"])
    .select("decided_at as at")
    .where("comparison_id", "in", [...comparisons, -1])
    .where("withdrawn_at", "is", null)
    .execute();
  return new Map(rows.map((row) => [row.comparison, row]));
}
