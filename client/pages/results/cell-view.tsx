import { cellText } from "./cell-text.ts";
import { type Cell, type Column, isCounted, isNumber, noteKey } from "./data-table.ts";

export interface CellProps {
  column: Column;
  cell: Cell;
  /** The letters of the footnotes. */
  notes: Map<string, string>;
  /** Whether it names its row. */
  first: boolean;
  /** Where its value leads. */
  href?: string | undefined;
}

/** One cell: its value, its count, which may be a link, its interval, and the letter of its footnote. */
export function CellView({ column, cell, notes, first, href }: CellProps) {
  const { value, count, interval } = cellText(column, cell);
  const key = noteKey(cell);
  const mark = key === null ? null : <sup>{notes.get(key)}</sup>;
  const name = column.kind === "name" ? <bdi>{value}</bdi> : value;
  const says = href === undefined ? name : <a href={href}>{name}</a>;
  if (first) return <th scope="row">{says}</th>;
  return (
    <td class={[isNumber(column) ? "number" : "", column.kind].join(" ").trim()}>
      <span class={key !== null && !/\d/.test(value) ? "quiet" : "value"}>{says}</span>
      {count !== "" && <Count says={count} href={isCounted(cell) ? cell.href : undefined} />}
      {interval === "" ? (
        mark
      ) : (
        <span class="interval">
          {interval}
          {mark}
        </span>
      )}
      {isCounted(cell) && cell.aside !== undefined && <span class="aside">{cell.aside}</span>}
    </td>
  );
}

function Count({ says, href }: { says: string; href: string | undefined }) {
  return <span class="count"> {href === undefined ? says : <a href={href}>{says}</a>}</span>;
}
