import { minimumMsOf } from "../assignments/minimum-time.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Transaction } from "../storage/database.ts";
import { JudgedTooSoon } from "./errors.ts";
import { selectJudgedTexts } from "./statements.ts";

/**
 * That a pair was visible for as long as the protocol wants before it was judged; the page lets nobody choose sooner.
 * @throws JudgedTooSoon
 */
export async function requireTime(
  tx: Transaction,
  { minimumTime }: Protocol,
  { assignmentId, activeMs }: { assignmentId: number; activeMs: number },
): Promise<void> {
  if (minimumTime === undefined) return;
  const [pair] = await tx.run(selectJudgedTexts, { assignmentId });
  if (pair === undefined) return;
  const { turn, prompt, left, right } = pair;
  if (activeMs < minimumMsOf(minimumTime, { turn, texts: [prompt, left, right] })) throw new JudgedTooSoon();
}
