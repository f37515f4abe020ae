import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFile } from "../../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn } from "../../values.ts";
import { detailsOf, runRecords, onlyFirst } from "./parts.ts";

const USED = ["session_id", "chat_history", "generator", "output", "prompt_id", "system", "model_input"];

/**
 * WildBench's outputs: `chat_history` has the texts of user and model in turn, up to the last question, and `output` a list
 * of one answer. What the model's template made of the chat is kept as `as_sent`.
 */
export function readWildbench(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const chat = typeof row.chat_history === "string" ? [row.chat_history] : row.chat_history;
  if (!Array.isArray(chat))
    throw new RowFault("ConversationWrong", "chat_history is no list of texts.", "chat_history");
  const messages = (chat as unknown[]).map((one, i) =>
    typeof one === "string" ? { role: i % 2 === 0 ? "user" : "assistant", content: one } : one,
  );
  const { prompt } = askedIn(messages, "chat_history");
  const outputs: unknown[] = Array.isArray(row.output) ? row.output : [row.output];
  const promptId = idIn(row, "prompt_id") ?? idIn(row, "session_id");
  const sent = row.model_input === undefined ? {} : { as_sent: row.model_input };
  const [output] = outputs;
  const { configs, ...rest } = restWithout(row, USED);
  return [
    ...runRecords({
      row: at,
      promptId,
      prompt,
      system: idIn(row, "system") ?? idIn(row, "generator") ?? systemOfFile(options),
      output: typeof output === "string" ? output : null,
      metadata: { ...rest, ...sent, ...detailsOf("call_details", configs) },
    }),
    ...onlyFirst(outputs.length, "outputs"),
  ];
}
