import { unpacked } from "../../paths.ts";
import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFolder } from "../../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn } from "../../values.ts";
import { chatInText, detailsOf, listAt, runRecords, onlyFirst, systemMessageOf, textAt } from "./parts.ts";

/**
 * Details of lighteval: in older files `full_prompt` and `predictions`, in newer ones a `doc` and a `model_response`. The
 * prompts go by their texts.
 */
export function readLighteval(given: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const row =
    given.predictions === undefined ? given : { ...given, predictions: unpacked(given.predictions) };
  const isNew = row.model_response !== undefined;
  const texts = isNew ? listAt(row, "model_response.text") : listAt(row, "predictions");
  const [output] = texts;
  if (output !== undefined && typeof output !== "string") {
    const what =
      "The rows hold how likely given texts are, and no text that a model wrote: there is nothing to compare.";
    throw new RowFault("FieldMissing", what, isNew ? "model_response" : "predictions");
  }
  const asked = textAt(row, isNew ? "doc.query" : "full_prompt");
  if (asked === null)
    throw new RowFault("FieldMissing", "The row has no prompt.", isNew ? "doc" : "full_prompt");
  const chat = chatInText(asked);
  const { prompt, systemMessage } = chat
    ? askedIn(chat, "full_prompt")
    : { prompt: asked, systemMessage: null };
  const used = isNew ? ["doc.query", "model_response.text.0"] : ["full_prompt", "predictions.0"];
  const {
    model_response: call,
    predictions: samples,
    doc: item,
    ...rest
  } = restWithout(row, [...used, "prompt_id", "system"]);
  const more = {
    ...detailsOf("dataset_item", item),
    ...detailsOf("call_details", call),
    ...(samples === undefined ? {} : { samples }),
  };
  return [
    ...runRecords({
      row: at,
      promptId: idIn(row, "prompt_id"),
      prompt,
      promptMetadata: systemMessageOf(systemMessage),
      system: idIn(row, "system") ?? systemOfFolder(options),
      output: output ?? null,
      metadata: { ...rest, ...more },
    }),
    ...onlyFirst(texts.length, "predictions"),
  ];
}
