import { isolated } from "../../../server/charts/isolate.ts";
import type { Agreement, BeyondChance, Constant } from "../../../server/contract/report-agreement.ts";
import { counted, decimal, percent } from "./results-numbers.ts";

const count = (value: number): string => value.toLocaleString("en-US");

type AlternativeReason = NonNullable<
  Exclude<Agreement["alternativeAnnotator"][number], { notEstimable: string }>["reason"]
>;

/** What a constant judge does. */
export const CONSTANT: Record<Constant, string> = {
  left: "it takes the answer on the left, whatever it is shown",
  right: "it takes the answer on the right, whatever it is shown",
  tie: "every verdict is a tie",
  win: "every verdict is a win",
  loss: "every verdict is a loss",
};

const value = (of: number | null): string => (of === null ? "–" : decimal(of));

/** The words of what stands beside agreement with a model. */
export const beyondChance = {
  chance: "By chance",
  kappa: "Kappa",
  exact: "Exact",
  exactKappa: "Kappa of exact",
  nonTie: "Neither tie",
  nonTieCount: "Of",
  says: ({ chance, kappa, exact, nonTie }: BeyondChance) =>
    `Chance would give ${value(chance)} (kappa ${value(kappa)}). Exactly the same: ${value(exact.value)}, by chance ` +
    `${value(exact.chance)} (kappa ${value(exact.kappa)}). ` +
    (nonTie.value === null
      ? "On no comparison do both decide."
      : `Where neither says tie: ${value(nonTie.value)} of ${counted(nonTie.n, "comparison")}, by chance ${value(nonTie.chance)}.`),
};

/** The words of agreement. */
export const agreement = {
  means:
    "How alike two judgments of the same comparison are. Tie-discounted agreement, LIMA’s measure: 1 for the same choice, " +
    "½ where one of the two says tie, 0 for opposite ones. Beside it stands what chance alone would give, were everybody to " +
    "choose blindly with their own shares of choices; kappa is what lies beyond that, 0 for chance and 1 for full agreement.",
  matrix: "Tie-discounted agreement between groups",
  matrixMeans: "On the diagonal: within a group. Mean over comparisons.",
  kappaMatrix: "Kappa of tie-discounted agreement between groups",
  overall: "All people: agreement by measure",
  measure: "Measure",
  measures: {
    tieDiscounted: "Tie-discounted (a tie beside a choice: ½)",
    exact: "Exact (the same choice)",
    nonTie: "Where neither says tie",
  },
  macro: "Mean over comparisons",
  micro: "All pairs pooled",
  chance: "By chance",
  coefficients: "All people: agreement beyond chance",
  coefficient: "Coefficient",
  value: "Value",
  what: "What it is",
  names: {
    fleissKappa: "Fleiss’ kappa",
    krippendorffAlpha: "Krippendorff’s alpha",
    krippendorffAlphaOrdinal: "Krippendorff’s alpha, ordinal",
    gwetAc1: "Gwet’s AC1",
  },
  whats: {
    fleissKappa: "0 is chance, 1 is full agreement",
    krippendorffAlpha: "the same, corrected for few judgments",
    krippendorffAlphaOrdinal: "a tie counts as halfway between the choices",
    gwetAc1: "steady where one choice is far more frequent",
  },
  groups: "Every pair of groups",
  first: "Group",
  second: "and group",
  pairs: "Pairs of judgments",
  models: "A model against people, beside people against people",
  model: "Model",
  people: "People",
  allPeople: "all people",
  modelsMeans:
    "On the comparisons that the model and two people or more judged. Half a point for every tie flatters whoever often says " +
    "tie, so look at exact agreement and at decisive judgments, too. The last row of a model counts pairs of judgments.",
  compared: "Comparisons or pairs",
  modelHuman: "Model and people",
  humanHuman: "People and people",
  difference: "Difference",
  kappa: "Kappa",
  constant: (group: string, kind: Constant) => `${isolated(group)} is constant: ${CONSTANT[kind]}.`,
  replaceTitle: "May a model stand in for annotators?",
  replaceMeans:
    "The alternative-annotator test, as published: each annotator is left out in turn. The model wins against one where the share " +
    "of the others who say the same as the model is shown to be as high as the share who say the same as the annotator, less ε " +
    "for the price of people. It passes where it wins against at least half of them. Power: how often a model that is exactly " +
    "as good as these annotators would pass. Scored by tie-discounted agreement the test favours ties: that decides nothing.",
  verdicts: { yes: "Yes.", no: "No.", "cannot tell": "Cannot be told." },
  replaces: (said: {
    reason: AlternativeReason | undefined;
    constant: Constant | null;
    annotators: number;
    rate: number;
    power: number;
    epsilon: number;
  }) => {
    const won = `It wins against ${percent(said.rate)} of ${counted(said.annotators, "annotator")}`;
    switch (said.reason) {
      case "constant":
        return `It is constant${said.constant === null ? "" : `: ${CONSTANT[said.constant]}`}. A constant judge cannot pass.`;
      case "won":
        return `${won}, and its exact agreement with people is beyond chance.`;
      case "lost":
        return `${won}, where a model as good as they are would pass in ${percent(said.power)} of studies.`;
      case "worse":
        return `${won}, and is shown to be worse by more than ${decimal(said.epsilon)} than at least half of them.`;
      case "little power":
        return `${won}, but a model as good as they are would pass in only ${percent(said.power)} of studies like this one.`;
      case "not beyond chance":
        return `${won}, but its exact agreement with people is not shown to be beyond chance, so verdicts made without reading could do as well.`;
      case undefined:
        return `${won}.`;
    }
  },
  replaceTable: "The alternative-annotator test",
  passes: "Passes",
  tested: "Annotators",
  wins: "Wins against",
  advantage: "Advantage probability",
  power: "Power",
  discountedWins: "Wins, tie-discounted",
  discountedAdvantage: "Advantage, tie-discounted",
  annotators: "Pairs of annotators",
  annotator: "Annotator",
  other: "and annotator",
  listed: (listed: number, pairs: number) =>
    listed < pairs ? `The ${count(listed)} of ${counted(pairs, "pair")} that share most comparisons.` : "",
  exact: "Exact",
  tieDiscounted: "Tie-discounted",
  nonTie: "Neither tie",
  cohen: "Cohen’s kappa",
  linear: "Linear kappa",
  kappaMeans:
    "Kappa is agreement beyond chance: 0 is chance, 1 full agreement; linear counts a tie as halfway.",
};
