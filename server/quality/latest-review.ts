import type { Transaction } from "../storage/database.ts";

/** The latest look at an annotator's work, which is the one in force; undefined: there was none. */
export const latestReview = ({ db }: Transaction, annotatorId: number) =>
  db
    .selectFrom("review")
    .select(["id", "decision"])
    .where("annotator_id", "=", annotatorId)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
