import type { Choice, Origin, Purpose } from "../../contract/words.ts";

/** The judgments that enter the headline: a view, defined once. `placed_judgment` has those of excluded annotators too, who hold no slots. */
export interface CountedJudgmentView {
  judgment_id: number;
  assignment_id: number;
  study_id: number;
  comparison_id: number;
  prompt_id: number;
  turn: number;
  low_system_id: number;
  high_system_id: number;
  group_id: number;
  annotator_id: number;
  left_system_id: number;
  side_known: number;
  purpose: Purpose;
  origin: Origin;
  choice: Choice;
  active_ms: number | null;
  /** When it was judged: as its file says (null: it does not), or when it was received here. */
  judged_at: string | null;
}
