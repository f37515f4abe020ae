import type { BesideModel } from "../../server/statistics/agreement/model-excess.ts";
import { seededRandom } from "../../server/statistics/resampling/random.ts";

/** A simulated study in which some annotators pass on what a model says. */
export interface ChatbotShape {
  readonly workers: number;
  /** How many of the first pass on the verdicts of a model. */
  readonly passing: number;
  readonly each: number;
  /** Judgments per pair. */
  readonly judgments: number;
  /** The share of pairs on which a worker's chatbot says what the study's model says. */
  readonly fidelity: number;
  /** How much honest people differ in care: the standard deviation of the logarithm of their noise. */
  readonly care: number;
}

/** What an annotator prefers, from how much better one of the two is for them: 1, 0 or −1. */
const preference = (worth: number): number => (worth > 0.3 ? 1 : worth < -0.3 ? -1 : 0);

/**
 * Judgments beside a model's verdicts: the difference of a pair is normal (mean 0.3, deviation 0.7), each annotator adds a
 * leaning (0.3) and noise of their own, the model what it alone sees (0.4) and noise (0.5).
 */
export function chatbotStudy(seed: string, shape: ChatbotShape): BesideModel[] {
  const { workers, passing, each, judgments, fidelity, care } = shape;
  const whole = seededRandom(seed);
  const random = () => whole() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const noise = Array.from({ length: workers }, () => Math.exp(care * normal()));
  const leaning = Array.from({ length: workers }, () => 0.3 * normal());
  const pairs = Math.round((workers * each) / judgments);
  const difference = Array.from({ length: pairs }, () => 0.3 + 0.7 * normal());
  const verdicts = difference.map((worth) => preference(worth + 0.4 * normal() + 0.5 * normal()));
  return Array.from({ length: workers }, (_, annotator) => {
    const isPassing = annotator < passing;
    return drawn(pairs, each, random).map((pair) => {
      const own = preference(difference[pair]! + leaning[annotator]! + noise[annotator]! * normal());
      const choice = isPassing && random() < fidelity ? verdicts[pair]! : own;
      return { annotator, pair, same: choice === verdicts[pair] };
    });
  }).flat();
}

/** So many different numbers below a limit. */
function drawn(below: number, count: number, random: () => number): number[] {
  const all = Array.from({ length: below }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (below - i));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}
