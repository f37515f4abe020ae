import { type Expression, type RawBuilder, sql, type SqlBool } from "kysely";

/**
 * Whether an annotator's judgments are left out now, by an exclusion in force (exclusion_in_force). The views of what
 * counts say the same.
 */
export const isLeftOut = (annotator: Expression<number>): RawBuilder<SqlBool> =>
  sql`exists (select 1 from exclusion as ruled where ruled.annotator_id = ${annotator} and ruled.lifted_at is null)`;

/** The same as a number that can be selected: 1 or 0. */
export const leftOutFlag = (annotator: Expression<number>): RawBuilder<number> =>
  sql`case when ${isLeftOut(annotator)} then 1 else 0 end`;
