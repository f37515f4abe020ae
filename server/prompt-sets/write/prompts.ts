import type { Item } from "../build.ts";

/** A prompt as studies load it: one JSON object per line. */
export function promptLine(item: Item): string {
  const { source, split, candidate } = item;
  const licence = licenceOf(item);
  return JSON.stringify({
    prompt_id: idOf(source.name, candidate.id),
    prompt: candidate.texts.prompt,
    source: source.name,
    split,
    group: candidate.group,
    ...(candidate.language !== null && { language: candidate.language }),
    ...(candidate.difficulty !== null && { difficulty: candidate.difficulty }),
    ...(candidate.tags.length > 0 && { tags: candidate.tags }),
    ...(candidate.flags.length > 0 && { flags: candidate.flags.map(({ by, what }) => `${by}: ${what}`) }),
    ...(licence !== null && { licence }),
    ...(candidate.url !== null && { url: candidate.url }),
  });
}

/**
 * LIMA's own shape: the texts of a conversation in turn, and where it comes from; of a prompt for testing or development, the
 * prompt alone. Null where a prompt for training has no response.
 */
export function conversationLine(item: Item): string | null {
  const { source, split, candidate } = item;
  const { prompt, response } = candidate.texts;
  if (isUnanswered(item)) return null;
  const conversations = split === "train" ? [prompt, response] : [prompt];
  return JSON.stringify({ conversations, source: source.name });
}

/** Prompts of two sources may have the same id. */
export const idOf = (source: string, id: string): string => `${source}/${id}`;

/** The licence of a text that has none of its own. */
const wholeLicence = ({ candidate, source }: Item): string | null =>
  candidate.licence ?? source.terms.licence ?? null;

/** Whoever wrote what a prompt's split holds of it, and under which licence: the response leaves with training prompts alone. */
export const authorsOf = (item: Item): Item["candidate"]["authors"] =>
  item.candidate.authors
    .filter(({ of }) => of === "prompt" || item.split === "train")
    .map((author) => ({ ...author, licence: author.licence ?? wholeLicence(item) }));

/** The licences of what the set holds of a prompt; null: nobody states one. */
export function licenceOf(item: Item): string | null {
  const authors = authorsOf(item);
  const all = authors.length === 0 ? [wholeLicence(item)] : authors.map(({ licence }) => licence);
  if (all.every((licence) => licence === null)) return null;
  return [...new Set(all.map((licence) => licence ?? "none stated"))].sort().join(" and ");
}

/** A prompt for training without a response: it is in no conversation. */
export const isUnanswered = ({ split, candidate }: Item): boolean =>
  split === "train" && candidate.texts.response === null;
