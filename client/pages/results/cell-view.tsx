import type { Cell, Column } from "../../../server/report-document/document.ts";
import { cellText } from "../../../server/report-document/numbers.ts";
import { noteKey } from "../../../server/report-document/tables.ts";
import type { HrefOf } from "./setting.ts";

interface Props {
  cell: Cell;
  column: Column;
  /** The letters of the footnotes. */
  letters: ReadonlyMap<string, string>;
  hrefOf: HrefOf;
  /** Whether it names its row. */
  first: boolean;
}

/** One cell: its value, its count, its interval, and the letter of its footnote; what is counted leads to the judgments. */
export function CellView({ cell, column, letters, hrefOf, first }: Props) {
  const { value, count, ends } = cellText(cell);
  const href = hrefOf(cell.to);
  const link = (text: string) => (href === undefined ? text : <a href={href}>{text}</a>);
  const name = column.words ? <bdi>{value}</bdi> : value;
  if (first) return <th scope="row">{href === undefined ? name : <a href={href}>{name}</a>}</th>;
  const mark = cell.note === undefined ? null : <sup>{letters.get(noteKey(cell.note))}</sup>;
  return (
    <td class={column.words ? "text" : "number"}>
      <span class={cell.value === null ? "quiet" : "value"}>{count === "" ? link(value) : name}</span>
      {count !== "" && <span class="count"> {link(count)}</span>}
      {ends === "" ? (
        mark
      ) : (
        <span class="interval">
          {ends}
          {mark}
        </span>
      )}
    </td>
  );
}
