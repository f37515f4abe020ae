import type { Generated } from "kysely";
import type { Stage } from "../../contract/words.ts";

/** For a group and a stage: so many judgments a comparison. */
export interface AllotmentTable {
  id: Generated<number>;
  study_id: number;
  group_id: number;
  stage: Stage;
  number: number;
  judgments: number;
  created_at: string;
}
