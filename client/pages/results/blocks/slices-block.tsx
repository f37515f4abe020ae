import { dotIntervals } from "../../../../server/charts/dot-intervals.ts";
import { isolated } from "../../../../server/charts/isolate.ts";
import type { Slices } from "../../../../server/contract/report-effects.ts";
import { results as words } from "../../../words/en/results.ts";
import { blocks } from "../../../words/en/results-blocks.ts";
import type { BlockProps } from "../block-section.tsx";
import { Chart, type Draw } from "../chart.tsx";
import { cellText } from "../cell-text.ts";
import type { DataTable } from "../data-table.ts";
import { type Leads, leadsFrom } from "../judged/leads.ts";
import { chartFiles, SaveButtons, tableFiles } from "../save-buttons.tsx";
import { TableView } from "../table-view.tsx";
import { partFrom } from "../prompt-part.ts";
import { useChoice } from "../use-choice.ts";
import { countColumn, nameColumn, scoreColumn } from "./columns.ts";

const says = blocks.slices;
type Field = Slices[number];
type Slice = Field["slices"][number];

/** One pair over parts of the prompts: the reader says which pair, and parted by what. */
export function SlicesBlock({ block, report }: BlockProps<"slices">) {
  const [fieldName, chooseField] = useChoice(
    "slices",
    block.map(({ field }) => field),
  );
  const field = block.find((one) => one.field === fieldName);
  const pairs = [...new Set(field?.slices.map(pairKey) ?? [])];
  const [pair, choosePair] = useChoice("sliced", pairs);
  if (field === undefined) return <p>{says.none}</p>;
  const rows = field.slices.filter((slice) => pairKey(slice) === pair);
  return (
    <>
      <p class="means">
        {says.means} {blocks.ofAllPeople}
      </p>
      <p class="choices">
        <Choice
          id="slices-field"
          label={says.field}
          names={block.map((one) => one.field)}
          chosen={fieldName}
          choose={chooseField}
        />
        {pairs.length > 1 && (
          <Choice id="slices-pair" label={says.pair} names={pairs} chosen={pair} choose={choosePair} />
        )}
      </p>
      {field.notSliced === undefined ? (
        <Parts
          field={field.field}
          rows={rows}
          study={report.study}
          leads={partFrom(location.search) ? undefined : leadsFrom(report)}
        />
      ) : (
        <p>{words.notEstimableBecause(field.notSliced)}</p>
      )}
    </>
  );
}

const pairKey = ({ system, against }: Slice): string =>
  `${isolated(system)} ${words.against(isolated(against))}`;

interface ChoiceProps {
  id: string;
  label: string;
  names: string[];
  chosen: string | undefined;
  choose: (next: string) => void;
}

function Choice({ id, label, names, chosen, choose }: ChoiceProps) {
  return (
    <span class="choice">
      <label for={id}>{label}</label>{" "}
      <select id={id} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {says.fieldNames[name] ?? name}
          </option>
        ))}
      </select>
    </span>
  );
}

interface PartsProps {
  field: string;
  rows: Slice[];
  study: string;
  leads: Leads | undefined;
}

function Parts({ field, rows, study, leads }: PartsProps) {
  const draw = slicesDraw(field, rows);
  const table = slicesTable(field, rows, leads);
  return (
    <>
      <Chart draw={draw}>
        {figureSays(field, rows)}. {says.dot}
      </Chart>
      <SaveButtons study={study} name="slices-figure" files={[...chartFiles(draw), ...tableFiles(table)]} />
      <TableView table={table} study={study} saved />
    </>
  );
}

const figureSays = (field: string, rows: Slice[]): string =>
  says.figure(says.fieldNames[field] ?? field, rows[0]?.against ?? words.none);

/** The chart of one pair's slices. */
export function slicesDraw(field: string, slices: Slice[]): Draw {
  const shown = scoreColumn("rate", says.rate);
  const rows = slices.map(({ value: name, halfTieRateByPrompt: rate }) => {
    const { value, interval } = cellText(shown, rate);
    const ends = "low" in rate ? { low: rate.low, high: rate.high } : { low: null, high: null };
    return { name, value: "value" in rate ? rate.value : null, ...ends, says: `${value} ${interval}`.trim() };
  });
  const told = {
    title: figureSays(field, slices),
    description: rows.map((row) => blocks.ranking.says(row.name, row.says)).join(" "),
    heading: says.heading,
    nothing: says.nothing,
    tick: (value: number) => words.decimal(value),
  };
  const axis = { ticks: [0, 0.25, 0.5, 0.75, 1], reference: 0.5 };
  return (width) => dotIntervals(rows, { words: told, width, id: "slices", ...axis });
}

export function slicesTable(field: string, slices: Slice[], leads?: Leads): DataTable {
  return {
    name: "slices",
    caption: says.caption(says.fieldNames[field] ?? field),
    columns: [
      nameColumn("slice", says.value),
      countColumn("prompts", blocks.prompts),
      countColumn("judgments", blocks.judgments),
      scoreColumn("half_tie_rate_by_prompt", says.rate),
    ],
    rows: slices.map(({ system, against, value, prompts, judgments, halfTieRateByPrompt }) => ({
      about: { system, against },
      cells: [value, prompts, judgments, halfTieRateByPrompt],
      ...(leads ? { href: leads({ system, against, field, value }) } : {}),
    })),
  };
}
