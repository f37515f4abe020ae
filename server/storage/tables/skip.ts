import type { Generated } from "kysely";
import type { SkipReason } from "../../contract/words.ts";

/** Why a pair could not be judged. Never updated; it is in force while its assignment is ended as skipped. */
export interface SkipTable {
  id: Generated<number>;
  assignment_id: number;
  annotator_id: number;
  reason: SkipReason;
  active_ms: number | null;
  request_key: string;
  received_at: string;
}
