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
}

type Outcome = "win" | "tie" | "loss";
const OUTCOMES: readonly string[] = ["win", "tie", "loss"] satisfies Outcome[];

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
  const { outcome, ...look } = Object.fromEntries(said) as Record<keyof Look, string | undefined>;
  return outcome !== undefined && OUTCOMES.includes(outcome)
    ? { ...look, outcome: outcome as Outcome }
    : { ...look };
}

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
export function queryOf(look: Look, after: number): string {
  const query = new URLSearchParams(Object.entries(look).filter(([, value]) => value !== undefined));
  if (after > 0) query.set("after", String(after));
  return query.toString();
}

/** A link to judgments, for this page as it stands. */
export const lookHref = (look: Look): string => addressOfLook(look, location);
