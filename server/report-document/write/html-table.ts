import { escapeXml } from "../../charts/svg.ts";
import type { Cell, Row, Table } from "../document.ts";
import { cellText, wholeNumber } from "../numbers.ts";
import { fullCaption, linesBelow, rowsShown } from "../tables.ts";

/** A table with its caption, what it rests on below it, and the rows that are too many for a page to be opened. */
export function tableHtml(table: Table): string {
  const { key, rows, limit } = table;
  if (rows.length === 0)
    return `<div class="table"><p class="caption">${escapeXml(table.caption)}</p>${notesHtml(linesBelow(table))}</div>`;
  const rest = rows.filter((_, i) => limit !== null && !limit.rows.includes(i));
  const cut = limit === null ? "" : `: the ${limit.rows.length} ${limit.are}, of ${wholeNumber(rows.length)}`;
  const first = gridHtml(table, { rows: rowsShown(table), id: `table-${key}`, caption: table.caption + cut });
  const more =
    rest.length === 0
      ? ""
      : `<details><summary>${wholeNumber(rest.length)} more ${rest.length === 1 ? "row" : "rows"}</summary>` +
        `${gridHtml(table, { rows: rest, id: `table-${key}-rest`, caption: `${table.caption}: the others` })}</details>`;
  return `<div class="table">${first}${notesHtml(linesBelow(table))}${more}</div>`;
}

interface Grid {
  readonly rows: readonly Row[];
  readonly id: string;
  readonly caption: string;
}

/** In a box of its own that scrolls where the page is too narrow. */
function gridHtml(table: Table, { rows, id, caption }: Grid): string {
  const head = table.columns
    .map(({ label, words }) => `<th scope="col"${wordsClass(words)}><bdi>${escapeXml(label)}</bdi></th>`)
    .join("");
  const body = rows
    .map(
      ({ cells, flagged }) =>
        `<tr${flagged ? ' class="flag"' : ""}>${cells.map((cell, i) => cellHtml(cell, i, table.columns[i]!.words)).join("")}</tr>`,
    )
    .join("\n");
  return (
    `<div class="scroll" role="group" aria-label="${escapeXml(fullCaption({ ...table, caption }))}" tabindex="0">` +
    `<table id="${escapeXml(id)}"><caption><span>${escapeXml(caption)}</span></caption>` +
    `<thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
  );
}

const wordsClass = (words: boolean): string => (words ? ' class="words"' : "");

/** The first names its row; count and interval stand back behind their figure. */
function cellHtml(cell: Cell, column: number, words: boolean): string {
  const { value, count, ends } = cellText(cell);
  if (column === 0) return `<th scope="row"><bdi>${escapeXml(value)}</bdi></th>`;
  const back = [count, ends].filter((text) => text !== "").join(" ");
  const rest = back === "" ? "" : ` <span class="interval">${escapeXml(back)}</span>`;
  return `<td${wordsClass(words)}>${escapeXml(value)}${rest}</td>`;
}

const notesHtml = (notes: readonly string[]): string =>
  notes.length === 0
    ? ""
    : `<ul class="methods">${notes.map((note) => `<li>${escapeXml(note)}</li>`).join("")}</ul>`;
