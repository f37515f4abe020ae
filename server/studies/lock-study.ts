import type { Transaction } from "../storage/database.ts";

/** Keeps everybody from joining and judging a study, and files from being loaded into it, until this transaction has ended. */
export async function lockStudy({ db, dialect }: Transaction, studyId: number): Promise<void> {
  await dialect.lockRows(db.selectFrom("study").select("id").where("id", "=", studyId)).execute();
  const annotators = db.selectFrom("annotator").select("id").where("study_id", "=", studyId).orderBy("id");
  await dialect.lockRows(annotators).execute();
}
