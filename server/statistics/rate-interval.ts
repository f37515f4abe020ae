import { clusteringOf, type Clusters } from "./clustering.ts";
import { type Interval, type NoInterval, robustSpread, whyNot } from "./robust-interval.ts";
import { wilson } from "./wilson.ts";

/**
 * Within which limits is the rate of an outcome (a win, a tie or a loss)? Wilson's interval where no prompt and
 * no annotator repeats; else cluster-robust on whatever repeats. Where the outcome came never or always, or
 * the clusters show no variance, a score-type interval stands in: Wilson's as if each prompt had been judged once,
 * so that zero wins never gives [0, 0].
 * @param hits 1 where the judgment had the outcome, else 0
 */
export function rateInterval(hits: Uint8Array, clusters: Clusters): Interval | NoInterval {
  const n = hits.length;
  const count = hits.reduce((total, hit) => total + hit, 0);
  const clustering = clusteringOf(clusters);
  if (n === 0) return { notEstimable: "no judgments" };
  if (clustering.by === "nothing" && (n > 1 || !clusters.fixedAnnotators)) {
    return { ...wilson(count, n), method: clusters.fixedAnnotators ? "Wilson (annotator fixed)" : "Wilson" };
  }
  const reason = whyNot(clustering, n);
  if (reason !== null) return { notEstimable: reason };
  const rate = count / n;
  const influence = Float64Array.from(hits, (hit) => (hit - rate) / n);
  const spread = robustSpread(influence, clusters);
  if ("notEstimable" in spread) return spread;
  if (count === 0 || count === n || spread.standardError < Number.EPSILON) {
    const { prompts } = clustering;
    return { ...wilson(rate * prompts, prompts), method: `Wilson, one try a prompt (${prompts})` };
  }
  return {
    low: Math.max(0, rate - spread.half),
    high: Math.min(1, rate + spread.half),
    method: spread.method,
  };
}
