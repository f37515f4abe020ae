import type { Context } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { keyOf } from "../studies/keys.ts";
import { type AnnotatorAtWork, countSides } from "./statements.ts";

export type HandOutContext = Pick<Context, "clock" | "randomBytes">;

/**
 * Which of two systems stands left: for this annotator and pair the one that has stood there less often;
 * when equal, by a hash that nobody can foresee without the seed. So sides differ by at most one.
 */
export async function decideSide(
  tx: Transaction,
  annotator: AnnotatorAtWork,
  pair: { low: number; high: number; ordinal: number },
): Promise<{ left: number; right: number }> {
  const { low, high, ordinal } = pair;
  const [times] = await tx.run(countSides, { annotatorId: annotator.id, low, high });
  const difference = (times?.lowLeft ?? 0) - (times?.highLeft ?? 0);
  const coin = () => keyOf(annotator.seed, "side", annotator.displayNumber, low, high, ordinal) % 2 === 0;
  const lowLeft = difference === 0 ? coin() : difference < 0;
  return lowLeft ? { left: low, right: high } : { left: high, right: low };
}
