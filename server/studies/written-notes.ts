import type { Reader } from "../storage/database.ts";

/** A note, or an adjudicated answer in force, with its comparison. */
interface WrittenNote {
  readonly kind: "note" | "adjudicated";
  readonly comparison: number;
  readonly prompt: string;
  readonly turn: number;
  /** The ids of the two systems. */
  readonly low: number;
  readonly high: number;
  /** Of an adjudicated answer: the id of the better system; null: neither is, or a note. */
  readonly better: number | null;
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** What members wrote about the comparisons of a study, by comparison, an answer before the notes. */
export async function writtenNotes({ db }: Reader, studyId: number): Promise<WrittenNote[]> {
  const place = ["c.id as comparison", "p.external_id as prompt", "c.turn"] as const;
  const systems = ["c.low_system_id as low", "c.high_system_id as high"] as const;
  const answers = await db
    .selectFrom("adjudication as w")
    .innerJoin("comparison as c", "c.id", "w.comparison_id")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .select([...place, ...systems, "w.better_system_id as better", "w.reason as text"])
    .select(["w.by_whom as by", "w.decided_at as at"])
    .where("w.study_id", "=", studyId)
    .where("w.withdrawn_at", "is", null)
    .execute();
  const notes = await db
    .selectFrom("comparison_note as w")
    .innerJoin("comparison as c", "c.id", "w.comparison_id")
    .innerJoin("prompt as p", "p.id", "c.prompt_id")
    .select([...place, ...systems, "w.text", "w.by_whom as by", "w.written_at as at"])
    .where("w.study_id", "=", studyId)
    .orderBy("w.id")
    .execute();
  return [
    ...answers.map((row) => ({ kind: "adjudicated" as const, ...row })),
    ...notes.map((row) => ({ kind: "note" as const, better: null, ...row })),
  ].sort((a, b) => a.comparison - b.comparison);
}
