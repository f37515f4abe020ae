import type { NotEstimable } from "../../statistics/estimate.ts";
import { isRefused } from "../../statistics/estimate.ts";
import type { Clusters } from "../../statistics/judgments/clusters.ts";
import { bradleyTerry } from "../../statistics/ranking/bradley-terry.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { RESAMPLES } from "../../statistics/resampling/prompt-draws.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { resampledCounts } from "../../statistics/resampling/resampled-counts.ts";
import type { ComparableSystems, StudyToRank } from "./comparable-systems.ts";

/** Who judged, and the fit to it. */
export interface Source {
  readonly found: ComparableSystems;
  readonly fit: Maximum;
}

/**
 * Draws 1,000 studies whose prompts are drawn from all prompts that any of the sources judged, the same ones for each
 * source, and fits each source anew.
 * @returns by source and study its strengths, null where it has no finite ones there
 */
export function resampledTogether(
  { facts, prompts }: StudyToRank,
  sources: readonly Source[],
): (Float64Array | null)[][] {
  const numbers = numberPrompts(prompts.length, sources);
  const draws = sources.map(({ found: { cells, columns } }) =>
    resampledCounts(cells, {
      prompts: clustersIn(columns.prompt, numbers),
      rounds: RESAMPLES,
      random: seededRandom(`${facts.study.seed} rankings compared`),
    }),
  );
  return sources.map(({ fit }, s) =>
    Array.from(draws[s]!, (counts) => {
      const refit: Maximum | NotEstimable = bradleyTerry(counts, fit.parameters);
      return isRefused(refit) ? null : refit.parameters;
    }),
  );
}

/** Numbers from 0, in their order, the prompts that some source judged. */
function numberPrompts(prompts: number, sources: readonly Source[]) {
  const number = new Int32Array(prompts).fill(-1);
  for (const { found } of sources) for (const prompt of found.columns.prompt) number[prompt] = 0;
  let count = 0;
  for (let prompt = 0; prompt < prompts; prompt++) if (number[prompt] === 0) number[prompt] = count++;
  return { number, count };
}

/** A source's judgments by those numbers; a prompt that only others judged has none. */
function clustersIn(prompts: Int32Array, { number, count }: { number: Int32Array; count: number }): Clusters {
  const size = new Int32Array(count);
  const code = prompts.map((prompt) => number[prompt]!);
  for (const one of code) size[one]!++;
  return { count, code, size };
}
