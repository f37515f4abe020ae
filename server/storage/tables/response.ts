import type { Generated } from "kysely";

/** What one system answered to one prompt: a JSON list of turns. `load_row`: where in the loaded file. */
export interface ResponseTable {
  id: Generated<number>;
  prompt_id: number;
  system_id: number;
  turns: string;
  turn_count: number;
  content_hash: string;
  blank: number;
  metadata: string;
  load_id: number;
  load_row: Generated<number>;
}
