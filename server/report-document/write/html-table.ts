import { escapeXml } from "../../charts/svg.ts";
import type { Cell, Table } from "../document.ts";
import { wholeNumber } from "../numbers.ts";
import { fullCaption, nothingIn, rowsShown } from "../tables.ts";

/** A table with its caption, what it rests on below it, and the rows that are too many for a page to be opened. */
export function tableHtml(table: Table): string {
  const { key, rows, notes, limit } = table;
  if (rows.length === 0)
    return `<div class="table"><p class="caption">${escapeXml(table.caption)}</p>${notesHtml(nothingIn(table))}</div>`;
  const rest = rows.filter((_, i) => limit !== null && !limit.rows.includes(i));
  const cut = limit === null ? "" : `: the ${limit.rows.length} ${limit.are}, of ${wholeNumber(rows.length)}`;
  const first = gridHtml(table, { rows: rowsShown(table), id: `table-${key}`, caption: table.caption + cut });
  const more =
    rest.length === 0
      ? ""
      : `<details><summary>${wholeNumber(rest.length)} more ${rest.length === 1 ? "row" : "rows"}</summary>` +
        `${gridHtml(table, { rows: rest, id: `table-${key}-rest`, caption: `${table.caption}: the others` })}</details>`;
  return `<div class="table">${first}${notesHtml(notes)}${more}</div>`;
}

interface Grid {
  readonly rows: readonly (readonly Cell[])[];
  readonly id: string;
  readonly caption: string;
}

/** In a box of its own that scrolls where the page is too narrow. */
function gridHtml(table: Table, { rows, id, caption }: Grid): string {
  const head = table.columns.map((label) => `<th scope="col"><bdi>${escapeXml(label)}</bdi></th>`).join("");
  const body = rows.map((row) => `<tr>${row.map(cellHtml).join("")}</tr>`).join("\n");
  return (
    `<div class="scroll" role="group" aria-label="${escapeXml(fullCaption({ ...table, caption }))}" tabindex="0">` +
    `<table id="${escapeXml(id)}"><caption><span>${escapeXml(caption)}</span></caption>` +
    `<thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>`
  );
}

/** The first names its row; an interval stands back behind its figure. */
function cellHtml({ text }: Cell, column: number): string {
  if (column === 0) return `<th scope="row"><bdi>${escapeXml(text)}</bdi></th>`;
  return `<td>${escapeXml(text).replace(/\[[^\]]*\]$/, '<span class="interval">$&</span>')}</td>`;
}

const notesHtml = (notes: readonly string[]): string =>
  notes.length === 0
    ? ""
    : `<ul class="methods">${notes.map((note) => `<li>${escapeXml(note)}</li>`).join("")}</ul>`;
