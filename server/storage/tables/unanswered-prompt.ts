/** A prompt that a model server was asked about in vain, for a system's response. */
export interface UnansweredPromptTable {
  prompt_id: number;
  /** By name: a system is made with its first response. */
  system: string;
  /** How often, in all runs. */
  failures: number;
  /** The latest failure, as of a call or of a reply. */
  kind: string;
  message: string;
  failed_at: string;
}
