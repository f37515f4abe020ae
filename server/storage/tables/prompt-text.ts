/** The user turns of a prompt, as a JSON list. */
export interface PromptTextTable {
  prompt_id: number;
  study_id: number;
  turns: string;
  content_hash: string;
  metadata: string;
  load_id: number;
}
