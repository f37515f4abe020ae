import type { Generated } from "kysely";
import type { Stage } from "../../contract/words.ts";

/** A numbered decision: for a group and a stage so many judgments of each of so many more comparisons. */
export interface AllotmentTable {
  id: Generated<number>;
  study_id: number;
  group_id: number;
  stage: Stage;
  number: number;
  judgments: number;
  comparisons: number;
  prompts: number;
  created_at: string;
}
