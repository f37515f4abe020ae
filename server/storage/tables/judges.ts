import type { Generated } from "kysely";
import type { Grade } from "../../contract/judge-method.ts";
import type { CallState, RunEnding } from "../../contract/judges.ts";

/* Models as annotators: their runs and calls. */

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

/** One question to a judge model about one assignment. Written before it is sent; append-only but for its end. */
export interface JudgeCallTable {
  id: Generated<number>;
  run_id: number;
  assignment_id: number;
  /** From 1, over all runs. */
  attempt: number;
  state: CallState;
  claimed_at: string;
  ended_at: string | null;
  /** The choice of an answered call, or how it failed. */
  outcome: string | null;
  message: string | null;
  reported_model: string | null;
  fingerprint: string | null;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  cost_nanodollars: number | null;
  latency_ms: number | null;
  /** The reply as it came. */
  raw: string | null;
  /** The parameters as they were sent: contract/judges.ts, as JSON; null where they were not kept. */
  sent: Generated<string | null>;
  /** SHA-256, in hex, of the messages as they were sent; null where it was not kept. */
  messages_hash: Generated<string | null>;
  /** 1: the cost is the most that it may have been, since the server did not say. */
  cost_at_most: Generated<number>;
  /** Of an answered call on a scale of five steps: the step that the outcome collapses. */
  grade: Generated<Grade | null>;
  /** Of an answered call with probabilities: the preference for the left response, from 0 to 1. */
  preference: Generated<number | null>;
  /** The model's reasons, where several calls make one verdict. */
  rationale: Generated<string | null>;
  /** What the model thought before it replied, where several calls make one verdict and thinking is kept. */
  thinking: Generated<string | null>;
  /** Signs that a response talks to the judge, as a JSON list; null where there are none. */
  signs: string | null;
}

/** What a file says of the calls of a model whose judgments it holds: contract/model-calls.ts, as JSON. The latest is in force. */
export interface ToldCallsTable {
  annotator_id: number;
  load_id: number;
  calls: string;
}

/** What a model server does not take with a model: a JSON list, as of model-servers/concessions.ts. */
export interface ServerMannerTable {
  /** The address that calls are posted to, without its query. */
  server: string;
  model: string;
  without: string;
  learned_at: string;
}
