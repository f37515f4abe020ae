/** The texts of a candidate. `prompt` and `response` are what leaves the build; steps make them of the others. */
export const FIELDS = ["title", "body", "prompt", "response"] as const;
export type Field = (typeof FIELDS)[number];

/** Who wrote one of the texts, as licences want it named; null: the source does not know. */
export interface Author {
  readonly of: "prompt" | "response";
  readonly name: string | null;
  readonly url: string | null;
  readonly licence: string | null;
}

/** What a rule or a source noticed in a candidate that stays. Never the value itself where that is personal. */
interface Flag {
  readonly by: string;
  readonly what: string;
}

interface Change {
  readonly of: Field;
  readonly words: string;
}

/** One text of a source that may become a prompt of the set, with what its licence wants to be kept. */
export interface Candidate {
  /** Unique in its source, and the same in every build. */
  readonly id: string;
  /** What its source is divided into: a site, a subreddit, a category, a task. */
  readonly group: string;
  readonly texts: Readonly<Record<Field, string | null>>;
  /** Votes for the prompt, and for the response; null: the source has none. */
  readonly score: number | null;
  readonly responseScore: number | null;
  readonly isClosed: boolean;
  readonly isAdult: boolean;
  /** What its source says of its content, such as a category of moderation. */
  readonly unsafe: readonly string[];
  /** A code of ISO 639, `UNSURE`, or null: nobody looked. */
  readonly language: string | null;
  readonly difficulty: string | null;
  readonly tags: readonly string[];
  readonly flags: readonly Flag[];
  /** Of the whole, where its texts do not have their own. */
  readonly licence: string | null;
  readonly url: string | null;
  readonly authors: readonly Author[];
  /** What was changed in which of its texts, in words. */
  readonly changes: readonly Change[];
}

/** Of a text whose language cannot be told, as of most short ones. */
export const UNSURE = "unsure";

/** A candidate with nothing but what is given. */
export function candidate(
  given: Pick<Candidate, "id" | "group"> &
    Partial<Omit<Candidate, "texts">> & {
      readonly texts: Partial<Candidate["texts"]>;
    },
): Candidate {
  const { title = null, body = null, prompt = null, response = null } = given.texts;
  // Written out, since millions of objects of one shape are made several times as fast as by spreading defaults.
  return {
    id: given.id,
    group: given.group,
    texts: { title, body, prompt, response },
    score: given.score ?? null,
    responseScore: given.responseScore ?? null,
    isClosed: given.isClosed ?? false,
    isAdult: given.isAdult ?? false,
    unsafe: given.unsafe ?? [],
    language: given.language ?? null,
    difficulty: given.difficulty ?? null,
    tags: given.tags ?? [],
    flags: given.flags ?? [],
    licence: given.licence ?? null,
    url: given.url ?? null,
    authors: given.authors ?? [],
    changes: given.changes ?? [],
  };
}

/** The candidate with what was noticed in it. */
export const flagged = (one: Candidate, by: string, what: readonly string[]): Candidate =>
  what.length === 0 ? one : { ...one, flags: [...one.flags, ...what.map((words) => ({ by, what: words }))] };

/** The candidate with another text in one field. @param words what was done */
export function withText(one: Candidate, field: Field, text: string, words: string): Candidate {
  if (one.texts[field] === text) return one;
  return { ...one, texts: { ...one.texts, [field]: text }, changes: [...one.changes, { of: field, words }] };
}

/** The candidate with one of its texts as its prompt. */
export function withPrompt(one: Candidate, field: "title" | "body"): Candidate {
  const changes = one.changes.flatMap((change): Change[] =>
    change.of === "prompt" ? [] : change.of === field ? [change, { ...change, of: "prompt" }] : [change],
  );
  return { ...one, texts: { ...one.texts, prompt: one.texts[field] }, changes };
}
