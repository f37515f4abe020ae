import type { ReadingMark, ReadingSort } from "../../../../server/contract/judged.ts";
import { addressWith } from "../shown-group.ts";

/** Which judgments a reader looks at: those that meet everything that is said here. */
export interface Look {
  /** With `against`, or alone: compared with any other. */
  system?: string;
  against?: string;
  /** One group alone; not said: all people of the headline. */
  group?: string;
  /** Another group besides, such as a model's. */
  also?: string;
  outcome?: Outcome;
  annotator?: string;
  /** Somebody else who judged the same. */
  alsoAnnotator?: string;
  /** "yes": what two have judged, of both groups or of one. */
  together?: string;
  prompt?: string;
  /** A part of the prompts: a field, and what stands in it. */
  field?: string;
  value?: string;
  /** "yes": judgments of every group, models too. */
  everyone?: string;
  /** Not said: as the comparisons were made. */
  sort?: ReadingSort;
  /** In the prompt or in a response. */
  text?: string;
  /** Only comparisons that are so. */
  mark?: ReadingMark;
}

/** The orders and marks that a reader can choose. */
export const SORTS = [
  ...(["made", "people", "models", "judgments", "length", "seconds", "latest"] as const),
] satisfies ReadingSort[];
export const MARKS = ["flagged", "skipped", "noted", "adjudicated", "open"] satisfies ReadingMark[];

type Outcome = "win" | "tie" | "loss";
export const OUTCOMES = ["win", "tie", "loss"] satisfies Outcome[];

/** Under which names a look stands in the address: `group` is what the page itself shows. */
const NAMES = {
  system: "system",
  against: "against",
  group: "by",
  also: "and",
  outcome: "outcome",
  annotator: "annotator",
  alsoAnnotator: "annotator-too",
  together: "together",
  prompt: "prompt",
  field: "part-of",
  value: "part",
  everyone: "everyone",
  sort: "sort",
  text: "text",
  mark: "only",
} as const satisfies Record<keyof Look, string>;
const FIELDS = Object.keys(NAMES) as (keyof Look)[];
/** Its presence says that judgments are looked at. */
const MARK = "judgments";

/** What the address asks to look at; null: the results themselves. */
export function lookFrom(search: string): Look | null {
  const query = new URLSearchParams(search);
  if (!query.has(MARK)) return null;
  const said = FIELDS.flatMap((field): [keyof Look, string][] => {
    const value = query.get(NAMES[field]);
    return value === null || value === "" ? [] : [[field, value]];
  });
  const look: Look = Object.fromEntries(said);
  for (const [field, known] of Object.entries(CHOICES) as [keyof Look, readonly string[]][])
    if (look[field] !== undefined && !known.includes(look[field])) delete look[field];
  return look;
}

/** What an address can say of these, and nothing else. */
const CHOICES = { outcome: OUTCOMES, sort: SORTS, mark: MARKS, everyone: ["yes"] };

interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** The address of a look; other choices in it stay. @internal */
export const addressOfLook = (look: Look, place: Place): string =>
  addressWith(
    { [MARK]: "", ...Object.fromEntries(FIELDS.map((field) => [NAMES[field], look[field] ?? null])) },
    place,
  );

/** The address of the results without any look. */
export const addressOfResults = (place: Place): string =>
  addressWith(Object.fromEntries([MARK, ...Object.values(NAMES)].map((name) => [name, null])), place);

/** The same, as the server is asked. */
export function queryOf(look: Look, after: string): string {
  const query = new URLSearchParams(Object.entries(look).filter(([, value]) => value !== undefined));
  if (after !== "0") query.set("after", after);
  return query.toString();
}

/** How the reading room opens: what divides people first, with the judgments of all groups. */
export const READING_ROOM: Look = { sort: "people", everyone: "yes" };

/** A link to judgments, for this page as it stands. */
export const lookHref = (look: Look): string => addressOfLook(look, location);
