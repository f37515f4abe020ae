import type { Generated } from "kysely";
import type { Consequence, Decision, Signal } from "../../contract/quality.ts";
import type { Choice } from "../../contract/words.ts";

/* Rules about how annotators work, and what people decided. */

/** Counts of one annotator of a study with rules, over pairs judged for the first time. */
export interface WorkTallyTable {
  annotator_id: number;
  judged: number;
  /** The latest choice as it was shown, and how often it was given in a row. */
  run_choice: Choice;
  run: number;
  /** How many pairs were judged faster, by words per minute, as JSON. */
  faster: string;
}

/** Signs that a chatbot does an annotator's work, of those who were asked. */
export interface WorkSignsTable {
  annotator_id: number;
  /** Whether they agreed; nothing is counted otherwise. */
  agreed: number;
  decided_at: string;
  /** Pairs judged since, and those at which they left the page and came back, or copied a text. */
  pairs: number;
  left_pairs: number;
  copied_pairs: number;
}

/** What a rule found about an annotator: once for each rule. */
export interface RuleTriggerTable {
  id: Generated<number>;
  study_id: number;
  annotator_id: number;
  signal: Signal;
  /** What the rule asks for, and what followed: less where its cap was reached. */
  wanted: Consequence;
  took: Consequence;
  /** The rule as it stood, as JSON. */
  rule: string;
  /** What it saw, as JSON. */
  seen: string;
  triggered_at: string;
  /** When the annotator had read the warning. */
  read_at: string | null;
}

/** A person's look at an annotator's work. The latest one of an annotator is in force. */
export interface ReviewTable {
  id: Generated<number>;
  study_id: number;
  annotator_id: number;
  /** The rule that asked for it; null: its owner did. */
  trigger_id: number | null;
  opened_at: string;
  /** What the annotator wrote to the owner. */
  answer: string | null;
  /** Null while nobody has decided. */
  decision: Decision | null;
  reason: string | null;
  decided_at: string | null;
}
