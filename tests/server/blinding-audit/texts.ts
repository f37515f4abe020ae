import { type Random, randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";

const WHO = [
  "A river",
  "The old bridge",
  "Every garden",
  "A good teacher",
  "The market",
  "Our neighbour",
  "A small town",
  "The winter",
];
const DOES = ["changes", "keeps", "needs", "remembers", "welcomes", "carries", "hides", "measures"];
const WHAT = [
  "its own time",
  "a few quiet stones",
  "what others forget",
  "the light of the morning",
  "many patient hands",
  "bread and salt",
];
const WHEN = [
  "in spring",
  "after rain",
  "without a word",
  "for years",
  "before noon",
  "every day",
  "now and then",
];

/** A short text of sentences drawn at random: whoever writes so has no style but this one. */
function drawText(random: Random, sentences = 2 + randomBelow(random, 4)): string {
  const one = (list: readonly string[]) => list[randomBelow(random, list.length)]!;
  return Array.from({ length: sentences }, () => `${one(WHO)} ${one(DOES)} ${one(WHAT)} ${one(WHEN)}.`).join(
    " ",
  );
}

/** Texts of two systems that write alike, prompt by prompt. */
export function alike(seed: string, prompts: number): { prompt: string; first: string; second: string }[] {
  const random = seededRandom(seed);
  return Array.from({ length: prompts }, (_, i) => ({
    prompt: `p${i}`,
    first: drawText(random),
    second: drawText(random),
  }));
}
