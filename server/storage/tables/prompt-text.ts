import type { Generated } from "kysely";

/** The user turns of a prompt, as a JSON list. `load_row`: where in the loaded file. */
export interface PromptTextTable {
  prompt_id: number;
  study_id: number;
  turns: string;
  content_hash: string;
  metadata: string;
  load_id: number;
  load_row: Generated<number>;
}
