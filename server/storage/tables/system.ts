import type { Generated } from "kysely";
import type { SystemRole } from "../../contract/words.ts";

/** A model under test. */
export interface SystemTable {
  id: Generated<number>;
  study_id: number;
  name: string;
  display_name: string;
  role: SystemRole;
  load_id: number | null;
}
