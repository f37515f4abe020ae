import type { Generated } from "kysely";

/** What one system answered to one prompt: a JSON list of turns. */
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
}
