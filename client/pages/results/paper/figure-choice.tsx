import { useState } from "preact/hooks";
import type { Paper } from "../../../../server/contract/paper.ts";
import { words } from "../../../words/results-paper.ts";
import type { PaperSource } from "./fetch-paper.ts";
import { ItemSelect } from "./item-select.tsx";
import { useSaving } from "./use-saving.ts";

const FORMATS = ["pdf", "svg", "png"] as const;
const WIDTHS = ["page", "column"] as const;

/** A figure, how wide it is in print, and its formats. */
export function FigureChoice({ given, figures }: { given: PaperSource; figures: Paper["figures"] }) {
  const [name, setName] = useState(figures[0]?.name ?? "");
  const [width, setWidth] = useState<(typeof WIDTHS)[number]>("page");
  const { fault, save } = useSaving(given);
  if (figures.length === 0) return null;
  return (
    <fieldset>
      <legend>{words.figure}</legend>
      <ItemSelect label={words.figure} items={figures} chosen={name} choose={setName} />
      <div class="paper-row">
        {WIDTHS.map((one) => (
          <label key={one}>
            <input type="radio" name="paper-width" checked={one === width} onChange={() => setWidth(one)} />{" "}
            {words.widths[one]}
          </label>
        ))}
      </div>
      <div class="paper-row">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            aria-label={words.download(name, words.formats[format])}
            onClick={() =>
              void save(`${name}.${format}`, `/figures/${encodeURIComponent(name)}`, { format, width })
            }
          >
            {words.formats[format]}
          </button>
        ))}
      </div>
      {fault !== null && <p role="alert">{fault}</p>}
    </fieldset>
  );
}
