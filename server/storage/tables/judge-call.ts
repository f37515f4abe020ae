import type { Generated } from "kysely";
import type { CallState } from "../../contract/judges.ts";

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
  /** 1: the cost is the most that it may have been, since the server did not say. */
  cost_at_most: Generated<number>;
  /** Signs that a response talks to the judge, as a JSON list; null where there are none. */
  signs: string | null;
}
