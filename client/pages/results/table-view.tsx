import { useState } from "preact/hooks";
import { results as words } from "../../words/en/results.ts";
import {
  type About,
  type Column,
  type DataTable,
  headingsOver,
  isNumber,
  noteTexts,
  type Row,
  runsOf,
  tableNotes,
} from "./data-table.ts";
import { SaveButtons, tableFiles } from "./save-buttons.tsx";
import { CellView } from "./cell-view.tsx";
import { shownColumns, type ShownTable } from "./shown-columns.ts";

/** Rows shown at first: the files have all of them. */
const AT_FIRST = 12;
/** A few rows more are shown at once: a button for them would be no shorter. */
const AT_MOST = 30;

interface Props {
  table: DataTable;
  study: string;
  /** Whether its files are offered elsewhere, beside the figure that it is the twin of. */
  saved?: boolean;
}

/** A table with its footnotes and its files. What cannot be had in any row is named once, below. */
export function TableView({ table: whole, study, saved = false }: Props) {
  const [all, setAll] = useState(false);
  const { table, hasFigures, refused } = shownColumns(whole);
  const { length } = table.rows;
  const shown = all || length <= AT_MOST ? table.rows : table.rows.slice(0, AT_FIRST);
  const notes = tableNotes(shown);
  return (
    <div class="table-block">
      {hasFigures && <Scroller table={{ ...table, rows: shown }} notes={notes} />}
      {hasFigures && shown.length < length && (
        <p class="more">
          {words.firstOf(shown.length, length)}{" "}
          <button type="button" onClick={() => setAll(true)}>
            {words.showAll(length)}
          </button>
        </p>
      )}
      {hasFigures && <Notes rows={shown} />}
      <Refused table={whole} refused={refused} named={hasFigures} />
      {!saved && hasFigures && <SaveButtons study={study} name={whole.name} files={tableFiles(whole)} />}
    </div>
  );
}

function Scroller({ table, notes }: BodyProps) {
  return (
    <div class="scroller" role="region" aria-label={words.scrolls(table.caption)} tabIndex={0}>
      <table class={table.columns.length > 5 ? "numbers wide" : "numbers"}>
        <caption>
          <span class="stays">{table.caption}</span>
        </caption>
        <Head columns={table.columns} />
        <Body table={table} notes={notes} />
      </table>
    </div>
  );
}

interface RefusedProps {
  table: DataTable;
  refused: ShownTable["refused"];
  /** Whether columns are named: without a table the caption stands for all of them. */
  named: boolean;
}

function Refused({ table, refused, named }: RefusedProps) {
  if (refused.length === 0) return null;
  return (
    <ul class="refused">
      {refused.map(({ labels, reason }) => (
        <li key={reason}>
          <strong>{named ? words.list(labels) : table.caption}</strong>: {words.notEstimableHere(reason)}
        </li>
      ))}
    </ul>
  );
}

function Head({ columns }: { columns: Column[] }) {
  const runs = headingsOver(columns);
  if (runs.every(({ over }) => over === null)) {
    return (
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading key={column.key} column={column} />
          ))}
        </tr>
      </thead>
    );
  }
  return (
    <thead>
      <tr>
        {runs.map((run) =>
          run.over === null ? (
            run.columns.map((column) => <Heading key={column.key} column={column} tall />)
          ) : (
            <th key={run.over} scope="colgroup" colSpan={run.columns.length} class="over">
              {run.over}
            </th>
          ),
        )}
      </tr>
      <tr>
        {runs.map((run) =>
          run.over === null
            ? null
            : run.columns.map((column, i) => <Heading key={column.key} column={column} first={i === 0} />),
        )}
      </tr>
    </thead>
  );
}

function Heading({
  column,
  tall = false,
  first = false,
}: {
  column: Column;
  tall?: boolean;
  first?: boolean;
}) {
  const looks = [isNumber(column) ? "number" : "", first ? "first" : "", tall ? "" : "own"].filter(Boolean);
  return (
    <th scope="col" class={looks.join(" ") || undefined} rowSpan={tall ? 2 : undefined}>
      <span class="label">{column.label}</span>
    </th>
  );
}

interface BodyProps {
  table: DataTable;
  notes: Map<string, string>;
}

function Body({ table: { columns, rows }, notes }: BodyProps) {
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
                  href={k === 0 ? row.href : row.hrefs?.[k]}
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

function Notes({ rows }: { rows: Row[] }) {
  const notes = noteTexts(rows);
  if (notes.length === 0) return null;
  return (
    <dl class="footnotes" aria-label={words.footnotes}>
      {notes.map(({ letter, says }) => (
        <div key={letter}>
          <dt>{letter}</dt>
          <dd>{words.note(says)}</dd>
        </div>
      ))}
    </dl>
  );
}
