import type { Agreement } from "../../contract/report-agreement.ts";
import { NOT_IN_PERCENTAGES, REASONS } from "../../contract/reasons.ts";
import { type BesideChance, modelAndHuman } from "../../statistics/agreement/model.ts";
import { alternativeAnnotatorTest } from "../../statistics/agreement/alternative-annotator.ts";
import { alternativeVerdict } from "../../statistics/agreement/alternative-verdict.ts";
import { isRefused } from "../../statistics/estimate.ts";
import { seededRandom } from "../../statistics/resampling/random.ts";
import { judgmentsOf, type Side } from "./agreement-sides.ts";
import type { ComparedStudy } from "./agreement-study.ts";
import { constantOf } from "../judges/judge-constant.ts";
import { judgesOf } from "../judges/judge-data.ts";
import { withCount } from "../rows/with-count.ts";

/** How much worse than a person a model may be, since it costs less: experts cost most. */
const EPSILON_OF_CROWD = 0.1;
const EPSILON_OF_AUTHORS = 0.2;

type WithPeople = Required<Agreement["modelAndHuman"][number]>;

/** Each model against all people of the headline, and against each group of people. */
export function modelsAndHumans(study: ComparedStudy): WithPeople[] {
  const { groups, people } = study;
  const against = [
    { name: null, side: people },
    ...groups.filter(({ isModel }) => !isModel).map((side) => ({ name: side.name, side })),
  ];
  const models = groups.filter(({ isModel }) => isModel);
  const judges = judgesOf(study.data);
  return models.flatMap((model) => {
    const own = judges.filter(({ code }) => model.isIn(study.data.annotators[code]!.group));
    const constant = model.isReconstructed ? null : constantOf(study.data, own);
    return against.map(({ name, side }) => ({
      ...{ model: model.name, against: name, constant },
      ...comparedWith(study, { model, people: side }),
    }));
  });
}

function comparedWith(
  { compared, draws }: ComparedStudy,
  { model, people }: { model: Side; people: Side },
): Omit<WithPeople, "model" | "against" | "constant"> {
  const reason = whyNot(model, people);
  if (reason !== null) {
    const why = { notEstimable: reason };
    const refused = { modelHuman: why, chance: null, kappa: why, humanHuman: why, difference: why };
    return { comparisons: 0, ...refused, exact: refused, nonTie: refused };
  }
  const { comparisons, decisivePairs, ...made } = modelAndHuman({
    ...{ model: model.counts, people: people.counts, prompts: compared.prompts, draws },
  });
  return {
    ...{ comparisons, ...besideChance(made.tieDiscounted, comparisons) },
    exact: besideChance(made.exact, comparisons),
    nonTie: besideChance(made.nonTie, decisivePairs),
  };
}

const besideChance = (of: BesideChance, n: number) => ({
  modelHuman: withCount(of.modelHuman, n),
  chance: of.chance,
  kappa: withCount(of.kappa, n),
  humanHuman: withCount(of.humanHuman, n),
  difference: withCount(of.difference, n),
});

function whyNot(model: Side, people: Side): string | null {
  if (model.isReconstructed || people.isReconstructed) return NOT_IN_PERCENTAGES.sameComparison;
  return model.annotators === 0 || people.annotators === 0 ? REASONS.noJudgments : null;
}

/** The alternative-annotator test of each model against the people of the headline; `withPeople`: as modelsAndHumans. */
export function alternativeAnnotators(
  study: ComparedStudy,
  withPeople: readonly WithPeople[],
): Agreement["alternativeAnnotator"] {
  const { compared, people, groups, data } = study;
  const models = groups.filter(({ isModel }) => isModel);
  if (models.length === 0) return [];
  const judgments = {
    ...judgmentsOf(compared, people),
    annotatorCount: data.annotators.length,
  };
  return models.map((side) => {
    const { name: model, counts } = side;
    const reason = whyNot(side, people);
    if (reason !== null) return { model, notEstimable: reason };
    const made = alternativeAnnotatorTest({
      people: judgments,
      counts: people.counts,
      model: counts,
      promptOf: compared.prompts.promptOf,
      epsilonFor: (annotators) => epsilonFor(study, annotators),
      random: seededRandom(`${data.facts.study.seed}\nalternative annotator ${model}`),
    });
    if (isRefused(made)) return { model, ...made };
    const { constant, exact } = withPeople.find((one) => one.model === model && one.against === null)!;
    const read = alternativeVerdict(made, { isConstant: constant !== null, kappa: exact.kappa });
    const { epsilon, annotators, winningRate, advantageProbability, power, tieDiscounted } = made;
    return {
      ...{ model, epsilon, annotators, winningRate, advantageProbability, pValues: [...made.pValues] },
      ...{ passes: read.verdict === "yes", ...read, constant, power, tieDiscounted },
    };
  });
}

/** The stricter one where authors and crowd are tested together. */
function epsilonFor({ data: { annotators, facts } }: ComparedStudy, tested: readonly number[]): number {
  const areAuthors = tested.every((code) => facts.groups[annotators[code]!.group]!.kind === "author");
  return areAuthors ? EPSILON_OF_AUTHORS : EPSILON_OF_CROWD;
}
