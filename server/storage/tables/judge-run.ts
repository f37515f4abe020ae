import type { Generated } from "kysely";
import type { RunEnding } from "../../contract/judges.ts";

/** One run of one judge model over a study. `seen_at` moves while it lives. */
export interface JudgeRunTable {
  id: Generated<number>;
  study_id: number;
  group_id: number;
  annotator_id: number;
  /** The settings of contract/judges.ts as JSON: everything that decides a verdict, and no key. */
  settings: string;
  template_version: string;
  template_hash: string;
  /** Host and process that run it. */
  process: string;
  started_at: string;
  seen_at: string;
  ended_at: string | null;
  ended_how: RunEnding | null;
  /** What it said at its end. */
  said: string | null;
}
