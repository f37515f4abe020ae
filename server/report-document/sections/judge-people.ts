import type { Judge } from "../../contract/report-judges.ts";
import { estimateCell, whole, words } from "../cells.ts";
import { fold, guide, heading, type Lead, paragraph, type Part, type Table, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, rowName, targetOf } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { RATE, RATE_FIRST } from "../words.ts";
import { BEYOND_CHANCE_COLUMNS, BEYOND_CHANCE_GUIDE } from "./agreement-words.ts";
import { togetherParts } from "./judge-together.ts";
import { judgeName } from "./judge-words.ts";

type Beside = Judge["besidePeople"];
type Pair = Beside["pairs"][number];
type Slice = Beside["byLength"][number];

const GUIDE =
  `On comparisons that people judged, too. Each ${RATE} is a mean over prompts; the difference pairs each judgment of people ` +
  "with the model’s verdict on the same comparison, so that easy and hard prompts cancel. Agreement: 1 for the same verdict as " +
  "the plurality of people, ½ where one of the two is a tie, 0 for opposite ones.";
const EXAMPLES_MOST = { rows: 10, are: "first in the report" };
const PAIRS_MOST = {
  ...{ rows: 60, are: "pairs with the most comparisons" },
  weight: ({ comparisons }: Pair) => comparisons,
};

/** Each model and people: pair by pair, by parts of the prompts, by length, and where their verdicts are opposite. */
export function peopleParts(judges: readonly Judge[]): Part[] {
  const both = judges.filter(({ besidePeople: { pairs } }) => pairs.length > 0);
  const title = heading("Models and people");
  if (both.length === 0) return [title, paragraph("No comparison was judged by people and by a model.")];
  return [
    title,
    guide(`${GUIDE} ${BEYOND_CHANCE_GUIDE}`),
    {
      ...{ kind: "choice", name: "model", label: "Model" },
      options: both.map((judge) => {
        const { group } = judge;
        const name = judgeName(judge, judges);
        return {
          name,
          parts: judgeParts(judge, { of: name, i: judges.indexOf(judge) + 1, group }),
        };
      }),
    },
  ];
}

interface Given {
  /** What the judge is called. */
  readonly of: string;
  readonly i: number;
  readonly group: string;
}

function judgeParts({ besidePeople: beside, together = [] }: Judge, given: Given): Part[] {
  const { byField, byLength, examples, opposite, pairs } = beside;
  const slices = [
    // a field with one value does not part the comparisons
    ...byField
      .filter(({ values }) => values.length > 1)
      .map(({ field, values }, k) =>
        sliceTable(values, { ...given, key: `judges-field-${given.i}-${k + 1}`, field, by: field }),
      ),
    ...(byLength.length > 0
      ? [sliceTable(byLength, { ...given, key: `judges-by-length-${given.i}`, by: LONGER })]
      : []),
  ];
  return [
    figure(pairs, given),
    tablePart(pairTable(pairs, given)),
    tablePart(agreementTable(pairs, given)),
    ...togetherParts(together, given),
    ...(slices.length > 0 ? [fold("Agreement with people by part", slices.map(tablePart))] : []),
    ...(examples.length > 0
      ? [fold(counted(opposite, "opposite verdict"), [tablePart(examplesTable(beside, given))])]
      : []),
  ];
}

const LONGER = "how many characters the longer response has more";

/** Axes that are as long to the left of 0 as to the right. */
const REACHES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

