import { setImmediate as nextTurn } from "node:timers/promises";
import { REASONS } from "../../contract/reasons.ts";
import type { ToldApart } from "../../contract/blinding.ts";
import { accuracyInterval, toldApart } from "../../statistics/classification/told-apart.ts";
import { holm } from "../../statistics/tests/holm.ts";
import { medianOf } from "../../statistics/median.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { type Habits, habitsOf } from "./habits.ts";
import { STYLE_SIZE, styleOf } from "./style.ts";

/** Of fewer prompts, no accuracy is estimated. */
const PROMPTS_MIN = 50;
const PERMUTATIONS = 499;
/** Permutations after which others get a turn. */
const A_TURN = 5;

/** The texts of a sample of prompts, as numbers: the texts themselves are not kept. */
export class StyleSample {
  readonly #styles = new Map<string, Map<string, Float64Array>>();
  readonly #habits = new Map<string, Habits[]>();
  readonly #lengths = new Map<string, Map<string, number>>();

  /** @param text without names */
  add({ system, prompt, text }: { system: string; prompt: string; text: string }): void {
    into(this.#styles, system).set(prompt, styleOf(text));
    into(this.#lengths, system).set(prompt, text.length);
    const habits = this.#habits.get(system) ?? [];
    if (habits.push(habitsOf(text)) === 1) this.#habits.set(system, habits);
  }

  get habits(): ReadonlyMap<string, readonly Habits[]> {
    return this.#habits;
  }

  /** In whole characters; null: nothing of this system is in the sample. */
  medianLength(system: string): number | null {
    const median = medianOf([...(this.#lengths.get(system)?.values() ?? [])]);
    return median === null ? null : Math.round(median);
  }

  /**
   * How well style distinguishes the two systems of each pair.
   * @param seed decides the folds and permutations: the same texts and seed, the same figures
   * @param onTurn called whenever others get a turn
   */
  async toldApart(
    pairs: readonly (readonly [string, string])[],
    seed: string,
    onTurn?: () => Promise<void>,
  ): Promise<ToldApart[]> {
    const made: ToldApart[] = [];
    for (const pair of pairs) made.push(await this.#pair(pair, seed, onTurn));
    const known = made.flatMap(({ p }) => (p === null ? [] : [p]));
    const corrected = holm(known);
    let at = 0;
    return made.map((one) => (one.p === null ? one : { ...one, corrected: corrected[at++]! }));
  }

  async #pair(
    [system, against]: readonly [string, string],
    seed: string,
    onTurn: (() => Promise<void>) | undefined,
  ): Promise<ToldApart> {
    const [first, second] = [into(this.#styles, system), into(this.#styles, against)];
    const prompts = [...first.keys()].filter((prompt) => second.has(prompt)).sort();
    const told = { system, against, prompts: prompts.length, longer: this.#longer(system, against, prompts) };
    if (prompts.length < PROMPTS_MIN) {
      const notEstimable = REASONS.fewerThan(PROMPTS_MIN, "prompts");
      return { ...told, accuracy: { notEstimable }, p: null, corrected: null };
    }
    const differences = new Float64Array(prompts.length * STYLE_SIZE);
    prompts.forEach((prompt, i) => {
      const [a, b] = [first.get(prompt)!, second.get(prompt)!];
      for (let j = 0; j < STYLE_SIZE; j++) differences[i * STYLE_SIZE + j] = a[j]! - b[j]!;
    });
    const data = { differences, prompts: prompts.length, features: STYLE_SIZE };
    const { accuracy, byChance } = toldApart(data, seededRandom(`${seed} ${system} ${against}`));
    let asGood = 1;
    for (let k = 0; k < PERMUTATIONS; k++) {
      if (byChance() >= accuracy - 1e-12) asGood++;
      if (k % A_TURN > 0) continue;
      await nextTurn();
      await onTurn?.();
    }
    const p = asGood / (PERMUTATIONS + 1);
    const method = "ridge classifier of style, folds by prompt";
    const ends = accuracyInterval(accuracy, prompts.length);
    return { ...told, accuracy: { value: accuracy, ...ends, method, n: prompts.length }, p, corrected: p };
  }

  #longer(system: string, against: string, prompts: readonly string[]): number | null {
    if (prompts.length === 0) return null;
    const [first, second] = [into(this.#lengths, system), into(this.#lengths, against)];
    const longer = prompts.reduce((sum, prompt) => {
      const difference = first.get(prompt)! - second.get(prompt)!;
      return sum + (difference > 0 ? 1 : difference === 0 ? 0.5 : 0);
    }, 0);
    return longer / prompts.length;
  }
}

function into<Value>(all: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const there = all.get(key);
  if (there) return there;
  const made = new Map<string, Value>();
  all.set(key, made);
  return made;
}
