import { BLOCK_NAMES, type BlockName, type FullPair, type FullReport } from "../../contract/report.ts";
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
  { part = "pairs", spreadsheetSafe = false }: CsvOptions = {},
): string {
  if (part !== "pairs") return csvText([TIDY_COLUMNS, ...tidyRows(report, part)], { spreadsheetSafe });
  const header = COLUMNS.flatMap(({ name, fields }) => fields.map((field) => columnOf(name, field)));
  const rows = report.pairs.map((pair) =>
    COLUMNS.flatMap(({ of, fields }) => {
      const thing = of(pair, report) as Readonly<Record<string, CsvCell>>;
      return fields.map((field) => thing[field] ?? null);
    }),
  );
  return csvText([header, ...rows], { spreadsheetSafe });
}

/** Fields of one thing in the JSON of a pair: their columns are called after it. */
interface Columns {
  /** Empty: the fields stand alone. */
  readonly name: string;
  readonly of: (pair: FullPair, report: FullReport) => unknown;
  readonly fields: readonly string[];
}

const INTERVAL = ["low", "high", "method", "notEstimable"] as const;
const ESTIMATE = ["value", ...INTERVAL] as const;
const OUTCOMES = ["win", "tie", "loss"] as const;

/** Whom a pair's two conclusions are about. */
const TARGETS = ["theseAnnotators", "annotatorsLikeThese"] as const;

const COLUMNS: readonly Columns[] = [
  columns("", (_, report) => report, ["study"]),
  columns("", (pair) => pair, ["system", "against", "group", "prompts", "judgments", "bothBad"]),
  ...OUTCOMES.map((outcome) => field(outcome, outcome, ["count", "rate", ...INTERVAL])),
  field("half_tie_rate", "halfTieRate", ESTIMATE),
  field("half_tie_rate_by_prompt", "halfTieRateByPrompt", ESTIMATE),
  ...(["plurality", "signOfSum", "moreThanHalf"] as const).map((rule) =>
    columns(
      `majority_${snake(rule)}`,
      ({ byMajority }): Partial<Record<(typeof OUTCOMES)[number], CsvCell>> =>
        "notEstimable" in byMajority ? {} : byMajority[rule],
      OUTCOMES,
    ),
  ),
  field("majority", "byMajority", ["notEstimable"]),
  columns("", (_, report) => ({ ...report, notes: report.notes.join("\n") }), ["seed", "estimator", "notes"]),
  field("net_preference", "netPreference", ESTIMATE),
  field("equal_or_better", "equalOrBetter", ESTIMATE),
  field("side_adjusted", "sideAdjusted", ESTIMATE),
  field("sign_test", "signTest", ["p", "pHolm", "wins", "losses", "ties", "status", "notEstimable"]),
  field("permutation_test", "permutationTest", ["p", "pHolm", "prompts", "method", "status", "notEstimable"]),
  field("t_test", "tTest", ["p", "pHolm", "t", "df", "method", "status", "notEstimable"]),
  ...TARGETS.map((target) => columns(snake(target), ({ conclusion }) => conclusion[target], ESTIMATE)),
  field("conclusion", "conclusion", [
    ...(["annotators", "annotatorsAre", "target", "test", "verdict"] as const),
    ...(["comparisons", "afterCorrection"] as const),
  ]),
  field("resampled_by_prompt", "resampledByPrompt", INTERVAL),
  field("needed", "judgmentsNeeded", [
    "halfWidth",
    "prompts",
    "judgments",
    "annotators",
    "limit",
    "notEstimable",
  ]),
];

/** The fields of every shape that a thing may have. */
type FieldOf<Thing> = Thing extends unknown ? keyof Thing & string : never;

function columns<Thing>(
  name: string,
  of: (pair: FullPair, report: FullReport) => Thing,
  fields: readonly FieldOf<Thing>[],
): Columns {
  return { name, of, fields };
}

function field<Key extends keyof FullPair>(
  name: string,
  key: Key,
  fields: readonly FieldOf<FullPair[Key]>[],
): Columns {
  return columns(name, (pair): FullPair[Key] => pair[key], fields);
}

/** `p` of `sign_test` is `sign_test_p`; the value of most estimates has the name of the estimate. */
function columnOf(name: string, field: string): string {
  if (name === "") return snake(field);
  return field === "value" && !TARGETS.some((target) => snake(target) === name)
    ? name
    : `${name}_${snake(field)}`;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
