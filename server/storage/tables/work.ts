import type { Generated } from "kysely";
import type { FlagOf } from "../../contract/remarks.ts";
import type { Choice, Ending, Origin, Purpose, SkipReason, Stage } from "../../contract/words.ts";

/* Who judges what: annotators, comparisons, slots, and what came of each assignment. */

/** One person or one judge model. `probe_key`: where a bounded search for free work goes on. */
export interface AnnotatorTable {
  id: Generated<number>;
  group_id: number;
  study_id: number;
  provider: string;
  external_id: string;
  display_number: number;
  token_hash: string | null;
  probe_key: number | null;
  load_id: number | null;
  created_at: string;
  /** When this person's link was last used, within a minute; null: never, or nobody noted it. */
  link_used_at: string | null;
  link_revoked_at: string | null;
  /** What whoever runs the study calls this person's link; may name the person. */
  link_label: Generated<string | null>;
  /** When this person first judged in a browser that had shown the results of the study; null: never, as far as is known. */
  saw_results_at: Generated<string | null>;
}

/** Whose judgments a stated rule leaves out; lifting it brings them back. */
export interface ExclusionTable {
  id: Generated<number>;
  study_id: number;
  annotator_id: number;
  rule: string;
  excluded_at: string;
  lifted_at: string | null;
  /** The load whose file asked for it; null: somebody here did. */
  load_id: Generated<number | null>;
}

/** A numbered decision: for a group and a stage so many judgments of each of so many more comparisons. */
export interface AllotmentTable {
  id: Generated<number>;
  study_id: number;
  group_id: number;
  stage: Stage;
  number: number;
  judgments: number;
  comparisons: number;
  prompts: number;
  created_at: string;
}

/** One prompt, up to one turn (1 is the first), with two systems, the lower id first. */
export interface ComparisonTable {
  id: Generated<number>;
  study_id: number;
  prompt_id: number;
  turn: number;
  low_system_id: number;
  high_system_id: number;
  load_id: number | null;
}

/** One wanted judgment of one comparison by one group. */
export interface SlotTable {
  id: Generated<number>;
  comparison_id: number;
  prompt_id: number;
  group_id: number;
  replicate: number;
  stage: Stage;
  order_key: number;
  counted_assignment_id: number | null;
}

/** One presentation of one comparison to one annotator. Append-only; `ordinal` counts an annotator's assignments from 1. */
export interface AssignmentTable {
  id: Generated<number>;
  token: string;
  slot_id: number | null;
  comparison_id: number;
  prompt_id: number;
  group_id: number;
  annotator_id: number;
  purpose: Purpose;
  presentation: number;
  left_system_id: number;
  right_system_id: number;
  side_known: number;
  ordinal: number;
  origin: Origin;
  source_key: string | null;
  load_id: number | null;
  opened_at: string;
  lease_end: string;
  ended_at: string | null;
  ended_how: Ending | null;
  /** The revision of the protocol under which it was assigned, or that its annotator's page showed; null: it was loaded. */
  protocol_revision: Generated<number | null>;
}

/** What was chosen for an assignment. Never updated: a correction is a newer revision. */
export interface JudgmentTable {
  id: Generated<number>;
  assignment_id: number;
  annotator_id: number;
  revision: number;
  choice: Choice;
  strength: number | null;
  /** Not yet used: answers to questions besides the choice. Always null. */
  answers: string | null;
  rationale: string | null;
  language: string | null;
  active_ms: number | null;
  request_key: string;
  judged_at: string | null;
  received_at: string;
  metadata: string | null;
}

/** Why a pair could not be judged. Never updated; it is in force while its assignment is ended as skipped. */
export interface SkipTable {
  id: Generated<number>;
  assignment_id: number;
  annotator_id: number;
  reason: SkipReason;
  active_ms: number | null;
  request_key: string;
  received_at: string;
  comment: Generated<string | null>;
}

/** What an annotator flagged with an answer, a judgment or a skip, known by its request key. Never updated. */
export interface FlagTable {
  annotator_id: number;
  request_key: string;
  assignment_id: number;
  flag: string;
  of_what: FlagOf;
}

/** What a careful annotator says of a comparison: which system is better, or, with null, neither. */
export interface KnownAnswerTable {
  comparison_id: number;
  study_id: number;
  better_system_id: number | null;
  load_id: number;
}

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
