import type { Estimate } from "../../contract/report-estimates.ts";
import type { RankingByModel } from "../../contract/report-ranking.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { isRefused, type NotEstimable, UPPER } from "../../statistics/estimate.ts";
import { countCells } from "../../statistics/judgments/paired-counts.ts";
import { quantileSorted } from "../../statistics/quantile.ts";
import { bradleyTerry } from "../../statistics/ranking/bradley-terry.ts";
import type { Maximum } from "../../statistics/ranking/newton.ts";
import { kendallTauB, spearmanRho } from "../../statistics/ranking/rank-correlation.ts";
import { RESAMPLES } from "../../statistics/resampling/prompt-draws.ts";
import { rowsByModel } from "../rows/model-rows.ts";
import { type ComparableSystems, comparableSystems, type StudyToRank } from "./comparable-systems.ts";
import { tellOutside } from "./outside-ranking.ts";
import { tellFit } from "./ranked-fit.ts";
import { basisOf, HALF_WINS, whyNone } from "./ranking-basis.ts";
import { resampledTogether, type Source } from "./resampled-together.ts";

/** Of 24 orders of four systems one is that of the people and one its opposite: more than 5 % of them. */
const SYSTEMS_LEAST = 5;
const PROMPTS_LEAST = 10;
const METHOD = `prompts resampled ${RESAMPLES.toLocaleString("en")} times together, percentiles; these systems and annotators`;

type Strengths = readonly (Float64Array | null)[];

interface Ranked {
  readonly found: ComparableSystems;
  readonly fit: Maximum | NotEstimable;
  /** By resampled study; empty where there is no fit. */
  readonly strengths: Strengths;
}

/** The systems ranked by each model alone, and how far the order is that of the people. */
export function rankingsByModels(data: StudyToRank, people: ComparableSystems): RankingByModel[] {
  const models = rowsByModel(data.rows, data.facts);
  if (models.length === 0) return [];
  const [byPeople, ...byModels] = rankedTogether(data, [
    people,
    ...models.map(({ at }) => comparableSystems(data, at)),
  ]);
  return byModels.map((ranked, i) => ({
    judge: data.annotators[models[i]!.code]!.name,
    group: data.facts.groups[models[i]!.group]!.name,
    ...tellModel(data, ranked),
    withPeople: compareOrders(byPeople!, ranked),
  }));
}

function rankedTogether(data: StudyToRank, all: readonly ComparableSystems[]): Ranked[] {
  const fits = all.map((found) =>
    found.ranked.length === 0
      ? { notEstimable: whyNone(data, found) }
      : bradleyTerry(countCells(found.cells)),
  );
  const sources = all.flatMap((found, i): Source[] => {
    const fit = fits[i]!;
    return isRefused(fit) ? [] : [{ found, fit }];
  });
  const strengths = resampledTogether(data, sources);
  return all.map((found, i) => {
    const fit = fits[i]!;
    return { found, fit, strengths: isRefused(fit) ? [] : strengths.shift()! };
  });
}

function tellModel(
  data: StudyToRank,
  { found, fit, strengths }: Ranked,
): Omit<RankingByModel, "judge" | "group" | "withPeople"> {
  const { outside } = tellOutside(data, found);
  if (isRefused(fit)) return { judgments: 0, prompts: 0, outside, bradleyTerry: fit };
  const basis = basisOf(data, found, { fixedAnnotators: true });
  const { judgments, prompts } = basis.sampling;
  const fits = strengths.flatMap((parameters) => (parameters === null ? [] : [{ ...fit, parameters }]));
  const resampled = basis.refused === null ? { fits, rounds: RESAMPLES } : { notEstimable: basis.refused };
  const told = tellFit({ ...basis, ties: HALF_WINS, fit, resampled });
  return { judgments, prompts: prompts.count, outside, bradleyTerry: told };
}

/** Kendall's τ_b and Spearman's ρ over the systems that both rank, with intervals over resampled prompts. */
function compareOrders(people: Ranked, model: Ranked): RankingByModel["withPeople"] {
  const place = new Map(model.found.ranked.map((code, i) => [code, i]));
  const common = people.found.ranked.flatMap((code, i) => {
    const own = place.get(code);
    return own === undefined ? [] : [{ byPeople: i, byModel: own }];
  });
  const systems = common.length;
  if (isRefused(people.fit) || isRefused(model.fit) || systems < SYSTEMS_LEAST)
    return { systems, notEstimable: REASONS.fewerSystems(SYSTEMS_LEAST) };
  const scores = (byPeople: Float64Array, byModel: Float64Array) =>
    [
      Float64Array.from(common, (one) => byPeople[one.byPeople]!),
      Float64Array.from(common, (one) => byModel[one.byModel]!),
    ] as const;
  const fitted = scores(people.fit.parameters, model.fit.parameters);
  const refused = whyNoInterval(people.found, model.found);
  const drawn = people.strengths.flatMap((strengths, round) => {
    const own = model.strengths[round];
    return strengths && own ? [scores(strengths, own)] : [];
  });
  const of = (correlation: typeof kendallTauB): Estimate => {
    const value = correlation(...fitted);
    if (value === null) return { notEstimable: REASONS.sameStrength };
    return { value, n: systems, ...(refused ?? percentiles(drawn.map((pair) => correlation(...pair) ?? 0))) };
  };
  return { systems, kendall: of(kendallTauB), spearman: of(spearmanRho) };
}

function whyNoInterval(people: ComparableSystems, model: ComparableSystems): NotEstimable | null {
  if (people.reconstructed + model.reconstructed > 0) return { notEstimable: NOT_IN_PERCENTAGES.prompts };
  const prompts = Math.min(...[people, model].map(({ columns }) => new Set(columns.prompt).size));
  return prompts < PROMPTS_LEAST ? { notEstimable: REASONS.fewerThan(PROMPTS_LEAST, "prompts") } : null;
}

function percentiles(drawn: readonly number[]) {
  const failed = RESAMPLES - drawn.length;
  if (failed > RESAMPLES * 2 * (1 - UPPER))
    return { notEstimable: REASONS.noFiniteStrengths(failed, RESAMPLES) };
  const sorted = Float64Array.from(drawn).sort();
  return { low: quantileSorted(sorted, 1 - UPPER), high: quantileSorted(sorted, UPPER), method: METHOD };
}
