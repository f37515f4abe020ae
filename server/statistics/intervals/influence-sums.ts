import type { Clusters } from "../judgments/clusters.ts";
import type { OneWay } from "./two-way.ts";

/** Influences on several coefficients, added up within clusters: worked out once, used for every pair. */
export interface InfluenceSums {
  readonly clusters: Clusters;
  readonly coefficients: number;
  /** Σ over the cluster's judgments, cluster by cluster. */
  readonly sums: Float64Array;
  /** Σ over clusters of the products of two sums, coefficient by coefficient. */
  readonly products: Float64Array;
  /** Zeros, one a cluster: where a figure's own parts are added up, and which clusters were met. */
  readonly parts: Float64Array;
  readonly met: Uint8Array;
}

/** @param influences one column a coefficient, one element a judgment */
export function sumInfluences(influences: readonly Float64Array[], clusters: Clusters): InfluenceSums {
  const coefficients = influences.length;
  const sums = new Float64Array(clusters.count * coefficients);
  for (let i = 0; i < clusters.code.length; i++) {
    const at = clusters.code[i]! * coefficients;
    for (let j = 0; j < coefficients; j++) sums[at + j]! += influences[j]![i]!;
  }
  const products = new Float64Array(coefficients * coefficients);
  for (let c = 0; c < clusters.count; c++) {
    const at = c * coefficients;
    for (let j = 0; j < coefficients; j++) {
      for (let l = 0; l < coefficients; l++) products[j * coefficients + l]! += sums[at + j]! * sums[at + l]!;
    }
  }
  return {
    clusters,
    coefficients,
    sums,
    products,
    parts: new Float64Array(clusters.count),
    met: new Uint8Array(clusters.count),
  };
}

/**
 * Cluster-robust variance of a figure that depends on the coefficients, by `slopes`, and on some judgments themselves.
 *
 * Judgment i moves it by Σ_j slope_j · influence_ji, and judgments `from`, `from` + 1 … by `own` besides. The sum over
 * clusters of the squared sums is slopesᵀ · products · slopes + Σ_c (2 h_c Σ_j slope_j sum_cj + h_c²), with h_c the
 * cluster's part of `own`, so that only the clusters of `own` are visited; times C/(C − 1) with C their number. The
 * same as adding all influences up, see sandwich.ts. Edge: null where `own` lies in a single cluster.
 */
export function varianceWithOwn(
  { clusters, coefficients, sums, products, parts, met }: InfluenceSums,
  { slopes, own, from }: { slopes: Float64Array; own: Float64Array; from: number },
): OneWay | null {
  const code = clusters.code.subarray(from, from + own.length);
  for (let k = 0; k < own.length; k++) {
    parts[code[k]!]! += own[k]!;
    met[code[k]!] = 1;
  }
  let [total, visited] = [0, 0];
  for (let j = 0; j < coefficients; j++) {
    for (let l = 0; l < coefficients; l++) {
      total += slopes[j]! * slopes[l]! * products[j * coefficients + l]!;
    }
  }
  for (let k = 0; k < own.length; k++) {
    const cluster = code[k]!;
    if (met[cluster] === 0) continue;
    const part = parts[cluster]!;
    let pull = 0;
    for (let j = 0; j < coefficients; j++) pull += slopes[j]! * sums[cluster * coefficients + j]!;
    total += 2 * part * pull + part * part;
    visited++;
    met[cluster] = parts[cluster] = 0;
  }
  return visited < 2 ? null : { variance: (total * visited) / (visited - 1), clusters: visited };
}
