import type { Generated } from "kysely";

/** One prompt, up to one turn (1 is the first), with two systems, the lower id first. */
export interface ComparisonTable {
  id: Generated<number>;
  study_id: number;
  prompt_id: number;
  turn: number;
  low_system_id: number;
  high_system_id: number;
  load_id: number | null;
}
