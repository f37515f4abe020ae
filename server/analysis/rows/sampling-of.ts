import { describeSampling, type Sampling } from "../../statistics/judgments/sampling.ts";

/** How judgments hang together, from their codes alone. `fixedAnnotators`: they are one judge model's. */
export function samplingOf(
  { prompt, annotator }: { prompt: Int32Array; annotator: Int32Array },
  { fixedAnnotators }: { fixedAnnotators: boolean },
): Sampling {
  return describeSampling({
    prompts: prompt,
    annotators: annotator,
    promptCount: 1 + highest(prompt),
    annotatorCount: 1 + highest(annotator),
    fixedAnnotators,
  });
}

/** −1 where the column is empty. */
function highest(codes: Int32Array): number {
  let most = -1;
  for (let i = 0; i < codes.length; i++) if (codes[i]! > most) most = codes[i]!;
  return most;
}
