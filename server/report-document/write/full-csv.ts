import { BLOCK_NAMES, type BlockName, type FullPair, type FullReport } from "../../contract/report.ts";
import { CSV_COLUMNS } from "./csv.ts";
import { type CsvCell, csvText } from "./csv-text.ts";
import { TIDY_COLUMNS, tidyRows } from "./tidy.ts";

/** What a CSV file holds: the pairs, one row each; or one block, or all of the report, one row a figure. */
export type CsvPart = "pairs" | "all" | Exclude<BlockName, "tests">;
export const CSV_PARTS: readonly CsvPart[] = [
  "pairs",
  "all",
  ...BLOCK_NAMES.filter((name): name is Exclude<BlockName, "tests"> => name !== "tests"),
];

export interface CsvOptions {
  readonly part?: CsvPart | undefined;
  /** Texts that a spreadsheet would take for formulas get an apostrophe. */
  readonly spreadsheetSafe?: boolean | undefined;
}

/**
 * The report as CSV, numbers in full. `pairs`: one row a pair and group with its rates, intervals and tests, ready
 * for a plot. Any other part in long form, `TIDY_COLUMNS`: one row a figure, what it is about in columns of its own,
 * so that `all` holds every figure of the report, with the reason where one cannot be had.
 */
export function formatFullCsv(
  report: FullReport,
  { part = "pairs", spreadsheetSafe }: CsvOptions = {},
): string {
  const options = { spreadsheetSafe: spreadsheetSafe ?? false };
  if (part !== "pairs") return csvText([TIDY_COLUMNS, ...tidyRows(report, part)], options);
  const header = [...CSV_COLUMNS, ...TEST_COLUMNS].map(({ name }) => name);
  const rows = report.pairs.map((pair) => [
    ...CSV_COLUMNS.map((column) => column.of(pair, report)),
    ...TEST_COLUMNS.map((column) => column.of(pair)),
  ]);
  return csvText([header, ...rows], options);
}

interface TestColumn {
  readonly name: string;
  readonly says: string;
  readonly of: (pair: FullPair) => CsvCell;
}

/** The columns of the pairs beyond those that a reader sees first. @internal */
export const TEST_COLUMNS: readonly TestColumn[] = [
  ...estimate("net_preference", "netPreference", "rate of wins less rate of losses, −1 to 1"),
  ...estimate("equal_or_better", "equalOrBetter", "share of judgments that are a win or a tie"),
  ...estimate("side_adjusted", "sideAdjusted", "mean of the half-tie rate on the left and on the right"),
  ...parts("sign_test", "signTest", {
    ...{ p: "exact sign test on prompts: its p", pHolm: "the same after Holm’s correction" },
    ...{ wins: "prompts with more wins than losses", losses: "prompts with more losses than wins" },
    ...{ ties: "prompts with as many of either", status: "what it may be read as" },
    notEstimable: "why there is none",
  }),
  ...parts("permutation_test", "permutationTest", {
    ...{ p: "sign-flip permutation test on prompts: its p", pHolm: "the same after Holm’s correction" },
    ...{ prompts: "prompts that lean to either side", method: "how it was made" },
    ...{ status: "what it may be read as", notEstimable: "why there is none" },
  }),
  ...parts("t_test", "tTest", {
    ...{ p: "t test of the declared half-tie rate, annotators a sample too: its p" },
    ...{ pHolm: "the same after Holm’s correction", t: "standard errors above one half" },
    ...{ df: "its degrees of freedom", method: "how it was made", status: "what it may be read as" },
    notEstimable: "why there is none",
  }),
  ...ofConclusion("theseAnnotators", "declared half-tie rate, by these annotators"),
  ...ofConclusion("annotatorsLikeThese", "declared half-tie rate, by annotators like these"),
  ...parts("conclusion", "conclusion", {
    ...{ annotators: "annotators of the row", annotatorsAre: "a sample, seen once, or fixed" },
    ...{ verdict: "what the declared test comes to; empty: it is not confirmatory" },
    ...{ reach: "of whom a verdict of preference holds", open: "which interval keeps it open" },
  }),
  ...parts("resampled_by_prompt", "resampledByPrompt", {
    ...{ low: "lower end of the interval by resampling prompts", high: "its upper end" },
    ...{ method: "how it was made", notEstimable: "why there is none" },
  }),
  ...parts("needed", "judgmentsNeeded", {
    ...{ halfWidth: "half-width of the interval wished for", prompts: "prompts that it takes" },
    ...{ judgments: "judgments that it takes", annotators: "annotators that it takes" },
    ...{ limit: "why the annotators at hand are too few", notEstimable: "why that cannot be estimated" },
  }),
];

function estimate(name: string, key: keyof FullPair, says: string): TestColumn[] {
  const [value, ...rest] = parts(name, key, estimateParts(says));
  return [{ ...value!, name }, ...rest];
}

/** One of the two targets. */
function ofConclusion(target: "theseAnnotators" | "annotatorsLikeThese", says: string): TestColumn[] {
  return columnsOf(snake(target), estimateParts(says), ({ conclusion }) => conclusion[target]);
}

function estimateParts(says: string): Readonly<Record<string, string>> {
  return {
    ...{ value: says, low: "lower end of its 95 % interval", high: "upper end of its 95 % interval" },
    ...{ method: "how the interval was made", notEstimable: "why there is none" },
  };
}

function parts(name: string, key: keyof FullPair, says: Readonly<Record<string, string>>): TestColumn[] {
  return columnsOf(name, says, (pair) => pair[key]);
}

function columnsOf(
  name: string,
  says: Readonly<Record<string, string>>,
  of: (pair: FullPair) => unknown,
): TestColumn[] {
  return Object.entries(says).map(([part, text]) => ({
    name: `${name}_${snake(part)}`,
    says: text,
    of: (pair) => (of(pair) as Readonly<Record<string, CsvCell>>)[part] ?? null,
  }));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
