import type { Generated } from "kysely";

/** One test input, known by its id alone until its text is loaded. */
export interface PromptTable {
  id: Generated<number>;
  study_id: number;
  external_id: string;
  load_id: number | null;
}
