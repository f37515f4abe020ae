import type { Transaction } from "../storage/database.ts";

/** Those of some tokens that an annotator has answered: a judgment, or that they could not judge. */
export async function answeredAmong(
  tx: Transaction,
  annotatorId: number,
  tokens: readonly string[],
): Promise<string[]> {
  if (tokens.length === 0) return [];
  const rows = await tx.db
    .selectFrom("assignment")
    .select("token")
    .where("token", "in", tokens)
    .where("annotator_id", "=", annotatorId)
    .where("ended_how", "in", ["judged", "skipped"])
    .execute();
  return rows.map(({ token }) => token);
}
