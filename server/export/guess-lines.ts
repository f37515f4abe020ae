import type { Reader } from "../storage/database.ts";
import { guessesOf } from "../studies/guesses.ts";
import type { Names } from "./names.ts";

/** Whether annotators could tell the systems, one JSON object a line, under the names of `names`. Nothing where there is none. */
export async function guessLines(reader: Reader, studyId: number, names: Names): Promise<string[]> {
  const guesses = await guessesOf(reader, studyId);
  return guesses.map(({ annotatorId, couldTell, text }) => {
    const annotator = names.annotators.get(annotatorId);
    const row = { annotator: annotator?.name, could_tell: couldTell, text };
    return `${JSON.stringify({ ...row, excluded_by: annotator?.excludedBy ?? null })}\n`;
  });
}
