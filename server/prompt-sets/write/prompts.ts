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
    ...(candidate.tags.length > 0 && { tags: candidate.tags }),
    ...(licence !== null && { licence }),
    ...(candidate.url !== null && { url: candidate.url }),
  });
}

/**
 * LIMA's own shape: the texts of a conversation in turn, and where it comes from; of a prompt for testing or development, the
 * prompt alone. Null where a prompt for training has no response.
 */
export function conversationLine({ source, split, candidate }: Item): string | null {
  const { prompt, response } = candidate.texts;
  const isTraining = split === "train";
  if (isTraining && response === null) return null;
  const conversations = isTraining ? [prompt, response] : [prompt];
  return JSON.stringify({ conversations, source: source.name });
}

/** Prompts of two sources may have the same id. */
export const idOf = (source: string, id: string): string => `${source}/${id}`;

/** Whoever wrote what a prompt's split holds of it: the response leaves with training prompts alone. */
export const authorsOf = ({ split, candidate }: Item): Item["candidate"]["authors"] =>
  candidate.authors.filter(({ of }) => of === "prompt" || split === "train");

/** The licences of what the set holds of a prompt; null: nobody states one. */
export function licenceOf(item: Item): string | null {
  const own = [...new Set(authorsOf(item).flatMap(({ licence }) => licence ?? []))].sort();
  if (own.length > 0) return own.join(" and ");
  return item.candidate.licence ?? item.source.terms.licence ?? null;
}
