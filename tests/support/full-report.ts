import type { FullPair, FullReport, Pair, Report } from "../../server/contract/report.ts";

const NONE = { notEstimable: "not asked of this test" };
const MEASURE = { macro: NONE, micro: NONE, chance: null };
const AGREEMENT = { tieDiscounted: MEASURE, exact: MEASURE, nonTie: MEASURE };

/** What stands beside a pair where a test asks nothing of it. */
const NO_TESTS = {
  ...{ netPreference: NONE, equalOrBetter: NONE, sideAdjusted: NONE },
  signTest: { ...NONE, status: "exploratory" as const },
  permutationTest: { ...NONE, status: "exploratory" as const },
  tTest: { ...NONE, status: "exploratory" as const },
  conclusion: {
    ...{
      annotators: 0,
      annotatorsAre: "a sample" as const,
      theseAnnotators: NONE,
      annotatorsLikeThese: NONE,
    },
    ...{ target: "annotators like these" as const, test: "tTest" as const, estimate: NONE },
    ...{ verdict: null, comparisons: 1, afterCorrection: null },
  },
  ...{ resampledByPrompt: NONE, judgmentsNeeded: NONE },
};

const NO_BLOCKS: Omit<FullReport, keyof Report> = {
  components: [],
  byPrompt: [],
  agreement: {
    overall: {
      ...{ comparisons: 0, ratingPairs: 0, ...AGREEMENT },
      ...{ fleissKappa: NONE, krippendorffAlpha: NONE, krippendorffAlphaOrdinal: NONE, gwetAc1: NONE },
    },
    ...{ betweenGroups: [], modelAndHuman: [], alternativeAnnotator: [], betweenAnnotators: [] },
    betweenAnnotatorsListed: { pairs: 0, listed: 0, cap: 1000 },
  },
  ranking: {
    ...{ judgments: 0, prompts: 0, notComparable: [], outside: [], reason: null },
    ...{ bradleyTerry: NONE, davidson: NONE, pairFit: null },
  },
  position: {
    ...{ left: 0, right: 0, ties: 0, rate: null, p: null, unknownSide: 0 },
    ...{ interval: NONE, byGroup: [], byPair: [] },
  },
  byAnnotator: [],
  aggregation: { pairs: [], dawidSkene: NONE },
  exclusions: { annotators: 0, judgments: 0, rules: [], pairs: [] },
  effects: { style: NONE, styleByGroup: [], seenPrompts: NONE },
  ...{ slices: [], progress: [], judges: { orderRule: "agree", judges: [], juries: [] } },
};

/** The whole report around what a reader sees first: blocks that hold nothing, unless `blocks` says otherwise. */
export function fullReport(first: Report, blocks: Partial<FullReport> = {}): FullReport {
  return { ...first, pairs: first.pairs.map((pair) => fullPair(pair)), ...NO_BLOCKS, ...blocks };
}

/** A pair with its tests: refused, unless `tests` says otherwise. */
function fullPair(pair: Pair, tests: Partial<FullPair> = {}): FullPair {
  return { ...pair, ...NO_TESTS, ...tests };
}
