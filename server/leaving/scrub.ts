/** What identified some people, and what stands in its place. */
export interface Traces {
  /** Ids at a platform: unmistakable wherever they stand. */
  readonly ids: readonly string[];
  /** The names in loaded files, each with the one that replaces it; names that were made here identify nobody. */
  readonly names: ReadonlyMap<string, string>;
}

const GONE = "[erased]";
/** Shorter ones are words of every text. */
const LEAST = 4;

/** A text of the owner's without the ids and the names of some people. */
export function scrubText(text: string, { ids, names }: Traces): string {
  const without = ids.filter((id) => id.length >= LEAST).reduce((rest, id) => replaced(rest, id, GONE), text);
  const whole = names.get(without);
  if (whole !== undefined) return whole;
  return [...names].reduce(
    (rest, [was, is]) => (was.length < LEAST ? rest : replaced(rest, was, is)),
    without,
  );
}

/** Every text within JSON without them. Names of systems and groups are left alone: see scrubReport. */
export function scrubJson(json: string, given: Traces): string {
  const traces = within(json, given);
  return traces === null ? json : mapped(json, (text) => scrubText(text, traces));
}

/** A kept report without them: names are replaced only where an annotator is named, ids everywhere. */
export function scrubReport(json: string, given: Traces): string {
  const traces = within(json, given);
  if (traces === null) return json;
  const { ids, names } = traces;
  const ofPerson = (text: string) => names.get(text) ?? text;
  return mapped(json, (text, key) =>
    scrubText(key === "annotator" || key === "annotators" ? ofPerson(text) : text, { ids, names: NO_NAMES }),
  );
}

const NO_NAMES: Traces["names"] = new Map();

/** Those of the traces that stand in a JSON text, which is quick to see; null: none of them. */
function within(json: string, { ids, names }: Traces): Traces | null {
  const stands = (text: string) => json.includes(JSON.stringify(text).slice(1, -1));
  const found = { ids: ids.filter(stands), names: new Map([...names].filter(([was]) => stands(was))) };
  return found.ids.length === 0 && found.names.size === 0 ? null : found;
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
