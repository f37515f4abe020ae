/** Where nothing was judged; the pages that write it alone need no other reason. */
export const NO_JUDGMENTS = "no judgments yet";

/**
 * Why a figure cannot be had, in words for the reader of a report. Every reason that stands under `notEstimable` is here,
 * so that one thing is called the same everywhere; they are part of the report's JSON.
 */
export const REASONS = {
  // too little was judged
  noJudgments: NO_JUDGMENTS,
  oneJudgment: "only one judgment",
  onePrompt: "only one prompt",
  oneCluster: "only one cluster",
  oneAnnotator: "only one annotator",
  fewerThan: (n: number, what: "prompts" | "judgments" | "comparisons in common") =>
    `fewer than ${n} ${what}`,
  differsOnFewer: (n: number) => `differs on fewer than ${n} prompts`,
  restsOnFew: "it rests on too few of the prompts for an interval",

  // nothing varies
  sameScore: "every judgment has the same score",
  sameScoreOfEitherKind: "every judgment of either kind has the same score",
  sameScoreOnEitherSide: "on either side every judgment has the same score",
  sameMean: "every prompt has the same mean",
  promptsSayTheSame: "every prompt gives the same result, so how it varies is unknown",
  nothingVariesBetweenClusters: "nothing varies between the clusters of what repeats",
  nothingVariesWithin: "nothing varies between its prompts or its annotators",
  promptsDoNotVary: "what was judged does not vary between prompts",
  allSaySame: "all judgments are the same",
  bothSaySame: "both always choose the same",
  agreementDoesNotVary: "how their agreement varies is unknown",
  sameWay: "every judgment of the pair went the same way",
  sameAnswers: "all answers are the same, so shuffling them changes nothing",
  dealtAlike: "every shuffle of the answers agrees equally, so shuffling them changes nothing",

  // nothing of the kind was judged
  noSharedSystems: "fewer than two systems are ranked in both studies",
  oneKind: "judgments of one kind only",
  oneSide: "shown on one side only",
  noDecisive: "no decisive judgments",
  noDecisiveWithSide: "no decisive judgments whose side is known",
  noDecisiveWithSides: "no decisive judgments whose sides are known",
  noDecisiveThatDiffer: "no decisive judgments of responses that differ in it",
  noDecisiveOfLengths: "no decisive judgments of responses of different lengths",
  noWinsOrLosses: "no wins and no losses",
  noPromptLeans: "no prompt leans to either side",
  noSide: "the side is not known of any judgment",
  noDifference: "no two responses differ in it",
  notToldApart: "cannot be told apart from the systems and what stands before it",
  lengthNotToldApart: "length cannot be told apart from the systems and what stands before it",
  noResponses: "no judgments of responses that were loaded",
  noActiveTime: "no judgment has a recorded duration",
  noTimes: "not every judgment has a time",
  notInOrder: "no judgment on a prompt judged before whose place in time is known",
  noBothOrders: "no comparison was judged in both orders",
  noRepeats: "nothing was asked again as it was",

  // nobody else judged it
  noPairedJudgments: "no comparison has two judgments",
  noPairedToCompare: "no comparison has two judgments to compare",
  noPairedDecisive: "no two judgments of a comparison in which neither is a tie",
  noneByBothGroups: "no comparison that both groups judged",
  noneByModelAndTwo: "no comparison that the model and two people judged",
  noneByAnotherModel: "no comparison was judged by another model of the group",
  noneByPeople: "no comparison was judged by people, too",
  noPeople: "no people judged the same comparisons",
  noPeopleDecided: "no people decided the same comparisons",
  nobodyElse: "nobody else judged the same comparisons",
  nobodyElseOnPairs: "nobody else judged the same pairs of systems",
  fewBesideModel: (annotators: 0 | 1, comparisons: number) =>
    `${annotators === 0 ? "no annotator has" : "only one annotator has"} ${comparisons} comparisons that the model and another person judged too`,
  notASample: "the annotators are no sample of others",
  twoAnnotators: "two annotators are too few to stand for others",
  notNamed: "votes have no name, so nobody knows whose they are",

  // a model that does not fit
  twoSystems: "fewer than two systems",
  fewerSystems: (n: number) => `fewer than ${n} systems ranked by both: so few can have any order by chance`,
  sameStrength: "all systems are equally strong",
  unconnected:
    "some systems never lost to the others, or were never judged against them: how far apart they are is unknown",
  onlyTies: "every judgment is a tie",
  unboundedTies:
    "nothing bounds how likely ties are: one order of the systems explains every win and every tie",
  notConnected: (sets: number) =>
    `no two of the ${sets} systems judged have each been preferred to the other, directly or through others`,
  lopsided: "the judgments are too lopsided for a fit to settle",
  doesNotSettle: "the model does not settle",
  notConverged: (rounds: number) => `not converged after ${rounds} rounds`,
  noDigits: "too few digits are left",
  noCircle: "no systems were compared in a circle, so strengths fit any result",
  noFiniteStrengths: (failed: number, rounds: number) =>
    `no finite strengths in ${failed} of ${rounds} rounds`,
  noMoreThanTerms: "no more judgments than terms in the model",

  annotatorsSeenOnce: "no annotator judged two prompts, so annotators and residual cannot be told apart",
  componentsNotToldApart: "too few prompts and annotators cross to tell their variances apart",

  // which prompts decide
  evenAlready: "the rate is one half already",
  allOnOneSide: "every prompt leans to the same side, so that the rate stays there without any of them",

  // people and a model together
  fewPromptsOfPeople: (n: number) => `fewer than ${n} prompts judged by people`,
  fewOtherPrompts: (n: number) => `fewer than ${n} prompts judged by the model alone`,
  constantModel: "the model gives every prompt the same mean",
  notRandomPart:
    "the model differs between prompts of people and others, so those of people are hardly a random part",
  notAllByModel: "the model did not judge every prompt that people judged",

  // planning
  neverDetected: "even a target that never loses would not be detected with this power",
  oneAnnotatorPlanned: "one annotator is no sample of others",
  fewerAnnotatorsThanJudgments: (judgments: number) =>
    `${judgments} judgments per prompt take as many annotators`,
  correlationsAboveOne: "the two correlations are together above 1",
  belowSixPrompts:
    "fewer than six prompts cannot show a difference: the permutation test never gives p below 0.05",
  tooFewAnnotators: (given: { of: number; most: number; annotators: number }) =>
    `with ${given.of} annotators who differ so much no number of prompts is enough (the power is ${(100 * given.most).toFixed(0)} % at most); ` +
    `it takes ${given.annotators} annotators or more`,
  half: "a rate of one half is no difference",
  beyondTies: (ties: number, most: number) =>
    `with ties as frequent as ${ties} no half-tie rate is beyond ${most}`,

  noLongerTested: "no longer tested: see againstChance and pointedOut",
} as const;

/** What became of judgments of which percentages alone were published. */
export const RECONSTRUCTED = "reconstructed from published percentages";

/** Why a figure of judgments that were reconstructed from percentages cannot be had: what the percentages do not hold. */
export const NOT_IN_PERCENTAGES = {
  prompts: `${RECONSTRUCTED}: how the judgments fell on prompts is not in them`,
  repeats: `${RECONSTRUCTED}: who judged which prompt more than once is not in them`,
  promptOfEach: `${RECONSTRUCTED}: who judged which prompt is not in them`,
  annotatorOfEach: `${RECONSTRUCTED}: who judged what is not in them`,
  sides: `${RECONSTRUCTED}: the sides are not in them`,
  responses: `${RECONSTRUCTED}: which responses were judged is not in them`,
  sameComparison: `${RECONSTRUCTED}: which judgments are about the same comparison is not in them`,
  oneComparison: `${RECONSTRUCTED}: which judgments are of one comparison is not in them`,
} as const;
