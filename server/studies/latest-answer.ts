import { type Kysely, sql } from "kysely";
import type { Tables } from "../storage/tables/index.ts";

/**
 * A column of the latest judgment of an assignment, as a part of a query around it; null: it was never judged. An assignment
 * that is skipped now may have been judged before.
 * @param assignment names the assignment's id in that query, such as "a.id"
 */
export const ofLatestJudgment = <Column extends "choice" | "rationale" | "request_key">(
  db: Kysely<Tables>,
  { assignment, column }: { assignment: string; column: Column },
) =>
  db
    .selectFrom("judgment as j")
    .select(`j.${column}`)
    .where("j.assignment_id", "=", sql.ref<number>(assignment))
    .orderBy("j.revision", "desc")
    .limit(sql.lit(1));

/** The same of the latest skip: its reason, comment or the key of its request; null: it was never skipped. */
export const ofLatestSkip = <Column extends "reason" | "comment" | "request_key">(
  db: Kysely<Tables>,
  { assignment, column }: { assignment: string; column: Column },
) =>
  db
    .selectFrom("skip as k")
    .select(`k.${column}`)
    .where("k.assignment_id", "=", sql.ref<number>(assignment))
    .orderBy("k.id", "desc")
    .limit(sql.lit(1));
