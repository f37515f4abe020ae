import { valueAt } from "../../paths.ts";
import type { Fields } from "../../field-map.ts";
import type { Signature } from "../../signature.ts";
import { isPromptfooTable } from "./promptfoo.ts";

/** Whether there is something at the end of one of these paths. */
const reaches =
  (...paths: string[]) =>
  (row: Fields): boolean =>
    paths.some((path) => valueAt(row, path) !== undefined);

const TRACE = [
  "traceId",
  "sessionId",
  "userId",
  "bookmarked",
  "release",
  "projectId",
  "observations",
  "traceName",
];

/** What proves the formats of evaluation tools, of batches, and of traces. */
export const RUN_SIGNATURES: readonly Signature[] = [
  { format: "openai_batch_requests", all: ["custom_id", "body"], none: ["response"] },
  { format: "openai_batch_replies", all: ["custom_id", "response"] },
  { format: "openai_batch_replies", all: ["custom_id", "error"], none: ["result"] },
  { format: "anthropic_batch_requests", all: ["custom_id", "params"] },
  { format: "anthropic_batch_replies", all: ["custom_id", "result"] },
  { format: "lm_eval_samples", all: ["doc_id", "arguments", "resps"] },
  { format: "helm_state", all: ["instance", "request"], oneOf: ["result", "train_trial_index"] },
  {
    format: "helm_instances",
    all: ["id", "input", "references"],
    is: reaches("input.text", "input.messages"),
  },
  { format: "helm_predictions", all: ["instance_id", "predicted_text"] },
  { format: "inspect_samples", all: ["id", "epoch", "input"], oneOf: ["output", "eval"] },
  {
    format: "promptfoo_results",
    all: ["prompt", "vars", "success"],
    oneOf: ["response", "error", "provider"],
  },
  { format: "promptfoo_table", all: [], is: isPromptfooTable },
  { format: "wildbench_outputs", all: ["session_id", "chat_history", "output"] },
  { format: "opencompass_predictions", all: ["origin_prompt", "prediction"] },
  {
    format: "vllm_outputs",
    all: ["prompt", "outputs"],
    is: reaches("outputs.0.text"),
  },
  { format: "lighteval_details", all: ["full_prompt", "predictions"] },
  { format: "lighteval_details", all: ["doc", "model_response"] },
  { format: "traces", all: ["inputs", "outputs", "run_type"] },
  { format: "traces", all: ["id", "input", "output"], oneOf: TRACE, none: ["prompt", "instruction"] },
];