function figure(pairs: readonly Pair[], { of, i }: Given): Part {
  const target = targetOf({ pairs });
  const rows = pairs.map((pair) => ({
    ...{ name: rowName(pair, target), cell: estimateCell(pair.difference, "signed") },
  }));
  const most = Math.max(
    ...rows.flatMap(({ cell: { value, ends = [] } }) =>
      [value, ...ends].map((one) => Math.abs(typeof one === "number" ? one : 0)),
    ),
  );
  const reach = REACHES.find((one) => one >= most) ?? 1;
  return {
    kind: "figure",
    figure: {
      ...{ type: "dots", key: `judges-pairs-${i}`, rows, reference: 0 },
      title: `How much more ${of} prefers ${target ?? "the first system of each pair"} than people do`,
      caption: `Difference of the rates, model minus people, with 95 % intervals: right of the dashed line ${of} prefers ${target ?? "the first system"} more than people do.`,
      ...{ heading: "model minus people", ticks: [-reach, -reach / 2, 0, reach / 2, reach] },
    },
  };
}

/** Comparisons of a pair that people and the model judged. */
const both = ({ system, against }: Pick<Pair, "system" | "against">, group: string): Lead => ({
  ...{ system, against, also: group, together: "yes" },
});

const rowsOf = (pairs: readonly Pair[], { of, group }: Given) => ({
  ...{ of, first: firstOf(targetOf({ pairs })), rows: pairs, most: PAIRS_MOST },
  name: (pair: Pair) => rowName(pair, targetOf({ pairs })),
  to: (pair: Pair) => both(pair, group),
});

const pairTable = (pairs: readonly Pair[], given: Given): Table =>
  tableOf<Pair>({
    ...{ key: `judges-pairs-${given.i}`, caption: `${RATE_FIRST} by the model and by people` },
    ...rowsOf(pairs, given),
    columns: [
      { label: "comparisons", cell: ({ comparisons }) => whole(comparisons) },
      { label: "people", cell: ({ people }) => estimateCell(people) },
      { label: "model", cell: ({ model }) => estimateCell(model) },
      { label: "model minus people", cell: ({ difference }) => estimateCell(difference, "signed") },
    ],
  });

type Agreeing = Pick<Slice, "comparisons" | "agreement" | "beyondChance">;

const AGREEMENT_COLUMNS: readonly TableColumn<Agreeing>[] = [
  { label: "n", cell: ({ comparisons }) => whole(comparisons) },
  { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
  ...BEYOND_CHANCE_COLUMNS,
];

const agreementTable = (pairs: readonly Pair[], given: Given): Table =>
  tableOf<Pair>({
    ...{ key: `judges-pairs-agreement-${given.i}`, caption: "Agreement with the plurality of people" },
    ...{ ...rowsOf(pairs, given), columns: AGREEMENT_COLUMNS },
  });

interface SliceGiven extends Given {
  readonly key: string;
  readonly by: string;
  readonly field?: string;
}

const sliceTable = (rows: readonly Slice[], { of, key, by, field, group }: SliceGiven): Table =>
  tableOf<Slice>({
    ...{ key, caption: `Agreement with people by ${by}`, of, first: "part", rows },
    ...{ columns: AGREEMENT_COLUMNS, name: ({ value }) => value },
    to: ({ value }) => (field === undefined ? undefined : { field, value, also: group, together: "yes" }),
    most: { rows: 30, are: "parts with the most comparisons", weight: ({ comparisons }) => comparisons },
  });

function examplesTable({ examples, opposite }: Beside, { of, i, group }: Given): Table {
  const target = targetOf({ pairs: examples });
  return tableOf<Beside["examples"][number]>({
    ...{ key: `judges-opposite-${i}`, of, first: "prompt", rows: examples, most: EXAMPLES_MOST },
    caption: `Opposite verdicts, ${counted(opposite, "comparison")}`,
    name: ({ prompt, turn }) => (turn > 1 ? `${prompt}, turn ${turn}` : prompt),
    to: ({ prompt, system, against }) => ({ prompt, system, against, also: group }),
    columns: [
      { label: firstOf(target), cell: (one) => words(rowName(one, target)), words: true },
      { label: "people", cell: ({ people }) => words(people), words: true },
      { label: "model", cell: ({ model }) => words(model), words: true },
    ],
  });
}
