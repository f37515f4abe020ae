import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import type { LoadRecord, RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn, nameIn } from "../../values.ts";
import { answerIn, detailsOf, failureIn, objectAt, runRecords, systemMessageOf, textAt } from "./parts.ts";

/** A request of Anthropic's batches: the prompt, and what the system was told with it. */
export function readAnthropicRequest(row: Fields, at: number): LoadRecord[] {
  const params = objectAt(row, "params");
  const { prompt } = askedIn(params.messages, "params.messages");
  const model = textAt(params, "model");
  const asked = ["messages", "system", "model"].map((name) => `params.${name}`);
  const { params: details, ...rest } = restWithout(row, ["custom_id", "prompt_id", ...asked]);
  const metadata = {
    ...systemMessageOf(answerIn(params.system, "params.system")),
    ...(model === null ? {} : { requested_of: model }),
    ...rest,
    ...detailsOf("call_details", details),
  };
  return [{ kind: "prompt", row: at, promptId: promptIdIn(row), turns: [prompt], metadata }];
}

const promptIdIn = (row: Fields): string => idIn(row, "prompt_id") ?? nameIn(row, "custom_id");

/** A reply of Anthropic's batches; what the model thought is no part of its answer, and stays in the metadata. */
export function readAnthropicReply(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const result = objectAt(row, "result");
  const message = objectAt(result, "message");
  const isGood = result.type === "succeeded";
  const content = Array.isArray(message.content) ? (message.content as (Fields | null)[]) : [];
  const texts = content.filter((part) => part?.type === "text");
  const output = isGood && texts.length > 0 ? answerIn(texts, "result.message.content") : null;
  const stop = textAt(message, "stop_reason");
  const type = typeof result.type === "string" ? result.type : "no result";
  const said = isGood
    ? `no text, ${stop ?? "no reason"}`
    : [type, failureIn(result.error)].filter(Boolean).join(", ");
  const used = content.flatMap((part, i) => (part?.type === "text" ? [`result.message.content.${i}`] : []));
  const { result: call, ...rest } = restWithout(row, [
    ...[
      "custom_id",
      "prompt_id",
      "system",
      "result.message.stop_reason",
      "result.message.model",
      "result.message.role",
    ],
    ...used.reverse(),
  ]);
  return runRecords({
    row: at,
    promptId: promptIdIn(row),
    prompt: null,
    system: idIn(row, "system") ?? textAt(message, "model") ?? systemOfFile(options),
    output,
    failure: said,
    metadata: {
      ...(stop === null ? {} : { stop_reason: stop }),
      ...rest,
      ...detailsOf("call_details", call),
    },
  });
}
