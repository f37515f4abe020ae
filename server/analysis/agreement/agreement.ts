import type { Agreement } from "../../contract/report-agreement.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { agreementCoefficients } from "../../statistics/agreement/coefficients.ts";
import { kappaOf } from "../../statistics/agreement/chance.ts";
import { agreementMeasures, type Measure } from "../../statistics/agreement/measures.ts";
import { pairsBetween, pairsWithin } from "../../statistics/agreement/pairs.ts";
import { agreementWithAdjudicated } from "./adjudicated.ts";
import type { StudyData } from "../rows/study-data.ts";
import { alternativeAnnotators, modelsAndHumans } from "./agreement-models.ts";
import { agreementOfAnnotators } from "./agreement-annotators.ts";
import { type ComparedStudy, comparedStudy, type SideOfStudy } from "./agreement-study.ts";
import { withCount } from "../rows/with-count.ts";

/**
 * Agreement between judgments of the same comparison: over all people of the headline, for every two groups and
 * within each, of models with people, and between annotators. A comparison with a single judgment agrees with nobody
 * and enters only the chance level of Fleiss' kappa and Gwet's AC1.
 */
export function agreementOf(data: StudyData): Agreement {
  const study = comparedStudy(data);
  const modelAndHuman = modelsAndHumans(study);
  const adjudicated = agreementWithAdjudicated(data);
  return {
    overall: overallOf(study),
    betweenGroups: betweenGroups(study),
    modelAndHuman,
    alternativeAnnotator: alternativeAnnotators(study, modelAndHuman),
    ...agreementOfAnnotators(study),
    ...(adjudicated && { adjudicated }),
  };
}

function overallOf(study: ComparedStudy): Agreement["overall"] {
  const { compared, people, draws } = study;
  const measures = measuresOf(study, [people, people]);
  const coefficients = agreementCoefficients(people.counts, {
    prompts: compared.prompts,
    draws,
  });
  const refused = whyNoPairs([people, people]);
  const { comparisons, ratingPairs, tieDiscounted, exact, nonTie } = measures;
  const judgments = people.counts.counts.reduce((sum, count) => sum + count, 0);
  const told = (estimate: Parameters<typeof withCount>[0]): Estimate =>
    refused.always === null && comparisons > 0
      ? withCount(estimate, judgments)
      : { notEstimable: refused.always ?? refused.else };
  return {
    ...{ comparisons, ratingPairs, tieDiscounted, exact, nonTie },
    fleissKappa: told(coefficients.fleissKappa),
    krippendorffAlpha: told(coefficients.krippendorffAlpha),
    krippendorffAlphaOrdinal: told(coefficients.krippendorffAlphaOrdinal),
    gwetAc1: told(coefficients.gwetAc1),
  };
}

function betweenGroups(study: ComparedStudy): Agreement["betweenGroups"] {
  const { groups } = study;
  return groups.flatMap((one, i) =>
    groups.slice(i).map((other) => ({
      groups: [one.name, other.name] as [string, string],
      ...withKappas(measuresOf(study, [one, other])),
    })),
  );
}

type Measures = Omit<Agreement["betweenGroups"][number], "groups">;

/** Chance is of pooled judgments, and so is the agreement that it is held against. */
function withKappas({ tieDiscounted, exact, nonTie, ...counts }: Measures): Measures {
  const told = (measure: Measures["exact"]) => {
    const { micro, chance } = measure;
    const kappa = "value" in micro ? kappaOf(micro.value, chance) : null;
    return { ...measure, kappa: typeof kappa === "number" ? kappa : null };
  };
  return { ...counts, tieDiscounted: told(tieDiscounted), exact: told(exact), nonTie: told(nonTie) };
}

/** Agreement within a side, where both are the same, or between two. */
function measuresOf(
  { compared: { prompts }, draws }: ComparedStudy,
  sides: readonly [SideOfStudy, SideOfStudy],
): Measures {
  const [one, other] = sides;
  const refused = whyNoPairs(sides);
  const nobody = { comparison: new Int32Array(), counts: new Int32Array(), categories: 3 };
  const [a, b] = refused.always === null ? [one.counts, other.counts] : [nobody, nobody];
  const paired = one === other ? pairsWithin(a, prompts) : pairsBetween(a, b, prompts);
  const made = agreementMeasures(paired, { draws, noPairs: refused.always ?? refused.else });
  const told = ({ macro, micro, chance }: Measure, n: number) => ({
    macro: withCount(macro, n),
    micro: withCount(micro, n),
    chance,
  });
  return {
    comparisons: made.comparisons,
    ratingPairs: made.pairs,
    tieDiscounted: told(made.tieDiscounted, made.pairs),
    exact: told(made.exact, made.pairs),
    nonTie: told(made.nonTie, made.decisivePairs),
  };
}

/** Why nothing can be compared, whatever was judged; and why not, where there turns out to be no pair. */
function whyNoPairs([one, other]: readonly [SideOfStudy, SideOfStudy]): {
  always: string | null;
  else: string;
} {
  const isWithin = one === other;
  if (one.isReconstructed || other.isReconstructed)
    return { always: NOT_IN_PERCENTAGES.sameComparison, else: NOT_IN_PERCENTAGES.sameComparison };
  const empty = [one, other].find(({ annotators }) => annotators === 0);
  if (empty) return { always: null, else: empty.hasUnnamed ? REASONS.notNamed : REASONS.noJudgments };
  if (isWithin && one.annotators === 1) return { always: null, else: REASONS.oneAnnotator };
  const none = isWithin ? REASONS.noPairedJudgments : REASONS.noneByBothGroups;
  return { always: null, else: none };
}
