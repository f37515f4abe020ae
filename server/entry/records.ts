import type { Context } from "../context.ts";
import { requireStudy } from "../studies/store.ts";

/** Rows for a file, the header first. */
type Table = (string | null)[][];

/**
 * What people answered about themselves, by the name that each has in the study: in no other export, report or pack.
 * @throws StudyNotFound
 */
export async function personalAnswersOf(context: Context, study: string): Promise<Table> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const rows = await reader.db
      .selectFrom("personal_answer as p")
      .innerJoin("annotator as a", "a.id", "p.annotator_id")
      .select(["a.external_id as annotator", "p.question", "p.answer", "p.answered_at as at"])
      .where("a.study_id", "=", id)
      .orderBy("a.id")
      .orderBy("p.question")
      .execute();
    const answerOf = (text: string): string => {
      const answer = JSON.parse(text) as string | number | string[] | null;
      return answer === null ? "prefers not to say" : [answer].flat().join("; ");
    };
    const list = rows.map((row) => [row.annotator, row.question, answerOf(row.answer), row.at]);
    return [["annotator", "question", "answer", "answered_at"], ...list];
  });
}

/** Who agreed to which version of the consent or refused it, when, and in which language. @throws StudyNotFound */
export async function consentsOf(context: Context, study: string): Promise<Table> {
  return context.database.read(async (reader) => {
    const { id } = await requireStudy(reader, study);
    const rows = await reader.db
      .selectFrom("entry_passage as p")
      .innerJoin("annotator as a", "a.id", "p.annotator_id")
      .select(["a.external_id as annotator", "p.version", "p.outcome", "p.language", "p.passed_at as at"])
      .where("a.study_id", "=", id)
      .where("p.stage", "=", "consent")
      .orderBy("a.id")
      .orderBy("p.passed_at")
      .execute();
    const list = rows.map((row) => {
      const outcome = row.outcome === "passed" ? "agreed" : "refused";
      return [row.annotator, row.version, outcome, row.language, row.at];
    });
    return [["annotator", "version", "outcome", "language", "at"], ...list];
  });
}
