import { randomBelow, seededRandom } from "./random.ts";

/** How many studies are drawn from the one at hand. */
export const RESAMPLES = 1000;

/** How often each of so many prompts is drawn, line by line for each of 1,000 studies. */
export type PromptDraws = (prompts: number) => Uint16Array;

/**
 * Draws prompts with replacement, as many as there are, 1,000 times over. Figures on equally many prompts share their
 * draws: each interval stands for itself as it would with draws of its own, and the draws are made once.
 * The same seed gives the same draws.
 */
export function promptDraws(seed: string): PromptDraws {
  const known = new Map<number, Uint16Array>();
  return (prompts) => {
    const drawn = known.get(prompts) ?? drawAll(seed, prompts);
    known.set(prompts, drawn);
    return drawn;
  };
}

function drawAll(seed: string, prompts: number): Uint16Array {
  const random = seededRandom(`${seed}\n${prompts} prompts resampled`);
  const drawn = new Uint16Array(RESAMPLES * prompts);
  for (let line = 0; line < drawn.length; line += prompts) {
    for (let i = 0; i < prompts; i++) drawn[line + randomBelow(random, prompts)]!++;
  }
  return drawn;
}
