import type { Judge } from "../../contract/report-judges.ts";
import { estimateCell, whole } from "../cells.ts";
import { type Block, heading, paragraph, type Table, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { rowName } from "../report-parts.ts";
import { type TableColumn, tableOf } from "../tables.ts";
import { BEYOND_CHANCE_COLUMNS, BEYOND_CHANCE_GUIDE } from "./agreement-words.ts";
import { firstOf } from "./pairs.ts";
import { judgeName } from "./judge-words.ts";

type Beside = Judge["besidePeople"];
type Slice = Beside["byLength"][number];

const GUIDE =
  "On comparisons that people judged, too. Half-tie rates are means over prompts; the difference sets each judgment of " +
  "people beside the model’s verdict on the same comparison. Agreement: 1 for the same verdict as the plurality of " +
  "people, ½ where one of the two is a tie, 0 for opposite ones.";
const EXAMPLES_MOST = { rows: 10, are: "first in the report" };
const PAIRS_MOST = { rows: 60, are: "pairs with the most comparisons" };

/** A model beside people: pair by pair, by parts of the prompts, by length, and the comparisons on which they are opposed. */
export function besideBlocks(judges: readonly Judge[], target: string | null): Block[] {
  const both = judges.filter(({ besidePeople: { pairs } }) => pairs.length > 0);
  if (both.length === 0)
    return [heading("Beside people"), paragraph("No comparison was judged by people and by a model.")];
  return [
    heading("Beside people"),
    paragraph(`${GUIDE} ${BEYOND_CHANCE_GUIDE}`),
    ...both.flatMap((judge) => {
      const i = judges.indexOf(judge) + 1;
      const of = judgeName(judge, judges);
      const tables = tablesOf(judge.besidePeople, { of, i, target }).map(tableBlock);
      return both.length > 1 ? [heading(`Beside people: ${of}`), ...tables] : tables;
    }),
  ];
}

interface Given {
  readonly of: string;
  readonly i: number;
  readonly target: string | null;
}

function tablesOf(beside: Beside, given: Given): Table[] {
  const { byField, byLength, examples } = beside;
  return [
    pairsTable(beside, given),
    agreementTable(beside, given),
    ...byField.map(({ field, values }, k) =>
      slicesTable(values, { ...given, key: `judges-field-${given.i}-${k + 1}`, by: field }),
    ),
    ...(byLength.length > 0
      ? [
          slicesTable(byLength, {
            ...{ ...given, key: `judges-by-length-${given.i}` },
            by: "how many characters the longer response has more",
          }),
        ]
      : []),
    ...(examples.length > 0 ? [examplesTable(beside, given)] : []),
  ];
}

const pairsTable = ({ pairs }: Beside, { of, i, target }: Given) =>
  tableOf<Beside["pairs"][number]>({
    ...{ key: `judges-pairs-${i}`, caption: "Half-tie rate by the model and by people", of },
    ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target) },
    most: { ...PAIRS_MOST, weight: ({ comparisons }) => comparisons },
    columns: [
      { label: "n", cell: ({ comparisons }) => whole(comparisons) },
      { label: "people", cell: ({ people }) => estimateCell(people) },
      { label: "model", cell: ({ model }) => estimateCell(model) },
      { label: "difference", cell: ({ difference }) => estimateCell(difference) },
    ],
  });

type Agreeing = Pick<Slice, "comparisons" | "agreement" | "beyondChance">;

const AGREEMENT_COLUMNS: readonly TableColumn<Agreeing>[] = [
  { label: "n", cell: ({ comparisons }) => whole(comparisons) },
  { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
  ...BEYOND_CHANCE_COLUMNS,
];

const agreementTable = ({ pairs }: Beside, { of, i, target }: Given) =>
  tableOf<Beside["pairs"][number]>({
    ...{ key: `judges-pairs-agreement-${i}`, caption: "Agreement with the plurality of people", of },
    ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target) },
    ...{ columns: AGREEMENT_COLUMNS, most: { ...PAIRS_MOST, weight: ({ comparisons }) => comparisons } },
  });

const slicesTable = (rows: readonly Slice[], { of, key, by }: Given & { key: string; by: string }) =>
  tableOf<Slice>({
    ...{
      key,
      caption: `Agreement with people by ${by}`,
      of,
      first: "slice",
      rows,
      columns: AGREEMENT_COLUMNS,
    },
    name: ({ value }) => value,
    most: { rows: 30, are: "slices with the most comparisons", weight: ({ comparisons }) => comparisons },
  });

const examplesTable = ({ examples, opposite }: Beside, { of, i, target }: Given) =>
  tableOf<Beside["examples"][number]>({
    ...{ key: `judges-opposite-${i}`, of, first: "prompt", rows: examples, most: EXAMPLES_MOST },
    caption: `Opposite verdicts, ${counted(opposite, "comparison")}`,
    name: ({ prompt, turn }) => (turn > 1 ? `${prompt}, turn ${turn}` : prompt),
    columns: [
      { label: firstOf(target), cell: (one) => ({ text: rowName(one, target) }) },
      { label: "people", cell: ({ people }) => ({ text: people }) },
      { label: "model", cell: ({ model }) => ({ text: model }) },
    ],
  });
