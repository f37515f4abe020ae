/** The user turns of a prompt, as a JSON list. `load_row`: where in the loaded file. */
export interface PromptTextTable {
  prompt_id: number;
  study_id: number;
  turns: string;
  turn_count: number;
  content_hash: string;
  metadata: string;
  load_id: number;
  load_row: number;
}
