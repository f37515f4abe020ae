import type { Choice, EntryEnd, EntryStage } from "../../contract/words.ts";

/* What comes before an annotator's first pair. */

/** A stage that an annotator has passed, or that ended their part. */
export interface EntryPassageTable {
  annotator_id: number;
  stage: EntryStage;
  /** Of a consent, the hash of what was agreed to or refused; else empty. */
  version: string;
  outcome: "passed" | EntryEnd;
  /** In which a consent was read. */
  language: string | null;
  passed_at: string;
}

/** How a pair of the practice or the qualification was judged: in no figure. */
export interface EntryJudgmentTable {
  annotator_id: number;
  stage: "practice" | "qualification";
  /** Counts the tries, from 1, and the pairs of a try, from 1. */
  attempt: number;
  number: number;
  /** In terms of the sides as the owner gave them. */
  choice: Choice;
  is_expected: number;
  active_ms: number;
  judged_at: string;
}

/** What somebody answered about themselves. Read for its own export, and nowhere else. */
export interface PersonalAnswerTable {
  annotator_id: number;
  question: string;
  /** As JSON: a text, a number, a list of values, or null where they prefer not to say. */
  answer: string;
  answered_at: string;
}
