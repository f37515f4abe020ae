import type { FormatName } from "../../options.ts";
import type { RowReader } from "../../signature.ts";
import { readAnthropicReply, readAnthropicRequest } from "./anthropic-batch.ts";
import { readHelmInstance, readHelmPrediction, readHelmState } from "./helm.ts";
import { readInspectSample } from "./inspect.ts";
import { readLighteval } from "./lighteval.ts";
import { lmEvalReader } from "./lm-eval.ts";
import { readOpenaiReply, readOpenaiRequest } from "./openai-batch.ts";
import { readOpencompass } from "./opencompass.ts";
import { firstOutputs } from "./parts.ts";
import { readPromptfoo, readPromptfooTable } from "./promptfoo.ts";
import { readTrace } from "./traces.ts";
import { readVllm } from "./vllm.ts";
import { readWildbench } from "./wildbench.ts";

/** The readers of what evaluation tools, batches of requests and traces write: outputs of systems. */
export const RUN_READERS = {
  openai_batch_requests: () => readOpenaiRequest,
  openai_batch_replies: () => readOpenaiReply,
  anthropic_batch_requests: () => readAnthropicRequest,
  anthropic_batch_replies: () => readAnthropicReply,
  lm_eval_samples: lmEvalReader,
  helm_state: () => readHelmState,
  helm_instances: () => readHelmInstance,
  helm_predictions: () => readHelmPrediction,
  inspect_samples: () => readInspectSample,
  promptfoo_results: firstOutputs(readPromptfoo),
  promptfoo_table: () => readPromptfooTable,
  wildbench_outputs: () => readWildbench,
  opencompass_predictions: firstOutputs(readOpencompass),
  vllm_outputs: () => readVllm,
  lighteval_details: firstOutputs(readLighteval),
  traces: () => readTrace,
} satisfies Partial<Record<FormatName, () => RowReader>>;
