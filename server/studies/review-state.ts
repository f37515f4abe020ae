import { type Expression, type RawBuilder, sql } from "kysely";
import type { Decision, Signal } from "../contract/quality.ts";
import { statement } from "../storage/statement.ts";

/**
 * How the latest look of a person at an annotator's work stands: decided, or open (review_by_annotator); null where there
 * was none.
 */
export const reviewOf = (annotator: Expression<number>): RawBuilder<Decision | "open" | null> =>
  sql`(select coalesce(latest.decision, 'open') from review as latest where latest.annotator_id = ${annotator} order by latest.id desc limit 1)`;

/** What the rule looks at that asked for an annotator's latest review; null: a person did. */
export const selectReviewSignal = statement<{ annotatorId: number }, { signal: Signal | null }>((db, param) =>
  db
    .selectFrom("review as r")
    .leftJoin("rule_trigger as t", "t.id", "r.trigger_id")
    .select("t.signal")
    .where("r.annotator_id", "=", param("annotatorId"))
    .orderBy("r.id", "desc")
    .limit(sql.lit(1)),
);
