import { type Expression, type RawBuilder, sql, type SqlBool } from "kysely";

/**
 * Whether an annotator's judgments are left out now, by an exclusion in force (exclusion_in_force). The views of what
 * counts say the same.
 */
export const isLeftOut = (annotator: Expression<number>): RawBuilder<SqlBool> =>
  sql`exists (select 1 from exclusion as ruled where ruled.annotator_id = ${annotator} and ruled.lifted_at is null)`;

/**
 * Whether a comparison is left out since the blinding audit found something in one of its responses; `counted_judgment` has the same condition.
 * @param of a table or view with the prompt and both systems of the comparison
 */
export const isComparisonLeftOut = (of: string): RawBuilder<SqlBool> =>
  sql`exists (select 1 from left_out_response as gone where gone.prompt_id = ${sql.ref(`${of}.prompt_id`)}
    and (gone.system_id = ${sql.ref(`${of}.low_system_id`)} or gone.system_id = ${sql.ref(`${of}.high_system_id`)}))`;

/** The same, as a number that can be selected: 1 or 0. */
export const comparisonLeftOutFlag = (of: string): RawBuilder<number> =>
  sql`case when ${isComparisonLeftOut(of)} then 1 else 0 end`;

/** Whether an annotator is left out, as a number that can be selected: 1 or 0. */
export const leftOutFlag = (annotator: Expression<number>): RawBuilder<number> =>
  sql`case when ${isLeftOut(annotator)} then 1 else 0 end`;
