/** What identified somebody, and what stands in its place. */
export interface Traces {
  /** Ids at a platform: unmistakable wherever they stand. */
  readonly ids: readonly string[];
  /** The name in a loaded file, and the one that replaces it; null: the name was made here and identifies nobody. */
  readonly name: { readonly was: string; readonly is: string } | null;
}

const GONE = "[erased]";
/** Shorter ones are words of every text. */
const LEAST = 4;

/** A text of the owner's without the ids and the name of somebody. */
export function scrubText(text: string, { ids, name }: Traces): string {
  const without = ids.filter((id) => id.length >= LEAST).reduce((rest, id) => replaced(rest, id, GONE), text);
  if (name === null) return without;
  if (without === name.was) return name.is;
  return name.was.length < LEAST ? without : replaced(without, name.was, name.is);
}

/** Every text within JSON without them. Names of systems and groups are left alone: see scrubReport. */
export const scrubJson = (json: string, traces: Traces): string =>
  mapped(json, (text) => scrubText(text, traces));

/** A kept report without them: names are replaced only where an annotator is named, ids everywhere. */
export function scrubReport(json: string, { ids, name }: Traces): string {
  const ofPerson = (text: string) => (name !== null && text === name.was ? name.is : text);
  return mapped(json, (text, key) =>
    scrubText(key === "annotator" || key === "annotators" ? ofPerson(text) : text, { ids, name: null }),
  );
}

/** JSON with each of its texts changed; `key` is that of the nearest object around it. */
function mapped(json: string, change: (text: string, key: string) => string): string {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return change(value, key);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  return JSON.stringify(walk(JSON.parse(json), ""));
}

/** Where it stands alone, and not as a part of a longer word. */
function replaced(text: string, what: string, by: string): string {
  const escaped = what.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const alone = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "gu");
  return text.replace(alone, () => by);
}
