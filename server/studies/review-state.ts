import { type Expression, type RawBuilder, sql } from "kysely";
import type { Decision } from "../contract/quality.ts";

/**
 * How the latest look of a person at an annotator's work stands: decided, or open (review_by_annotator); null where there
 * was none.
 */
export const reviewOf = (annotator: Expression<number>): RawBuilder<Decision | "open" | null> =>
  sql`(select coalesce(latest.decision, 'open') from review as latest where latest.annotator_id = ${annotator} order by latest.id desc limit 1)`;
