import type { Generated } from "kysely";

/* What members write about comparisons in the reading room. */

/** A member's note on a comparison. Deleting it deletes the row. */
export interface ComparisonNoteTable {
  id: Generated<number>;
  study_id: number;
  comparison_id: number;
  /** Whose note it is; null: who came by an owner link or the command line, or whose account is gone. */
  account_id: number | null;
  by_whom: string;
  text: string;
  written_at: string;
  edited_at: string | null;
}

/** What a member who had seen the judgments decided; the one that is not withdrawn is in force. */
export interface AdjudicationTable {
  id: Generated<number>;
  study_id: number;
  comparison_id: number;
  /** Null: neither is better. */
  better_system_id: number | null;
  reason: string;
  by_whom: string;
  decided_at: string;
  withdrawn_at: string | null;
}
