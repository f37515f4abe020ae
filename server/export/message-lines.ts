import type { Reader } from "../storage/database.ts";
import type { Names } from "./names.ts";

/** What annotators and the owner wrote to each other, one JSON object a line, under the names of `names`, the oldest first. */
export async function messageLines({ db }: Reader, studyId: number, names: Names): Promise<string[]> {
  const rows = await db
    .selectFrom("annotator as r")
    .innerJoin("message as m", "m.annotator_id", "r.id")
    .select(["r.id as annotatorId", "m.from_owner as fromOwner", "m.text", "m.sent_at as sentAt"])
    .where("r.study_id", "=", studyId)
    .orderBy("m.id")
    .execute();
  return rows.map(({ annotatorId, fromOwner, text, sentAt }) => {
    const annotator = names.annotators.get(annotatorId)?.name;
    const row = { annotator, from: fromOwner === 1 ? "owner" : "annotator", text, sent_at: sentAt };
    return `${JSON.stringify(row)}\n`;
  });
}
