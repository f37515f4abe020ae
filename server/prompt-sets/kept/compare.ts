import { isDeepStrictEqual } from "node:util";
import { DIFF_EXAMPLES, type PromptSetItem, type VersionsDiff } from "../../contract/prompt-sets.ts";

type Changed = VersionsDiff["added"];
type Kind = "added" | "removed" | "texts" | "responses" | "splits" | "tags" | "other";

/** How much of a text an example shows. */
const EXAMPLE_CHARACTERS = 300;
const shown = (text: string): string => {
  const characters = [...text];
  return characters.length > EXAMPLE_CHARACTERS
    ? `${characters.slice(0, EXAMPLE_CHARACTERS - 1).join("")}…`
    : text;
};
const textIn = ({ turns }: PromptSetItem): string => turns.join("\n\n");

/** What a person would see change in a prompt, by kind. */
const PARTS: readonly { kind: Kind; of: (item: PromptSetItem) => string }[] = [
  { kind: "texts", of: textIn },
  { kind: "responses", of: ({ response }) => response ?? "" },
  { kind: "splits", of: ({ split }) => split },
  { kind: "tags", of: ({ tags }) => [...tags].sort().join(", ") },
];

/** What differs between two versions. A prompt is the same one where it has the same id. */
export function compareItems(
  before: readonly PromptSetItem[],
  after: readonly PromptSetItem[],
): Omit<VersionsDiff, "set" | "from" | "to"> {
  const found = new Map<Kind, Changed>();
  const note = (kind: Kind, id: string, texts: { before: string; after: string }) => {
    const changed = found.get(kind) ?? { prompts: 0, examples: [] };
    changed.prompts++;
    if (changed.examples.length < DIFF_EXAMPLES)
      changed.examples.push({ id, before: shown(texts.before), after: shown(texts.after) });
    found.set(kind, changed);
  };
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Map(after.map((item) => [item.id, item]));
  for (const item of before)
    if (!is.has(item.id)) note("removed", item.id, { before: textIn(item), after: "" });
  let same = 0;
  for (const item of after) {
    const old = was.get(item.id);
    if (!old) note("added", item.id, { before: "", after: textIn(item) });
    else if (isDeepStrictEqual(old, item)) same++;
    else noteParts(old, item, note);
  }
  const of = (kind: Kind): Changed => found.get(kind) ?? { prompts: 0, examples: [] };
  return {
    ...{ same, added: of("added"), removed: of("removed"), texts: of("texts"), responses: of("responses") },
    ...{ splits: of("splits"), tags: of("tags"), other: of("other") },
  };
}

function noteParts(
  old: PromptSetItem,
  item: PromptSetItem,
  note: (kind: Kind, id: string, texts: { before: string; after: string }) => void,
): void {
  for (const { kind, of } of PARTS)
    if (of(old) !== of(item)) note(kind, item.id, { before: of(old), after: of(item) });
  const [before, after] = [restOf(old), restOf(item)];
  if (!isDeepStrictEqual(before, after))
    note("other", item.id, { before: JSON.stringify(before), after: JSON.stringify(after) });
}

const restOf = ({ source, group, licence, url, attribution, fields }: PromptSetItem) => ({
  ...{ source, group, licence, url, attribution },
  ...fields,
});
