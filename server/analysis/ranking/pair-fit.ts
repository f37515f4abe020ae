import type { RankingPairFit } from "../../contract/report-ranking.ts";
import { BRADLEY_TERRY } from "../../statistics/ranking/bradley-terry.ts";
import { isRefused, type NotEstimable } from "../../statistics/estimate.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { circlesOf, FIT_DRAWS, pairFit } from "../../statistics/ranking/pair-fit.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import type { Sampling } from "../../statistics/judgments/sampling.ts";
import type { ComparableSystems, StudyToRank } from "./comparable-systems.ts";

const PAIRS_MOST = 20;
const CIRCLES_MOST = 10;
/** Below it a misfit is told. */
const LEVEL = 0.05;
const METHOD =
  `largest gap of any pair in standard errors clustered by prompt, against ${FIT_DRAWS.toLocaleString("en")} ` +
  "draws of signs for whole prompts; annotators as they are";

interface Fitted {
  readonly found: ComparableSystems;
  readonly sampling: Sampling;
  readonly fit: Maximum;
  /** Why nothing can be told of errors, such as that judgments were reconstructed. */
  readonly refused: string | null;
}

/** How well one strength a system explains the pairs: see pairFit. Circles are told only where it finds a misfit. */
export function tellPairFit(
  { facts }: StudyToRank,
  { found, sampling, fit, refused }: Fitted,
): RankingPairFit {
  const random = seededRandom(`${facts.study.seed} fit of the ranking`);
  const { gaps, p } = pairFit(BRADLEY_TERRY, { cells: found.cells, prompts: sampling.prompts, fit, random });
  const label = (system: number) => facts.systems[found.ranked[system]!]!.label;
  const test: number | NotEstimable = refused === null ? p : { notEstimable: refused };
  const isMisfit = typeof test === "number" && test < LEVEL;
  return {
    p: isRefusal(test) ? null : test,
    misfit: isMisfit,
    notEstimable: isRefusal(test) ? test.notEstimable : null,
    method: METHOD,
    pairs: gaps.slice(0, PAIRS_MOST).map(({ low, high, z, ...gap }) => ({
      ...{ first: label(low), second: label(high), ...gap, z: refused === null ? z : null },
    })),
    circles: isMisfit
      ? circlesOf(gaps)
          .slice(0, CIRCLES_MOST)
          .map((circle) => circle.map(label))
      : [],
  };
}

const isRefusal = (test: number | NotEstimable): test is NotEstimable =>
  typeof test !== "number" && isRefused(test);
