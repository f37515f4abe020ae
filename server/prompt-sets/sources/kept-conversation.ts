/** A conversation of a source, put aside until all are known. */
export interface KeptConversation {
  readonly id: string;
  readonly prompt: string;
  readonly response: string | null;
  readonly language: string | null;
  readonly model: string | null;
  readonly unsafe: readonly string[];
  readonly isRedacted: boolean;
  readonly isLonger: boolean;
}
