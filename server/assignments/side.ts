import type { Context } from "../context.ts";
import type { Transaction } from "../storage/database.ts";
import { type AnnotatorAtWork, countSides } from "./statements.ts";

export type HandOutContext = Pick<Context, "clock" | "randomBytes">;

interface Pair {
  readonly low: number;
  readonly high: number;
}

/** How far one of two systems may be ahead on the left before the other one's turn is certain. @internal */
export const AHEAD_MAX = 3;

/**
 * Whether the first of two systems stands left: by a fair coin, unless one of them has stood there three times more often,
 * then the other one does. So the sides of an annotator balance, and the last ones hardly tell the next: somebody who knew
 * them all would be right 7 times in 12 (Soares and Wu, Communications in Statistics 11, 1982, "big stick design").
 * @param difference how much more often the first stood left
 * @internal
 */
export function standsLeft(difference: number, coin: () => boolean): boolean {
  return Math.abs(difference) < AHEAD_MAX ? coin() : difference < 0;
}

/**
 * Decides which of two systems stands left. The coin is fresh randomness and nothing that is derived from the study's seed,
 * which reports show and people choose. For one transaction that holds the annotator's lock: a pair's sides are counted
 * once in it.
 */
export class Sides {
  /** Of each pair met: how much more often its low system stood left. */
  readonly #differences = new Map<string, number>();

  constructor(
    readonly tx: Transaction,
    readonly annotator: Pick<AnnotatorAtWork, "id">,
    readonly randomBytes: HandOutContext["randomBytes"],
  ) {}

  async decide(pair: Pair): Promise<{ left: number; right: number }> {
    const { low, high } = pair;
    const coin = () => this.randomBytes(1).readUInt8() % 2 === 0;
    return standsLeft(await this.#difference(pair), coin)
      ? { left: low, right: high }
      : { left: high, right: low };
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
