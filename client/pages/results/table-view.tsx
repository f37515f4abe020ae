import { useState } from "preact/hooks";
import { results as words } from "../../words/en/results.ts";
import { cellText } from "./cell-text.ts";
import {
  type About,
  type Cell,
  type Column,
  type DataTable,
  noteKey,
  runsOf,
  tableNotes,
} from "./data-table.ts";
import { SaveButtons, tableFiles } from "./save-buttons.tsx";

/** Rows shown at first: the files have all of them. */
const AT_FIRST = 60;

/** A table with its footnotes and its files. */
export function TableView({ table, study }: { table: DataTable; study: string }) {
  const [all, setAll] = useState(false);
  const shown = all ? table.rows : table.rows.slice(0, AT_FIRST);
  const notes = tableNotes(shown);
  return (
    <div class="table-block">
      <div class="scroller" role="region" aria-label={words.scrolls(table.caption)} tabIndex={0}>
        <table class="numbers">
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th scope="col" class={isNumber(column) ? "number" : undefined} key={column.key}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <Body table={{ ...table, rows: shown }} notes={notes} />
        </table>
      </div>
      {shown.length < table.rows.length && (
        <button type="button" onClick={() => setAll(true)}>
          {words.showAll(table.rows.length)}
        </button>
      )}
      <Notes notes={notes} />
      <SaveButtons study={study} name={table.name} files={tableFiles(table)} />
    </div>
  );
}

const isNumber = ({ kind }: Column): boolean => kind === "number" || kind === "estimate";

function Body({ table: { columns, rows }, notes }: { table: DataTable; notes: Map<string, string> }) {
  return (
    <>
      {runsOf(rows).map((run, i) => (
        <tbody key={i}>
          {run.about !== undefined && (
            <tr class="block">
              <th scope="rowgroup" colSpan={columns.length}>
                <span class="stays">
                  <AboutWords about={run.about} />
                </span>
              </th>
            </tr>
          )}
          {run.rows.map((row, j) => (
            <tr key={j} class={row.tone}>
              {columns.map((column, k) => (
                <CellView
                  key={column.key}
                  column={column}
                  cell={row.cells[k] ?? null}
                  notes={notes}
                  first={k === 0}
                />
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </>
  );
}

function AboutWords({ about }: { about: About }) {
  if (typeof about === "string") return <>{about}</>;
  return (
    <>
      <bdi>{about.system}</bdi> {words.against("")}
      <bdi>{about.against}</bdi>
    </>
  );
}

interface CellProps {
  column: Column;
  cell: Cell;
  notes: Map<string, string>;
  first: boolean;
}

function CellView({ column, cell, notes, first }: CellProps) {
  const { value, interval } = cellText(column, cell);
  const key = noteKey(cell);
  const mark = key !== null && <sup>{notes.get(key)}</sup>;
  const says = column.kind === "name" ? <bdi>{value}</bdi> : value;
  if (first) return <th scope="row">{says}</th>;
  return (
    <td class={isNumber(column) ? "number" : undefined}>
      <span class={key !== null && !value.match(/\d/) ? "quiet" : "value"}>{says}</span>
      {interval === "" ? mark : <Interval ends={interval} mark={mark} />}
    </td>
  );
}

function Interval({ ends, mark }: { ends: string; mark: preact.ComponentChild }) {
  return (
    <span class="interval">
      {ends}
      {mark}
    </span>
  );
}

function Notes({ notes }: { notes: Map<string, string> }) {
  if (notes.size === 0) return null;
  return (
    <dl class="footnotes" aria-label={words.footnotes}>
      {[...notes].map(([key, letter]) => (
        <div key={letter}>
          <dt>{letter}</dt>
          <dd>{words.note(key)}</dd>
        </div>
      ))}
    </dl>
  );
}
