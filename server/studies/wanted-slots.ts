import { type RawBuilder, sql, type SqlBool } from "kysely";

/** The replicate of one slot of every comparison of a group, wanted or not. */
export const FIRST_REPLICATES = [0, -1];

/**
 * Whether a slot is wanted: those of comparisons that the blinding audit left out have their replicate below 0 (−1 − replicate), keep
 * what they hold, and are handed out to nobody.
 */
export const isWanted = (replicate: RawBuilder<unknown>): RawBuilder<SqlBool> => sql`${replicate} >= 0`;
