import type { Context } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { keyOf } from "../studies/keys.ts";
import { type AnnotatorAtWork, countSides } from "./statements.ts";

export type HandOutContext = Pick<Context, "clock" | "randomBytes">;

interface Pair {
  readonly low: number;
  readonly high: number;
}

/**
 * Which of two systems stands left: for this annotator and pair the one that has stood there less often;
 * when equal, by a hash that nobody can foresee without the seed. So sides differ by at most one.
 * For one transaction that holds the annotator's lock: a pair's sides are counted once in it.
 */
export class Sides {
  /** Of each pair met: how much more often its low system stood left. */
  readonly #differences = new Map<string, number>();

  constructor(
    readonly tx: Transaction,
    readonly annotator: AnnotatorAtWork,
  ) {}

  async decide(pair: Pair & { readonly ordinal: number }): Promise<{ left: number; right: number }> {
    const { low, high, ordinal } = pair;
    const { seed, displayNumber } = this.annotator;
    const difference = await this.#difference(pair);
    const coin = () => keyOf(seed, "side", displayNumber, low, high, ordinal) % 2 === 0;
    const lowLeft = difference === 0 ? coin() : difference < 0;
    return lowLeft ? { left: low, right: high } : { left: high, right: low };
  }

  /** What was decided came to be. */
  handedOut({ low, high }: Pair, left: number): void {
    const key = `${low} ${high}`;
    this.#differences.set(key, (this.#differences.get(key) ?? 0) + (left === low ? 1 : -1));
  }

  async #difference({ low, high }: Pair): Promise<number> {
    const key = `${low} ${high}`;
    const known = this.#differences.get(key);
    if (known !== undefined) return known;
    const [times] = await this.tx.run(countSides, { annotatorId: this.annotator.id, low, high });
    const difference = (times?.lowLeft ?? 0) - (times?.highLeft ?? 0);
    this.#differences.set(key, difference);
    return difference;
  }
}
