import type { ReportDocument } from "../../../server/report-document/document.ts";
import { cellText } from "../../../server/report-document/numbers.ts";
import { linesBelow } from "../../../server/report-document/tables.ts";
import { flat } from "../../../server/report-document/write/flat.ts";

/** Where a table of a document has nothing, or a dash, and no line below it with the reason for that column. */
export function withoutReason({ sections }: ReportDocument): string[] {
  return sections.flatMap(({ parts }) =>
    flat(parts, () => true).flatMap((part) => {
      if (part.kind !== "table") return [];
      const { key, columns, rows, notes } = part.table;
      const lines = linesBelow(part.table).join("\n");
      return rows.flatMap(({ cells }) =>
        cells.flatMap(({ ...cell }, i) => {
          const { value, ends } = cellText(cell);
          if (!/^(–|)$/.test(value) && !/(^|→ )–/.test(value) && ends !== "[–]") return [];
          const { label } = columns[i]!;
          const isTold = notes.some(
            (note) => note.columns.includes(label) && note.text !== "" && lines.includes(note.text),
          );
          return cell.note !== undefined && isTold ? [] : [`${key}, ${label}: ${value}`];
        }),
      );
    }),
  );
}
