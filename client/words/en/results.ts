import { isolated } from "../../../server/charts/isolate.ts";
import { about } from "./results-about.ts";
import { counted, decimal, list, percent } from "./results-numbers.ts";
import { verdict } from "./results-verdict.ts";

const NOTES: Record<string, string> = {
  method: "Interval",
  "no interval": "No interval",
  "not estimable": "Not estimable",
};

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
    closed:
      "Closed: no answer can be changed. What was handed out before may still come, and exclusions still act.",
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
  promptParts: {
    legend: "Prompts",
    all: "all",
    choose: "Choose a part…",
    part: "Part of the prompts",
    show: "Show",
    showAll: "Show all prompts",
    none: "No prompt of this study belongs to that part.",
  },

  figure: "Win, tie and loss",
  figureSays: (system: string | null) =>
    system === null
      ? "How often each system won, tied and lost against each other one."
      : `How often ${isolated(system)} won, tied and lost against each baseline.`,
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
  theJudgments: "Read the judgments",
  theJudgmentsOn: (against: string) => `Read the judgments against ${against}`,
  /** The parts of a sentence on one pair; names stand between them. */
  sentence: {
    wasPreferredTo: "was preferred to",
    inShare: (share: string, judgments: number) => `in ${share} of ${counted(judgments, "judgment")} by`,
    rest: (tied: string, lost: string) => `, tied in ${tied} and lost in ${lost}`,
    halfTie: (score: string) => `; half-tie rate per judgment ${score}`,
    notYet: "has not been judged against",
    notYetBy: "yet by",
  },
  halfTieMeans:
    "The half-tie rate counts a win as 1, a tie as ½ and a loss as 0: .50 is an even match, 1.00 means always preferred.",

  /** What the sentences may be read as, for all of them. */
  status: {
    confirmatory:
      "The test was declared before judging began, and every planned judgment is there. Where a sentence gives a verdict, its interval and its test speak of the annotators that it names.",
    closed: (judged: number, wanted: number) =>
      "The test was declared before judging began, and the study is closed" +
      (wanted === 0
        ? "."
        : `: ${judged.toLocaleString("en-US")} of ${counted(wanted, "planned judgment")} are there. ` +
          "If it was closed on sight of the figures, p is too small.") +
      " Where a sentence gives a verdict, its interval and its test speak of the annotators that it names.",
    interim: (judged: number, wanted: number) =>
      wanted === 0
        ? "Interim: the study is still open. Who leads can still change, so nothing here is a verdict yet."
        : `Interim: ${judged.toLocaleString("en-US")} of ${counted(wanted, "planned judgment")} are there. ` +
          "Who leads can still change, so nothing here is a verdict yet.",
    exploratory:
      "Exploratory: no test of this was declared before judging began. Read these as hints for a study that declares one, not as verdicts.",
  },
  verdict,
  testNames: { permutationTest: "permutation test", signTest: "sign test", tTest: "t test" },

  about,
  sections: {
    tests: "Tests",
    ranking: "Ranking",
    agreement: "Agreement",
    judges: "Models as annotators",
    byAnnotator: "Annotators",
    position: "Position",
    effects: "Length and formatting",
    slices: "Slices",
    progress: "Progress",
    aggregation: "One label a comparison",
    exclusions: "Exclusions",
    skips: "Could not be judged",
  },
  blockFailed: "These figures could not be fetched.",
  blockStale: "Newer figures could not be fetched: these are the last that arrived.",
  tryAgain: "Try again",
  firstOf: (shown: number, rows: number) =>
    `The first ${shown.toLocaleString("en-US")} of ${rows.toLocaleString("en-US")} rows.`,
  loadingBlock: "Working out these figures…",
  showAll: (rows: number) => `Show all ${rows.toLocaleString("en-US")}`,
  contents: "On this page",
  frozen: (when: string, number: number) =>
    `Frozen: this is the report as it stood on ${when} (snapshot ${String(number)}). What came later is not in it.`,
  dataHash: "data hash",

  tables: "The numbers",
  tablesCaption: "Win, tie and loss, with 95 % intervals",
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
  notEstimableBecause: (reason: string) => `Not estimable: ${reason}.`,
  notEstimableHere: (reason: string) => `not estimable, ${reason}.`,
  list,
  none: "–",
  /** A footnote, from its key: a method, or a reason. */
  note: (key: string) => {
    const colon = key.indexOf(":");
    return `${NOTES[key.slice(0, colon)] ?? ""}: ${key.slice(colon + 1)}`;
  },
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
  downloadWhole: "Download the whole report",
  downloads: { json: "JSON", csv: "CSV", svg: "SVG", png: "PNG", latex: "LaTeX" },
  saveFailed: "This browser could not make the file.",
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
