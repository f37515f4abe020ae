import type { Reader } from "../storage/database.ts";
import { writtenNotes } from "../studies/written-notes.ts";
import type { Names } from "./names.ts";

/** What members wrote about comparisons, one JSON object a line, without who wrote it. Nothing where there is none. */
export async function noteLines(
  reader: Reader,
  studyId: number,
  { systems }: Pick<Names, "systems">,
): Promise<string[]> {
  const notes = await writtenNotes(reader, studyId);
  return notes.map(({ kind, prompt, turn, low, high, better, text, at }) => {
    const answer = better === null ? null : systems.get(better);
    const row = {
      ...{ prompt_id: prompt, turn, systems: [low, high].map((id) => systems.get(id)), kind },
      ...(kind === "adjudicated" && { better: answer }),
      ...{ text, written_at: at },
    };
    return `${JSON.stringify(row)}\n`;
  });
}
