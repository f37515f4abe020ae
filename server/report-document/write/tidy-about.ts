/** What figures can be about: the columns of the long form between a figure's name and its value. */
export const KEYS = [
  ...(["system", "against", "group", "other_group", "model", "annotator", "other_annotator"] as const),
  ...(["field", "slice", "feature", "day"] as const),
] as const;
export type Key = (typeof KEYS)[number];
export type About = Readonly<Partial<Record<Key, string>>>;

/** Fields that name what an item is about, and the columns they go to. */
const NAMING: Readonly<Record<string, Key>> = {
  ...{ system: "system", against: "against", group: "group", name: "group", model: "model" },
  ...{ annotator: "annotator", field: "field", value: "slice", feature: "feature", day: "day" },
};

/** Fields that name two. */
const NAMING_TWO: Readonly<Record<string, readonly [Key, Key]>> = {
  groups: ["group", "other_group"],
  annotators: ["annotator", "other_annotator"],
};

/**
 * What an item of a list is about (null: nothing names it), and the rest of it. Several items can be about one
 * prompt, so that only their number sets them apart.
 */
export function aboutOf(item: Readonly<Record<string, unknown>>): { about: About | null; rest: object } {
  if ("prompt" in item) return { about: null, rest: item };
  const about: Partial<Record<Key, string>> = {};
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    const key = NAMING[name];
    const two = NAMING_TWO[name];
    if (key !== undefined && typeof value === "string") about[key] = value;
    else if (key !== undefined && value === null)
      continue; // all people
    else if (two !== undefined && isTwo(value)) [about[two[0]], about[two[1]]] = value;
    else rest[name] = value;
  }
  return { about: Object.keys(about).length > 0 ? about : null, rest };
}

const isTwo = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "string");
