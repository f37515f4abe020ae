import { useEffect, useRef, useState } from "preact/hooks";
import type { Slices } from "../../../server/contract/report-effects.ts";
import { words } from "../../words/results.ts";
import { addressOfPart, type PromptPart } from "./prompt-part.ts";
import { useBlock } from "./use-block.ts";
import type { BlockShelf } from "./watch-block.ts";

const says = words.promptParts;

/** Which prompts the figures are of: all, or those of one part, which the address keeps. */
export function PromptFilter({ part, shelf }: { part: PromptPart | undefined; shelf: BlockShelf }) {
  const [choosing, setChoosing] = useState(false);
  const { part: slices } = useBlock(shelf, "slices", choosing);
  return (
    <div class="filter prompt-filter">
      <span class="legend">{says.legend}</span>
      <span>{part === undefined ? says.all : <bdi>{nameOf(part)}</bdi>}</span>
      {part !== undefined && <a href={addressOfPart(null, location)}>{says.showAll}</a>}
      {part === undefined && !choosing && (
        <button type="button" class="plain" onClick={() => setChoosing(true)}>
          {says.choose}
        </button>
      )}
      {choosing &&
        (slices === null ? <span role="status">{words.loadingBlock}</span> : <Parts slices={slices} />)}
    </div>
  );
}

const nameOf = ({ field, value }: PromptPart): string => `${field} ${value}`;

function Parts({ slices }: { slices: Slices }) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => select.current?.focus(), []);
  const fields = slices
    .map(({ field, slices: own }) => ({ field, values: [...new Set(own.map(({ value }) => value))] }))
    .filter(({ values }) => values.length > 0);
  if (fields.length === 0) return <span role="status">{says.noFields}</span>;
  const show = (event: Event) => {
    event.preventDefault();
    const [field = "", value = ""] = JSON.parse(select.current?.value ?? "[]") as string[];
    location.assign(addressOfPart({ field, value }, location));
  };
  return (
    <form onSubmit={show}>
      <select ref={select} aria-label={says.part}>
        {fields.map(({ field, values }) => (
          <optgroup key={field} label={field}>
            {values.map((value) => (
              <option key={value} value={JSON.stringify([field, value])}>
                {value}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <button type="submit">{says.show}</button>
    </form>
  );
}
