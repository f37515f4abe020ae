/**
 * Judgments as the interval methods take them, column by column: which prompt and which annotator each
 * belongs to, numbered from 0. `fixedAnnotators`: a model, or a group's only annotator, is not a sample of
 * annotators, so only prompts are.
 */
export interface Clusters {
  readonly prompt: Int32Array;
  readonly annotator: Int32Array;
  readonly fixedAnnotators: boolean;
}

/** What repeats in the judgments, and so what their interval must be robust to. */
export interface Clustering {
  readonly by: "nothing" | "prompt" | "annotator" | "prompt and annotator";
  readonly prompts: number;
  readonly annotators: number;
  readonly fixedAnnotators: boolean;
}

/** Looks at what repeats. A fixed annotator repeats by definition and is no cluster. */
export function clusteringOf(clusters: Clusters): Clustering {
  const prompts = countDistinct(clusters.prompt);
  const annotators = countDistinct(clusters.annotator);
  const n = clusters.prompt.length;
  const promptsRepeat = prompts < n;
  const annotatorsRepeat = annotators < n && !clusters.fixedAnnotators;
  const by = promptsRepeat
    ? annotatorsRepeat
      ? "prompt and annotator"
      : "prompt"
    : annotatorsRepeat
      ? "annotator"
      : "nothing";
  return { by, prompts, annotators, fixedAnnotators: clusters.fixedAnnotators };
}

/** How many different codes a column holds; codes are small whole numbers from 0. */
export function countDistinct(codes: Int32Array): number {
  const seen = new Uint8Array(highest(codes) + 1);
  let count = 0;
  for (const code of codes) {
    if (seen[code] === 0) {
      seen[code] = 1;
      count++;
    }
  }
  return count;
}

/** The highest code of a column; −1 where it is empty. */
export function highest(codes: Int32Array): number {
  let most = -1;
  for (const code of codes) if (code > most) most = code;
  return most;
}
