import type { ClusteredBy, Sampling } from "../judgments/sampling.ts";

const CLUSTERED: Record<ClusteredBy, string> = {
  nothing: "variance of the scores",
  prompt: "cluster-robust by prompt",
  annotator: "cluster-robust by annotator",
  both: "two-way cluster-robust by prompt and annotator",
};

/** Degrees of freedom with one decimal at most: `79`, `34.5`. */
export const dfText = (df: number): string => String(Number(df.toFixed(1)));

/** What an interval makes of a variance: a score interval of a rate, or so many standard errors to either side. */
export type IntervalBy = "score, t" | "t";

const dfNote = (by: IntervalBy, df: number): string => `${by}, ${dfText(df)} df`;

/** The name of an interval by t of a clustered variance, as "cluster-robust by prompt (score, t, 79 df)". */
export function nameOfRobust(sampling: Sampling, df: number, by: IntervalBy): string {
  return named(CLUSTERED[sampling.clusteredBy], [dfNote(by, df), fixedNote(sampling)]);
}

/**
 * The same where scores differ but every cluster has the same mean, so that clusters tell no variance. It always names the
 * effective number, as recompute.mjs knows such an interval by it.
 */
export function nameOfCancelled(sampling: Sampling, df: number, effective: number, by: IntervalBy): string {
  return named(CLUSTERED.nothing, [dfNote(by, df), effectiveText(effective), fixedNote(sampling)]);
}

/** The name of an interval of score type, as "Wilson" or "Wilson (effective n 30)". */
export function nameOfEffective(base: string, sampling: Sampling, effective: number): string {
  return named(base, [effectiveNote(sampling, effective), fixedNote(sampling)]);
}

/** Left out where the effective number is that of the judgments. */
function effectiveNote({ judgments }: Sampling, effective: number): string {
  return effective < judgments ? effectiveText(effective) : "";
}

const effectiveText = (effective: number): string => `effective n ${Math.round(effective * 10) / 10}`;

function named(base: string, notes: readonly string[]): string {
  const given = notes.filter((note) => note !== "");
  return given.length === 0 ? base : `${base} (${given.join(", ")})`;
}

/** Says what an interval does not speak of: other annotators. */
function fixedNote({ fixedAnnotators }: Sampling): string {
  return fixedAnnotators ? "annotator fixed" : "";
}
