import type { Generated } from "kysely";

/** Whose judgments a stated rule leaves out; lifting it brings them back. */
export interface ExclusionTable {
  id: Generated<number>;
  study_id: number;
  annotator_id: number;
  rule: string;
  excluded_at: string;
  lifted_at: string | null;
}
