import type { Skips } from "../../contract/report-skips.ts";
import type { Reader } from "../../storage/database.ts";
import { guessesOf } from "../../studies/guesses.ts";
import type { StudyData } from "../rows/study-data.ts";

/** How many of the annotators that are not excluded said that they could tell the systems apart; null if nobody answered. */
export async function readGuesses(reader: Reader, data: StudyData): Promise<Skips["guesses"] | null> {
  const excluded = new Set(
    data.annotators.filter(({ excludedBy }) => excludedBy !== null).map(({ id }) => id),
  );
  const counts = { yes: 0, some: 0, no: 0 };
  const guesses = await guessesOf(reader, data.facts.study.id);
  const counting = guesses.filter(({ annotatorId }) => !excluded.has(annotatorId));
  for (const { couldTell } of counting) counts[couldTell]++;
  return counting.length === 0 ? null : counts;
}
