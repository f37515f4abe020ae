import type { Paper } from "../../../../server/contract/paper.ts";

interface Props {
  label: string;
  items: Paper["figures"];
  chosen: string;
  choose: (name: string) => void;
}

/** The figures or tables of a report, to choose one. */
export function ItemSelect({ label, items, chosen, choose }: Props) {
  return (
    <label class="paper-item">
      <span>{label}</span>
      <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        {[...new Set(items.map(({ section }) => section))].map((section) => (
          <optgroup key={section} label={section}>
            {items
              .filter((item) => item.section === section)
              .map(({ name, caption }) => (
                <option key={name} value={name}>
                  {firstSentence(caption)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

/** Captions go on to explain; a list has room for what the figure is. */
const firstSentence = (caption: string): string => caption.split(/(?<=\.) /)[0] ?? caption;
