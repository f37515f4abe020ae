import { counted, seconds } from "../../../server/report-document/numbers.ts";
import { ALL_PEOPLE } from "../../../server/report-document/words.ts";

/** The words of the judgments behind a figure. */
export const judged = {
  title: "Judgments",
  tabTitle: (study: string) => `${study} – judgments`,
  back: "Back to the results",
  filters: "What is shown",
  allPeople: ALL_PEOPLE,
  allPairs: "all comparisons",
  group: "group",
  and: "and",
  annotator: "annotator",
  prompt: "prompt",
  outcomes: {
    win: (system: string) => `${system} won`,
    tie: () => "ties",
    loss: (system: string) => `${system} lost`,
  },
  outcomesOfAny: { win: "wins", tie: "ties", loss: "losses" },
  remove: (what: string) => `Remove: ${what}`,
  against: "against",
  againstAny: "against any other",
  together: (groups: boolean) => (groups ? "judged by both" : "judged by two or more"),

  fetching: "Loading the judgments…",
  none: "No judgments match.",
  unreachable: "The server cannot be reached.",
  tryAgain: "Try again",
  more: "Show more",
  shown: (comparisons: number) => `${counted(comparisons, "comparison")} shown`,

  turn: (turn: number) => `turn ${String(turn)}`,
  ofTurn: (turn: number) => `turn ${String(turn)}`,
  promptHeading: "Prompt",
  notLoaded: "This text was not loaded.",
  empty: "(empty)",
  showAll: "Show all",
  fold: "Show less",

  judgments: "Judgments",
  prefers: "prefers",
  neither: "neither is significantly better",
  bothBad: "neither: both are bad",
  stoodLeft: "on the left",
  sideUnknown: "side not recorded",
  seconds,
  bothOrders: "judged in both orders:",
  thenSides: "with the sides swapped",
  noneOfTwo: "neither",
  leftOut: (rule: string) => `excluded from figures: ${rule}`,
  rationale: "In the annotator’s own words",
};
