/** `1 prompt`, `1,200 prompts`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** 0.53 as `53 %`, or with decimals `53.0 %`. */
const percent = (proportion: number, decimals = 0): string =>
  `${(proportion * 100).toFixed(decimals)}\u00A0%`;

/** 0.635 as `.64`, or with three decimals `.635`; 1 as `1.00`. */
const decimal = (value: number, decimals = 2): string => value.toFixed(decimals).replace(/^0\./, ".");

const list = (names: string[]): string => new Intl.ListFormat("en", { type: "conjunction" }).format(names);

/** The words of the results page. */
export const results = {
  number: (count: number) => count.toLocaleString("en-US"),
  percent,
  inParentheses: (count: number) => `(${count.toLocaleString("en-US")})`,
  decimal,

  tabTitle: (title: string) => `${title} – results`,
  study: "Study",
  states: {
    draft: "Draft: nothing is handed out yet.",
    open: "Open: these figures still move.",
    paused: "Paused.",
    closed: "Closed: these figures are final.",
  },
  live: "Updates by itself while this page is open.",
  stale: "The server cannot be reached. These are the last figures that arrived; the page keeps trying.",
  loading: "Fetching the figures…",
  noteFirst: "Before you read the figures",

  /** What the report is made of, in one line. */
  madeOf: (has: { judgments: number; comparisons: number; prompts: number; annotators: number }) =>
    `${counted(has.judgments, "judgment")} of ${counted(has.comparisons, "comparison")} on ` +
    `${counted(has.prompts, "prompt")} by ${counted(has.annotators, "annotator")}`,
  keptApart: (repeats: number, surplus: number) =>
    `kept, but in no rate: ${list([
      ...(repeats > 0 ? [counted(repeats, "repeat")] : []),
      ...(surplus > 0 ? [counted(surplus, "surplus judgment")] : []),
    ])}`,
  seed: "seed",
  estimator: "estimator",
  nothingYet: "Nothing has been judged yet. The figures appear here with the first judgment.",

  allPeople: "All people",
  people: "people",
  showing: "Show",
  everyGroup: "Every group",

  figure: "Win, tie and loss",
  figureSays: (system: string | null) =>
    system === null
      ? "How often each system won, tied and lost against each other one."
      : `How often ${system} won, tied and lost against each baseline.`,
  figureGuide:
    "Each bar is all judgments of one group. A tie is “neither is significantly better”. The whiskers are 95 % " +
    "intervals: of the wins above the bar, of the losses below it.",
  win: "win",
  tie: "tie",
  loss: "loss",
  interval: "95 % interval (win above, loss below)",
  halfTieRate: "half-tie rate",
  judgments: "judgments",
  noJudgments: "no judgments yet",
  systemAgainst: (system: string) => `${system} against`,
  against: (other: string) => `against ${other}`,

  inWords: "In words",
  /** The parts of a sentence on one pair; names stand between them. */
  sentence: {
    wasPreferredTo: "was preferred to",
    inShare: (share: string, judgments: number) => `in ${share} of ${counted(judgments, "judgment")} by`,
    rest: (tied: string, lost: string) => `, tied in ${tied} and lost in ${lost}`,
    halfTie: (score: string) => `; half-tie rate ${score}`,
    notYet: "has not been judged against",
    notYetBy: "yet by",
  },
  halfTieMeans:
    "The half-tie rate counts a win as 1, a tie as ½ and a loss as 0: .50 is an even match, 1.00 means always preferred.",

  tables: "The numbers",
  group: "Group",
  prompts: "Prompts",
  judgmentsColumn: "Judgments",
  winColumn: "Win",
  tieColumn: "Tie",
  lossColumn: "Loss",
  perJudgment: "Half-tie rate, per judgment",
  perPrompt: "Half-tie rate, mean over prompts",
  bothBad: (count: number) => `${counted(count, "tie")} said that both were bad`,
  notEstimable: "not estimable",
  notEstimableBecause: (reason: string) => `Not estimable: ${reason}`,
  intervalBy: (method: string) => `Interval: ${method}`,
  none: "–",
  footnotes: "How the intervals were made, and why some are missing",
  scrolls: (title: string) => `${title} (scrolls sideways)`,

  majority: "By majority of each comparison",
  majorityMeans:
    "Here each comparison counts once, by what most of its judgments say: comparisons won, tied and lost under three rules.",
  plurality: "Plurality: the most frequent outcome; a draw is a tie",
  signOfSum: "Sign of the sum: more wins than losses is a win",
  moreThanHalf: "More than half: a win or loss needs over half of the judgments",
  rules: { plurality: "Plurality", signOfSum: "Sign of the sum", moreThanHalf: "More than half" },

  download: "Download",
  downloads: { json: "JSON", csv: "CSV", svg: "Figure as SVG" },
  print: "Print",

  errors: {
    title: "Results",
    noLink:
      "This page opens with a share link from a study’s researcher. If you are the researcher, open the study from your desk.",
    linkNotValid: "This link is not valid any more. Ask the person who gave it to you for a new one.",
    signIn:
      "You are not signed in. Run “npx tiebreak owner-link” where the server runs, open the link it prints, and come back.",
    notFound: (study: string) => `There is no study called “${study}”.`,
    unreachable: "The server cannot be reached just now. This page keeps trying by itself.",
    toDesk: "To the desk",
  },
};
