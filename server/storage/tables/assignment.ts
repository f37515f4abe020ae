import type { Generated } from "kysely";
import type { Ending, Origin, Purpose } from "../../contract/words.ts";

/** One presentation of one comparison to one annotator. Append-only; `ordinal` counts an annotator's assignments from 1. */
export interface AssignmentTable {
  id: Generated<number>;
  token: string;
  slot_id: number | null;
  comparison_id: number;
  prompt_id: number;
  group_id: number;
  annotator_id: number;
  purpose: Purpose;
  presentation: number;
  left_system_id: number;
  right_system_id: number;
  side_known: number;
  ordinal: number;
  origin: Origin;
  source_key: string | null;
  load_id: number | null;
  opened_at: string;
  lease_end: string;
  ended_at: string | null;
  ended_how: Ending | null;
}
