import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { nameIn, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { rankedRecords } from "./ranked.ts";

const FIELDS = judgmentFields(["conversation_id", "conversation_history", "opening_prompt", "user_id"], {
  annotator: "user_id",
  createdAt: "generated_datetime",
});
const LATER = new RowNote(
  "NotCompared",
  "After its first turn a conversation compares two answers of one model: only the first turn is read.",
);

/**
 * A conversation of PRISM: the opening prompt, the answers of up to four models with the person's scores, and which of them
 * the person chose. The chosen one won over each of the others; these are not compared with one another.
 */
export function readPrism(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { conversation_history: history } = row;
  if (!Array.isArray(history))
    throw new RowFault("FieldMissing", "conversation_history is not a list.", "conversation_history");
  const said = history as Fields[];
  const opening = said.filter(({ turn }) => turn === 0);
  const asked = opening.find(({ role }) => role === "user");
  if (!asked) throw new RowFault("ConversationWrong", "The conversation has no opening prompt.");
  const answers = opening
    .filter(({ role }) => role === "model")
    .map((one) => ({
      system: nameIn(one, "model_name"),
      turns: [textIn(one, "content")],
      rank: one.if_chosen === true ? 0 : 1,
      metadata: restOf(one, new Set(["content", "model_name", "role", "turn"])),
    }));
  const promptId = nameIn(row, "conversation_id");
  const promptTurns = [textIn(asked, "content")];
  const records = rankedRecords({ row, at, options }, FIELDS, {
    promptId,
    promptTurns,
    answers,
    hasTies: false,
  });
  return said.some(({ turn }) => turn !== 0) ? [...records, LATER] : records;
}
