import type { Judges } from "../../contract/report-judges.ts";
import { estimateCell, outcomesCell } from "../cells.ts";
import { type Block, heading, paragraph, tableBlock } from "../document.ts";
import { rowName } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { BEYOND_CHANCE_COLUMNS } from "./agreement-words.ts";
import { firstOf } from "./pairs.ts";

type Jury = Judges["juries"][number];

const ROWS_MOST = { rows: 60, are: "rows first in the report" };

/** Several models of one group as one, and each of them by itself. */
export function juryBlocks(juries: readonly Jury[], target: string | null): Block[] {
  return juries.flatMap((jury, i) => [
    heading(`Jury: ${jury.group}`),
    paragraph(
      `${jury.judges} models, taken as one by what most of them say of a comparison, a draw being a tie; and each by itself.`,
    ),
    ...(jury.pairs.length > 0 ? [tableBlock(pairsTable(jury, { key: `judges-jury-${i + 1}`, target }))] : []),
    tableBlock(othersTable(jury, `judges-jury-others-${i + 1}`)),
  ]);
}

interface Row extends Omit<Jury["pairs"][number]["byJudge"][number], "annotator"> {
  readonly name: string;
}

function rowsOf({ pairs }: Jury, target: string | null): Row[] {
  return pairs.flatMap(({ byJudge, ...pair }) => [
    { ...pair, name: `${rowName(pair, target)}: most of them` },
    ...byJudge.map(({ annotator, ...own }) => ({ ...own, name: `${rowName(pair, target)}: ${annotator}` })),
  ]);
}

const pairsTable = (jury: Jury, { key, target }: { key: string; target: string | null }) =>
  tableOf<Row>({
    ...{ key, caption: "What the jury says, and each judge", of: jury.group, first: firstOf(target) },
    ...{ rows: rowsOf(jury, target), name: ({ name }) => name, most: ROWS_MOST },
    columns: [
      { label: "won / tied / lost", cell: outcomesCell },
      { label: "half-tie rate", cell: ({ halfTieRate }) => estimateCell(halfTieRate) },
    ],
  });

const othersTable = ({ group, withOthers }: Jury, key: string) =>
  tableOf<Jury["withOthers"][number]>({
    ...{ key, caption: "Tie-discounted agreement of a judge with most of the others", of: group },
    ...{ first: "judge", rows: withOthers, name: ({ annotator }) => annotator },
    columns: [
      { label: "agreement", cell: ({ agreement }) => estimateCell(agreement) },
      ...BEYOND_CHANCE_COLUMNS,
    ],
  });
