import type { Judges } from "../../contract/report-judges.ts";
import { estimateCell, outcomesCell } from "../cells.ts";
import { guide, heading, type Part, tablePart } from "../document.ts";
import { firstOf, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { RATE } from "../words.ts";
import { BEYOND_CHANCE_COLUMNS } from "./agreement-words.ts";

type Jury = Judges["juries"][number];

const ROWS_MOST = { rows: 60, are: "rows first in the report" };

/** Several models of one group as one, and each of them by itself. */
export function juryParts(juries: readonly Jury[]): Part[] {
  return juries.flatMap((jury, i) => [
    heading(`Jury: ${jury.group}`),
    guide(
      `${jury.judges} models, taken as one by the majority of their verdicts on a comparison, a draw being a tie; and each by itself.`,
    ),
    ...(jury.pairs.length > 0 ? [tablePart(pairsTable(jury, `judges-jury-${i + 1}`))] : []),
    tablePart(othersTable(jury, `judges-jury-others-${i + 1}`)),
  ]);
}

interface Row extends Omit<Jury["pairs"][number]["byJudge"][number], "annotator"> {
  readonly name: string;
}

function rowsOf({ pairs }: Jury, target: string | null): Row[] {
  return pairs.flatMap(({ byJudge, ...pair }) => [
    { ...pair, name: `${rowName(pair, target)}: majority` },
    ...byJudge.map(({ annotator, ...own }) => ({ ...own, name: `${rowName(pair, target)}: ${annotator}` })),
  ]);
}

function pairsTable(jury: Jury, key: string) {
  const target = targetOf(jury);
  return tableOf<Row>({
    ...{ key, caption: "Verdicts of the jury, and of each judge", of: jury.group, first: firstOf(target) },
    ...{ rows: rowsOf(jury, target), name: ({ name }) => name, most: ROWS_MOST },
    columns: [
      { label: "won / tied / lost", cell: outcomesCell },
      { label: RATE, cell: ({ halfTieRate }) => estimateCell(halfTieRate) },
    ],
  });
}

const othersTable = ({ group, withOthers }: Jury, key: string) =>
  tableOf<Jury["withOthers"][number]>({
    ...{ key, caption: "Tie-discounted agreement of a judge with the majority of the others", of: group },
    ...{ first: "judge", rows: withOthers, name: ({ annotator }) => annotator },
    columns: [
      { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
      ...BEYOND_CHANCE_COLUMNS,
    ],
  });
