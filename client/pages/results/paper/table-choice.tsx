import { useState } from "preact/hooks";
import type { Paper } from "../../../../server/contract/paper.ts";
import { words } from "../../../words/results-paper.ts";
import type { PaperSource } from "./fetch-paper.ts";
import { ItemSelect } from "./item-select.tsx";
import { useSaving } from "./use-saving.ts";

/** A table as LaTeX; that of the pairs is chosen at first. */
export function TableChoice({ given, tables }: { given: PaperSource; tables: Paper["tables"] }) {
  const first = tables.find(({ name }) => name === "pairs-1") ?? tables[0];
  const [name, setName] = useState(first?.name ?? "");
  const { fault, save } = useSaving(given);
  return (
    <fieldset>
      <legend>{words.table}</legend>
      {tables.length === 0 ? (
        <p>{words.noTables}</p>
      ) : (
        <>
          <ItemSelect label={words.table} items={tables} chosen={name} choose={setName} />
          <div class="paper-row">
            <button
              type="button"
              aria-label={words.download(name, words.latex)}
              onClick={() => void save(`${name}.tex`, `/tables/${encodeURIComponent(name)}`)}
            >
              {words.latex}
            </button>
          </div>
        </>
      )}
      {fault !== null && <p role="alert">{fault}</p>}
    </fieldset>
  );
}
