import type { Agreement } from "../../contract/report-agreement.ts";
import { modelAndHuman } from "../../statistics/agreement-model.ts";
import { alternativeAnnotatorTest } from "../../statistics/alternative-annotator.ts";
import { NO_JUDGMENTS } from "../../statistics/estimate.ts";
import { judgmentsOf, type Side } from "./agreement-sides.ts";
import { type ComparedStudy, REBUILT } from "./agreement-study.ts";
import { withCount } from "./with-count.ts";

/** How much worse than a person a model may be, since it costs less: experts cost most. */
const EPSILON_OF_CROWD = 0.1;
const EPSILON_OF_AUTHORS = 0.2;

/** Each model against all people of the headline, and against each group of people. */
export function modelsAndHumans(study: ComparedStudy): Agreement["modelAndHuman"] {
  const { groups, people } = study;
  const against = [
    { name: null, side: people },
    ...groups.filter(({ isModel }) => !isModel).map((side) => ({ name: side.name, side })),
  ];
  const models = groups.filter(({ isModel }) => isModel);
  return models.flatMap((model) =>
    against.map(({ name, side }) => ({
      model: model.name,
      against: name,
      ...comparedWith(study, { model, people: side }),
    })),
  );
}

function comparedWith(
  { compared, draws }: ComparedStudy,
  { model, people }: { model: Side; people: Side },
): Omit<Agreement["modelAndHuman"][number], "model" | "against"> {
  const reason = whyNot(model, people);
  if (reason !== null) {
    const refused = { notEstimable: reason };
    return { comparisons: 0, modelHuman: refused, humanHuman: refused, difference: refused };
  }
  const { comparisons, ...figures } = modelAndHuman({
    model: model.counts,
    people: people.counts,
    prompts: compared.prompts,
    draws,
  });
  return {
    comparisons,
    modelHuman: withCount(figures.modelHuman, comparisons),
    humanHuman: withCount(figures.humanHuman, comparisons),
    difference: withCount(figures.difference, comparisons),
  };
}

function whyNot(model: Side, people: Side): string | null {
  if (model.isRebuilt || people.isRebuilt) return REBUILT;
  return model.annotators === 0 || people.annotators === 0 ? NO_JUDGMENTS : null;
}

/** The alternative-annotator test of each model against the people of the headline. */
export function alternativeAnnotators(study: ComparedStudy): Agreement["alternativeAnnotator"] {
  const { compared, people, groups, data } = study;
  const models = groups.filter(({ isModel }) => isModel);
  if (models.length === 0) return [];
  const judgments = {
    ...judgmentsOf(compared, people),
    annotatorCount: data.annotators.length,
  };
  return models.map((model) => {
    const reason = whyNot(model, people);
    if (reason !== null) return { model: model.name, notEstimable: reason };
    const made = alternativeAnnotatorTest({
      people: judgments,
      counts: people.counts,
      model: model.counts,
      promptOf: compared.prompts.promptOf,
      epsilonFor: (annotators) => epsilonFor(study, annotators),
    });
    return { model: model.name, ...made };
  });
}

/** The stricter one where authors and crowd are tested together. */
function epsilonFor({ data: { annotators, facts } }: ComparedStudy, tested: readonly number[]): number {
  const areAuthors = tested.every((code) => facts.groups[annotators[code]!.group]!.kind === "author");
  return areAuthors ? EPSILON_OF_AUTHORS : EPSILON_OF_CROWD;
}
