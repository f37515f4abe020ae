import { wholeNumber } from "../../../server/report-document/numbers.ts";
import { ALL_PEOPLE, capital } from "../../../server/report-document/words.ts";

/** The words of the results page's own controls; those of the report are in server/report-document. */
export const results = {
  tabTitleAtFirst: "Results – Tiebreak",
  tabTitle: (title: string) => `${title} – results`,
  study: "Study",
  live: "Updates by itself while this page is open.",
  stale: "The server cannot be reached. These are the last figures received; the page keeps trying.",
  loading: "Loading the figures…",

  nothingYet: "Nothing has been judged yet. The figures appear here with the first judgment.",
  allPeople: capital(ALL_PEOPLE),
  showing: "Show",
  everyGroup: "Every group",
  promptParts: {
    legend: "Prompts",
    all: "all",
    choose: "Choose a part…",
    part: "Part of the prompts",
    show: "Show",
    showAll: "Show all prompts",
    none: "No prompt of this study matches.",
    noFields: "The prompts have no fields to filter by.",
  },

  theJudgments: "Read the judgments",
  theJudgmentsOf: ({ against, group }: { against?: string | undefined; group?: string | undefined }) =>
    `Read the judgments against ${against ?? ""}${group === undefined ? "" : ` by ${group}`}`,
  methods: "How these figures are computed",
  methodsOf: (section: string) => `How these figures are computed: ${section}`,

  blockFailed: "These figures could not be loaded.",
  blockStale: "Newer figures could not be loaded; these are the last received.",
  tryAgain: "Try again",
  loadingBlock: "Loading these figures…",
  firstOf: (shown: number, rows: number) => `The first ${wholeNumber(shown)} of ${wholeNumber(rows)} rows.`,
  showAll: (rows: number) => `Show all ${wholeNumber(rows)}`,
  besideAnother: "Compare with another study",
  readingRoom: "Read the comparisons that divide annotators most",
  contents: "On this page",
  frozen: (when: string, number: number) =>
    `Frozen: this is the report as it was on ${when} (snapshot ${String(number)}). Later judgments are not in it.`,
  dataHash: "data hash",
  everyPair: "Every pair in words and numbers",
  footnotes: "How the intervals were computed, and why some are missing",
  scrolls: (title: string) => `${title} (scrolls sideways)`,

  download: "Download",
  downloadFile: (name: string, format: string) => `Download ${name} ${format}`,
  downloadWhole: "Download the whole report",
  downloads: { json: "JSON", csv: "CSV", svg: "SVG", png: "PNG", latex: "LaTeX" },
  saveFailed: "This browser could not make the file.",
  print: "Print",
  forPaper: "For a paper",

  unreachable: "The server cannot be reached right now. This page keeps trying.",
};
