import { type Clusters, countDistinct, highest } from "./clustering.ts";

/**
 * How uncertain is an estimate that is a sum over judgments, when judgments of one cluster hang together?
 * The one-way cluster-robust ("sandwich") variance: with u_i the influence of judgment i on the estimate,
 * V = C/(C−1) · Σ_c (Σ_{i in c} u_i)², over C clusters (Liang & Zeger 1986; the factor as in Cameron & Miller
 * 2015). With one judgment a cluster it is the usual variance of a mean. Needs two clusters: NaN otherwise, which
 * callers refuse by name beforehand.
 * @param influence u_i, which sum to 0
 * @param cluster the cluster of each judgment, numbered from 0
 */
export function clusterVariance(influence: Float64Array, cluster: Int32Array): number {
  const sums = new Float64Array(highest(cluster) + 1);
  for (let i = 0; i < influence.length; i++) sums[cluster[i]!]! += influence[i]!;
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const clusters = countDistinct(cluster);
  return (squares * clusters) / (clusters - 1);
}

/**
 * The two-way cluster-robust variance, for prompts and annotators that both repeat:
 * V = V_prompt + V_annotator − V_both, where V_both clusters on (prompt, annotator) together
 * (Cameron, Gelbach & Miller 2011). It can come out below either one-way variance by chance; then the larger of
 * those stands, since ignoring a clustering is no way to be surer.
 */
export function twoWayVariance(influence: Float64Array, { prompt, annotator }: Clusters): number {
  const byPrompt = clusterVariance(influence, prompt);
  const byAnnotator = clusterVariance(influence, annotator);
  const both = intersectionVariance(influence, prompt, annotator);
  return Math.max(byPrompt + byAnnotator - both, byPrompt, byAnnotator);
}

/** The variance that clusters on (prompt, annotator): prompt by prompt, with one running sum an annotator. */
function intersectionVariance(influence: Float64Array, prompt: Int32Array, annotator: Int32Array): number {
  const { order, starts } = sortedBy(prompt);
  const sums = new Float64Array(highest(annotator) + 1);
  const lastPrompt = new Int32Array(sums.length).fill(-1);
  const touched: number[] = [];
  let squares = 0;
  let clusters = 0;
  for (let p = 0; p + 1 < starts.length; p++) {
    touched.length = 0;
    for (let k = starts[p]!; k < starts[p + 1]!; k++) {
      const i = order[k]!;
      const a = annotator[i]!;
      if (lastPrompt[a] !== p) {
        lastPrompt[a] = p;
        sums[a] = 0;
        touched.push(a);
      }
      sums[a]! += influence[i]!;
    }
    for (const a of touched) squares += sums[a]! ** 2;
    clusters += touched.length;
  }
  return (squares * clusters) / (clusters - 1);
}

/** Row numbers in the order of a code (a counting sort), and where each code's rows start. */
function sortedBy(codes: Int32Array): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(highest(codes) + 2);
  for (const code of codes) starts[code + 1]!++;
  for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!;
  const next = starts.slice();
  const order = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]!]!++] = i;
  return { order, starts };
}
