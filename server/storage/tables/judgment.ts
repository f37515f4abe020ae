import type { Generated } from "kysely";
import type { Choice } from "../../contract/words.ts";

/** What was chosen for an assignment. Never updated: a correction is a newer revision. */
export interface JudgmentTable {
  id: Generated<number>;
  assignment_id: number;
  annotator_id: number;
  revision: number;
  choice: Choice;
  strength: number | null;
  answers: string | null;
  rationale: string | null;
  language: string | null;
  active_ms: number | null;
  request_key: string;
  judged_at: string | null;
  received_at: string;
  metadata: string | null;
}
