import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";

/** So few annotators are no sample of others: the spread between two people is a single number. */
const NO_SAMPLE_MOST = 2;

/**
 * How judgments hang together, from their codes alone. One or two annotators who judged more than once are fixed.
 * `fixedAnnotators`: the judgments are one judge model's, or some are votes without a name.
 */
export function samplingOf(
  { prompt, annotator }: { prompt: Int32Array; annotator: Int32Array },
  { fixedAnnotators }: { fixedAnnotators: boolean },
): Sampling {
  const by = {
    prompts: prompt,
    annotators: annotator,
    promptCount: 1 + highest(prompt),
    annotatorCount: 1 + highest(annotator),
  };
  const sampling = describeSampling({ ...by, fixedAnnotators });
  const { annotators, judgments } = sampling;
  const isTooFew = annotators.count <= NO_SAMPLE_MOST && annotators.count < judgments;
  return !fixedAnnotators && isTooFew ? describeSampling({ ...by, fixedAnnotators: true }) : sampling;
}

/** −1 where the column is empty. */
function highest(codes: Int32Array): number {
  let most = -1;
  for (let i = 0; i < codes.length; i++) if (codes[i]! > most) most = codes[i]!;
  return most;
}
