import { conversationOf } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../records.ts";
import { nameIn, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { rankedRecords } from "./ranked.ts";
import { spokenIn } from "./spoken.ts";
import { idOfTexts } from "./verdict.ts";

const FIELDS = judgmentFields(["prompt", "answers"], { annotatorElse: "gpt-4", models: "surely" });

/** Nectar: a prompt, answers of several systems, and the rank that GPT-4 gave to each, of which 1 is the best. */
export function readNectar(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { user, assistant } = conversationOf(spokenIn(textIn(row, "prompt"), "prompt"), "prompt");
  const before = assistant.slice(0, user.length - 1);
  if (!Array.isArray(row.answers)) throw new RowFault("FieldMissing", "answers is not a list.", "answers");
  const answers = (row.answers as Fields[]).map((one) => {
    if (typeof one.rank !== "number") {
      throw new RowFault("ChoiceUnknown", `A rank is ${shown(one.rank)}, which is no number.`, "answers");
    }
    const metadata = { rank: one.rank, ...restOf(one, new Set(["answer", "model", "rank"])) };
    return {
      system: nameIn(one, "model"),
      turns: [...before, textIn(one, "answer")],
      rank: one.rank,
      metadata,
    };
  });
  const promptId = idOfTexts(user, ...answers.map(({ turns }) => turns));
  return rankedRecords({ row, at, options }, FIELDS, { promptId, promptTurns: user, answers, hasTies: true });
}
