import type { Generated } from "kysely";
import type { StudyState } from "../../contract/words.ts";

/** One evaluation. `note` is shown wherever its figures are: what is simulated or reconstructed in it. */
export interface StudyTable {
  id: Generated<number>;
  name: string;
  public_title: string;
  state: StudyState;
  note: string | null;
  seed: string;
  created_at: string;
}
