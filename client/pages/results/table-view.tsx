import { useState } from "preact/hooks";
import type { Table, TableNote } from "../../../server/report-document/document.ts";
import { fullCaption, linesBelow } from "../../../server/report-document/tables.ts";
import { words } from "../../words/results.ts";
import { CellView } from "./cell-view.tsx";
import { SaveButtons, tableFiles } from "./save-buttons.tsx";
import type { Setting } from "./setting.ts";

/** Rows shown at first: the files have all of them. */
const AT_FIRST = 12;
/** A few rows more are shown at once: a button for them would be no shorter. */
const AT_MOST = 30;

interface Props {
  table: Table;
  setting: Setting;
}

/** A table with its footnotes and its files. Columns without any figure are left out; the reason stands below. */
export function TableView({ table, setting }: Props) {
  const [all, setAll] = useState(false);
  const { length } = table.rows;
  if (length === 0) return <Nothing table={table} />;
  const columns = table.columns
    .map((column, i) => ({ column, i }))
    .filter(({ i }) => i === 0 || hasFigure(table, i));
  const shown = all || length <= AT_MOST ? table.rows : table.rows.slice(0, AT_FIRST);
  const labels = new Set(columns.map(({ column }) => column.label));
  const isShown = ({ columns }: TableNote) => columns.some((label) => labels.has(label));
  const footnotes = table.notes.filter(isShown);
  const letters = new Map(footnotes.map(({ key }, i) => [key, letterOf(i)]));
  return (
    <div class="table-block">
      <div class="scroller" role="region" aria-label={words.scrolls(fullCaption(table))} tabIndex={0}>
        <table class={columns.length > 5 ? "numbers wide" : "numbers"} id={`table-${table.key}`}>
          <caption>
            <span class="stays">{table.caption}</span>
          </caption>
          <thead>
            <tr>
              {columns.map(({ column, i }) => (
                <th key={i} scope="col" class={column.words ? undefined : "number"}>
                  <span class="label">
                    <bdi>{column.label}</bdi>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ cells, flagged }, j) => (
              <tr key={j} class={flagged ? "flag" : undefined}>
                {columns.map(({ column, i }) => (
                  <CellView
                    key={i}
                    {...{ column, letters, hrefOf: setting.hrefOf, cell: cells[i]!, first: i === 0 }}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < length && (
        <p class="more">
          {words.firstOf(shown.length, length)}{" "}
          <button type="button" onClick={() => setAll(true)}>
            {words.showAll(length)}
          </button>
        </p>
      )}
      <Footnotes notes={footnotes} />
      <Reasons
        reasons={table.notes
          .filter((note) => !isShown(note))
          .map(({ columns, text }) => ({ of: columns.join(", "), text }))}
      />
      <SaveButtons study={setting.study} name={table.key} files={tableFiles(table, setting.study)} />
    </div>
  );
}

const hasFigure = ({ rows }: Table, column: number): boolean =>
  rows.some(({ cells }) => (cells[column]?.value ?? "") !== "");

function Nothing({ table }: { table: Table }) {
  return <Reasons reasons={linesBelow(table).map((text) => ({ of: fullCaption(table), text }))} />;
}

function Footnotes({ notes }: { notes: readonly TableNote[] }) {
  if (notes.length === 0) return null;
  return (
    <dl class="footnotes" aria-label={words.footnotes}>
      {notes.map(({ key, text }, i) => (
        <div key={key}>
          <dt>{letterOf(i)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Why there are no figures, for a table or for columns of it. */
function Reasons({ reasons }: { reasons: { of: string; text: string }[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul class="refused">
      {reasons.map(({ of, text }) => (
        <li key={`${of} ${text}`}>
          <strong>{of}</strong>: {text}
        </li>
      ))}
    </ul>
  );
}

/** a, b, … z, aa, … */
function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : "") + String.fromCharCode(97 + (index % 26));
}
