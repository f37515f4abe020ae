import type { Skips } from "../../contract/report-skips.ts";
import type { Reader } from "../../storage/database.ts";
import { guessesOf } from "../../studies/guesses.ts";
import type { StudyData } from "../rows/study-data.ts";

/** How many annotators who count could tell the systems, as they said; null where nobody said anything. */
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
