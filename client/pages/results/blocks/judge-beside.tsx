import { dotIntervals } from "../../../../server/charts/dot-intervals.ts";
import { isolated } from "../../../../server/charts/isolate.ts";
import type { Judge } from "../../../../server/contract/report-judges.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import { beyondChance } from "../../../words/en/results-agreement.ts";
import { judges as says } from "../../../words/en/results-judges.ts";
import { cellText } from "../cell-text.ts";
import { Chart, type Draw } from "../chart.tsx";
import type { Leads } from "../judged/leads.ts";
import type { Look } from "../judged/look.ts";
import type { DataTable } from "../data-table.ts";
import { chartFiles, SaveButtons, tableFiles } from "../save-buttons.tsx";
import { TableView } from "../table-view.tsx";
import { BEYOND_CHANCE_COLUMNS, beyondChanceCells } from "./beyond-chance.ts";
import {
  countColumn,
  nameColumn,
  pairCells,
  pairColumns,
  scoreColumn,
  signedColumn,
  textColumn,
} from "./columns.ts";

/** Comparisons that people and the model have judged. */
const TOGETHER = "yes";

type Beside = Judge["besidePeople"];
type Pair = Beside["pairs"][number];

interface Props {
  beside: Beside;
  leads: Leads | undefined;
  /** The judge's group. */
  group: string;
  /** What the judge is called. */
  name: string;
  study: string;
}

/** How far a model's figure and that of people are apart for each pair, and on what they differ. */
export function BesidePeople({ beside, leads, group, name, study }: Props) {
  const { pairs, comparisons, opposite } = beside;
  if (pairs.length === 0) return <p>{says.nobody}</p>;
  const target = targetIn(pairs);
  const draw = besideDraw(pairs, name);
  const both = leads && ((look: Look) => leads({ ...look, also: group }));
  const table = besideTable(pairs, both);
  return (
    <>
      <p class="means">{says.besideMeans}</p>
      <Chart draw={draw}>
        {says.figure(name, target)}. {says.figureGuide(target)}
      </Chart>
      <SaveButtons
        study={study}
        name="model-beside-people-figure"
        files={[...chartFiles(draw), ...tableFiles(table)]}
      />
      <TableView table={table} study={study} saved />
      {comparisons > 0 && (
        <>
          <h4>{says.differ}</h4>
          <p>
            {says.agrees(agreementText(beside), comparisons, opposite)}{" "}
            {beside.beyondChance && beyondChance.says(beside.beyondChance)}
          </p>
          <p class="means">{says.agreementMeans}</p>
          <TableView table={partsTable(beside, both)} study={study} />
          {opposite > 0 && (
            <details>
              <summary>{says.opposite(beside.examples.length, opposite)}</summary>
              <TableView table={oppositeTable(beside, both)} study={study} />
            </details>
          )}
        </>
      )}
    </>
  );
}

function agreementText({ agreement }: Beside): string {
  const { value, interval } = cellText(scoreColumn("agreement", says.agreement), agreement);
  return `${value} ${interval}`.trim();
}

/** The one system that every pair is about, or null. */
function targetIn(pairs: readonly Pair[]): string | null {
  const systems = new Set(pairs.map(({ system }) => system));
  return systems.size === 1 ? (pairs[0]?.system ?? null) : null;
}

/** Axes that are as long to the left of 0 as to the right. */
const REACHES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1];

/** The chart of the differences. */
export function besideDraw(pairs: readonly Pair[], judge: string): Draw {
  const target = targetIn(pairs);
  const shown = signedColumn("difference", says.difference);
  const rows = pairs.map(({ system, against, difference }) => {
    const { value, interval } = cellText(shown, difference);
    const ends =
      "low" in difference ? { low: difference.low, high: difference.high } : { low: null, high: null };
    return {
      ...{
        name: target === null ? `${isolated(system)} ${words.against(isolated(against))}` : against,
        ...ends,
      },
      ...{ value: "value" in difference ? difference.value : null, says: `${value} ${interval}`.trim() },
    };
  });
  const most = Math.max(...rows.map(({ value, low, high }) => Math.max(...[value, low, high].map(size))));
  const reach = REACHES.find((one) => one >= most) ?? 1;
  const told = {
    title: says.figure(judge, target),
    description: rows.map((row) => says.rowSays(row.name, row.says)).join(" "),
    ...{ heading: says.heading, nothing: says.nothing, tick: says.tick },
  };
  const axis = { ticks: [-reach, -reach / 2, 0, reach / 2, reach], reference: 0 };
  return (width) => dotIntervals(rows, { words: told, width, id: "model-beside-people", ...axis });
}

const size = (value: number | null): number => Math.abs(value ?? 0);

export function besideTable(pairs: readonly Pair[], leads?: Leads): DataTable {
  const pair = pairColumns(pairs);
  return {
    name: "model-beside-people",
    caption: says.besideTable,
    columns: [
      ...pair,
      countColumn("comparisons", blocks.comparisons),
      scoreColumn("people", says.people),
      scoreColumn("model", says.model),
      signedColumn("difference", says.difference),
      scoreColumn("agreement", says.agreement),
      ...BEYOND_CHANCE_COLUMNS,
    ],
    rows: pairs.map((one) => ({
      cells: [
        ...pairCells(one, pair),
        ...[one.comparisons, one.people, one.model, one.difference, one.agreement],
        ...beyondChanceCells(one.beyondChance),
      ],
      ...(leads ? { href: leads({ system: one.system, against: one.against, together: TOGETHER }) } : {}),
    })),
  };
}

/** Fields with one value tell nothing of where the two differ. */
export function partsTable({ byField, byLength }: Beside, leads?: Leads): DataTable {
  const fields = byField.filter(({ values }) => values.length > 1);
  const parts = [
    ...fields.flatMap(({ field, values }) =>
      values.map((one) => ({
        ...{ about: says.byField(blocks.slices.fieldNames[field] ?? field), ...one },
        look: { field, value: one.value, together: TOGETHER },
      })),
    ),
    ...byLength.map((one) => ({ about: says.byLength, ...one, look: null })),
  ];
  return {
    name: "model-agreement-parts",
    caption: says.parts,
    columns: [
      nameColumn("part", says.part),
      countColumn("comparisons", blocks.comparisons),
      scoreColumn("agreement", says.agreement),
      ...BEYOND_CHANCE_COLUMNS,
    ],
    rows: parts.map(({ about, value, comparisons, agreement, beyondChance: beyond, look }) => ({
      ...{ about, cells: [value, comparisons, agreement, ...beyondChanceCells(beyond)] },
      ...(leads && look ? { href: leads(look) } : {}),
    })),
  };
}

export function oppositeTable({ examples }: Beside, leads?: Leads): DataTable {
  const pair = pairColumns(examples);
  const severalTurns = examples.some(({ turn }) => turn > 1);
  const turn = { ...countColumn("turn", says.turn) };
  return {
    name: "model-opposite-verdicts",
    caption: says.oppositeCaption,
    columns: [
      nameColumn("prompt", says.prompt),
      ...(severalTurns ? [turn] : []),
      ...pair,
      textColumn("people", says.peopleSaid),
      textColumn("model", says.modelSaid),
    ],
    rows: examples.map((one) => ({
      cells: [
        one.prompt,
        ...(severalTurns ? [one.turn] : []),
        ...pairCells(one, pair),
        ...[words[one.people], words[one.model]],
      ],
      ...(leads ? { href: leads({ prompt: one.prompt, system: one.system, against: one.against }) } : {}),
    })),
  };
}
