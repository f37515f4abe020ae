import { askedIn } from "../../conversation.ts";
import type { Fields } from "../../field-map.ts";
import { type FileOptions, systemOfFolder } from "../../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../../records.ts";
import { restWithout } from "../../rest.ts";
import { idIn, textIn } from "../../values.ts";
import { runRecords, onlyFirst, systemMessageOf } from "./parts.ts";

const ROLES: Readonly<Record<string, string>> = { HUMAN: "user", BOT: "assistant", SYSTEM: "system" };
const USED = ["origin_prompt", "prediction", "prompt_id", "system"];

/**
 * A prediction of OpenCompass. Its files have a name for each dataset and stand in a folder for each model. Their rows are
 * numbered in each dataset, so prompts go by their texts.
 */
export function readOpencompass(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { prompt, systemMessage } = askedOf(row.origin_prompt);
  const samples: unknown[] = Array.isArray(row.prediction) ? row.prediction : [row.prediction];
  const [output] = samples;
  const promptId = idIn(row, "prompt_id");
  const isMade = typeof output === "string" && row.success !== false;
  return [
    ...runRecords({
      row: at,
      promptId,
      prompt,
      promptMetadata: systemMessageOf(systemMessage),
      system: idIn(row, "system") ?? systemOfFolder(options),
      output: isMade ? output : null,
      failure: row.success === false ? "success is false" : null,
      metadata: restWithout(row, USED),
    }),
    ...onlyFirst(samples.length, "predictions"),
  ];
}

function askedOf(origin: unknown): ReturnType<typeof askedIn> {
  if (!Array.isArray(origin))
    return { prompt: textIn({ origin_prompt: origin }, "origin_prompt"), systemMessage: null };
  const messages = origin.map((one: Fields | null) => {
    const role = typeof one?.role === "string" ? (ROLES[one.role] ?? one.role) : one?.role;
    return { role, content: one?.prompt ?? one?.content };
  });
  if (messages.length === 0)
    throw new RowFault("ConversationWrong", "origin_prompt is empty.", "origin_prompt");
  return askedIn(messages, "origin_prompt");
}
