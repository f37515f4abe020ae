import { isolated } from "../../../server/charts/isolate.ts";
import { agreement } from "./results-agreement.ts";
import { annotators } from "./results-annotators.ts";
import { counted, decimal, list, percent, pSays, pValue, signed } from "./results-numbers.ts";

const seconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)}\u00A0s`;
const whole = (value: number): string => value.toFixed(0);
const count = (value: number): string => value.toLocaleString("en-US");

/** The words of the further blocks. */
export const blocks = {
  ...{ decimal, percent, pValue, signed, seconds, whole, count },
  percentEnd,
  system: "System",
  against: "Against",
  group: "Group",
  judgments: "Judgments",
  prompts: "Prompts",
  comparisons: "Comparisons",
  ofAllPeople: "All people of the study together; models are not among them.",
  each: (part: string, whole: string) => `${part}\u2009/\u2009${whole}`,

  tests: {
    means:
      "p is how often so uneven a result would come by chance if the two systems were an even match. Where several " +
      "baselines are tested, some p is small by luck alone: Holm’s correction makes up for that. Below .05 is commonly " +
      "called significant.",
    statuses: {
      confirmatory: (test: string) =>
        `The ${test} was declared beforehand and is complete; the others are exploratory.`,
      interim: (test: string) =>
        `The ${test} was declared beforehand, and the study is not complete: interim figures. The others are exploratory.`,
      exploratory: () => "No test was declared beforehand: all of this is exploratory.",
    },
    caption: "Tests of each pair, and other ways to look at it",
    p: "p",
    permutation: "Permutation test",
    sign: "Sign test",
    t: "t test",
    these: "Half-tie rate, by these annotators",
    likeThese: "Half-tie rate, by annotators like these",
    holm: "after Holm",
    side: "Side-adjusted half-tie rate",
    net: "Net preference",
    equalOrBetter: "Equal or better",
    guide:
      "The permutation test swaps the winner of whole prompts at random; the sign test counts prompts by the majority of " +
      "their judgments. Both speak of other prompts judged by these very annotators; the t test speaks of annotators like " +
      "these, too. Each has its own interval, of the declared half-tie rate. Side-adjusted: the mean of the half-tie rate where the system stood left and where it stood right. " +
      "Net preference: wins less losses, from −1 to 1. Equal or better: share of judgments that are a win or a tie.",
  },

  ranking: {
    means:
      "One strength for each system, from all pairs at once (Bradley–Terry, a tie being half a win), on the scale of Elo " +
      "ratings: the average is 1000, and 100 points more means to be preferred in about 64 of 100 decisions. Lines are " +
      "95 % intervals.",
    figure: "Strength of each system with its 95 % interval",
    heading: "score and 95 % interval",
    nothing: "No system can be ranked.",
    caption: "Ranking (Bradley–Terry)",
    davidson: "Ranking with ties in the model (Davidson)",
    davidsonMeans: (nu: number) =>
      `Here ties have a likelihood of their own: between equal systems ${percent(nu / (2 + nu))} of judgments.`,
    rank: "Rank",
    range: "Range",
    score: "Score",
    strength: "Log strength",
    rankMeans:
      "Rank: the place by strength, systems above the ranked ones counted. Range: the places that the 95 % intervals leave " +
      "open, each interval taken by itself; systems whose ranges overlap may well stand the other way round.",
    from: (low: number, high: number) => (low === high ? String(low) : `${String(low)}–${String(high)}`),
    probabilities: "How likely the system of a row is preferred to that of a column",
    outside: "Not on the scale: how far these stand from the ranked systems cannot be said.",
    outsideSays: (names: readonly string[], says: string) => `${list(names.map(isolated))}: ${says}.`,
    misfit: (p: number) =>
      `One strength for each system does not fit these pairs (${pSays(p)}), so the order hides something.`,
    noMisfit: (p: number) =>
      `No pair was found to depart from the strengths (${pSays(p)}); a small departure may go unseen.`,
    noFitTest: (reason: string) => `Whether one strength for each system fits cannot be tested: ${reason}.`,
    gap: (first: string, second: string, shares: { observed: number; expected: number }) =>
      `Widest gap: ${isolated(first)} against ${isolated(second)}, observed ${decimal(shares.observed)}, ` +
      `expected ${decimal(shares.expected)}.`,
    circles: (circles: readonly (readonly string[])[]) =>
      `Preferences that run in a circle: ${circles.map((one) => [...one, one[0]!].map(isolated).join(" over ")).join("; ")}.`,
    says: (name: string, score: string) => `${isolated(name)}: ${score}.`,
  },

  agreement,
  annotators,

  position: {
    means:
      "Whether judgments lean to one side of the screen. Sides are drawn by lot, so a lean costs precision but favours no system.",
    says: (rate: number, decisive: number, ends: string, p: number) =>
      `People chose the answer on the left in ${percent(rate, 1)} of ${counted(decisive, "decisive judgment")}${ends} ` +
      `(${pSays(p)} as if every judgment stood alone; exploratory).`,
    ends: (low: number, high: number) => `, 95 % interval ${percentEnd(low)} to ${percentEnd(high)}`,
    none: "No judgment that chose a side says which side it was.",
    caption: "Left and right",
    byGroup: "By group",
    byPair: "By pair, all people",
    whose: "Whose",
    left: "Left",
    right: "Right",
    ties: "Ties",
    share: "Left among decisive",
    p: "p",
    guide: "p: exact sign test of left against right, as if every judgment stood alone.",
    unknown: (number: number) =>
      `${counted(number, "judgment")} of files that do not say the side are left out.`,
  },

  effects: {
    means:
      "Longer or more formatted answers are often preferred for their looks. Below: how often the answer with more of it was " +
      "preferred, and what the half-tie rate would be had both answers been equally long. This is a model’s guess beside the raw " +
      "figure, not in its place.",
    caption: "What looks do to the choice",
    feature: "Feature",
    features: { length: "Length", headers: "Headers", lists: "Lists", bold: "Bold" },
    left: "Standing on the left",
    preferred: "The answer with more was preferred",
    coefficient: "Effect, the rest being equal",
    coefficientMeans: "Effect: change of the log odds for one standard deviation more; 0 is none.",
    controlled: "Half-tie rate, raw and at equal length",
    raw: "Raw",
    equalLength: "At equal length",
    ofGroup: (group: string) => `Judgments of the group ${isolated(group)}.`,
    seen: "Prompts seen before",
    seenWhat: "Annotator and prompt",
    seenOn: "Prompt seen before",
    unseenOn: "Prompt new to the annotator",
    difference: "Difference",
    rate: "Half-tie rate",
    seenMeans: (judgments: number) =>
      `${counted(judgments, "judgment")} were made on a prompt of which the annotator had judged a comparison before.`,
  },

  slices: {
    means:
      "The half-tie rate (mean over prompts) on part of the prompts. Many slices are many chances to find something: all of this is exploratory.",
    field: "By",
    pair: "Pair",
    fieldNames: {
      source: "source",
      split: "split",
      language: "language",
      "prompt length": "prompt length",
    } as Record<string, string>,
    figure: (field: string, against: string) =>
      `Half-tie rate by ${isolated(field)}, against ${isolated(against)}`,
    heading: "half-tie rate",
    nothing: "There are no slices.",
    caption: (field: string) => `Half-tie rate by ${isolated(field)}`,
    value: "Slice",
    rate: "Half-tie rate",
    none: "The prompts have no source, split, language or other field to slice by.",
    dot: "A hollow dot has no interval.",
  },

  progress: {
    figure: "Judgments over time",
    one: (judgments: number, day: string) => `All ${counted(judgments, "judgment")} were recorded on ${day}.`,
    none: "No judgment says when it was made.",
    caption: "Judgments by day (UTC)",
    day: "Day",
    total: "Judgments up to and with this day",
    table: "The same as a table",
  },

  aggregation: {
    means:
      "Each comparison counted once, by all judgments of people on it. The majority counts heads; Dawid–Skene weighs annotators by " +
      "how reliable they seem, from the judgments alone.",
    caption: "Comparisons won, tied and lost",
    majority: "Majority",
    dawidSkene: "Dawid–Skene",
    differ: (differs: number, of: number) =>
      `The two differ on ${count(differs)} of ${counted(of, "comparison")}.`,
    notConverged: "Dawid–Skene had not settled when it was stopped: read it with care.",
  },

  exclusions: {
    none: "Nobody’s judgments are left out.",
    means: (annotators: number, judgments: number, rules: string[]) =>
      `${counted(judgments, "judgment")} of ${counted(annotators, "annotator")} are left out of every figure above, by the rule: ${list(rules.map(isolated))}. ` +
      "Here is the half-tie rate with them and without.",
    caption: "With what is left out and without",
    rate: "Half-tie rate",
    before: "With",
    after: "Without",
  },

  skips: {
    none: "No annotator who counts said of a pair that it cannot be judged.",
    extent: (skips: { skipped: number; comparisons: number; annotators: number; neverJudged: number }) =>
      `${counted(skips.annotators, "annotator")} could not judge what they were shown: ${counted(skips.skipped, "time")}, on ${counted(skips.comparisons, "comparison")}. None is in a rate.` +
      (skips.neverJudged > 0
        ? ` Of ${counted(skips.neverJudged, "comparison")} of these there is no judgment at all.`
        : ""),
    systems: "Pairs that could not be judged, by system and reason",
    all: "Not judged",
    means:
      "Each counts as one further judgment here. Whatever those who skipped would have said, the rate lies between the one " +
      "with all as losses and the one with all as wins.",
    bounds: {
      halfTieRate: "Half-tie rate (mean over judgments) between its bounds",
      halfTieRateByPrompt: "Half-tie rate (mean over prompts) between its bounds",
    },
    asJudged: "As judged",
    allLosses: "All as losses",
    allWins: "All as wins",
  },
};

function percentEnd(proportion: number): string {
  return (proportion * 100).toFixed(1);
}
