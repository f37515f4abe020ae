import type { Generated } from "kysely";
import type { Stage } from "../../contract/words.ts";

/** One wanted judgment of one comparison by one group. */
export interface SlotTable {
  id: Generated<number>;
  comparison_id: number;
  prompt_id: number;
  group_id: number;
  replicate: number;
  stage: Stage;
  order_key: number;
  counted_assignment_id: number | null;
}
