import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, type RowNote } from "../records.ts";
import { idIn, nameIn, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Ranked, rankedRecords, responsesOf } from "./ranked.ts";

const FIELDS = judgmentFields(["instruction", "models", "completions", "pairs"], {
  annotatorElse: "gpt-4",
  models: "surely",
});

/**
 * UltraFeedback: the completions of several models, with the scores that GPT-4 gave to each. They are responses; only where
 * it was asked for (`pairs:=overall_score`) is each two of them a judgment, which the higher score wins.
 */
export function readUltraFeedback(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const given = { row, at, options };
  const rule = idIn(row, "pairs");
  const answers = completionsIn(row, rule);
  const prompt = { promptId: idIn(row, "prompt_id"), promptTurns: [textIn(row, "instruction")] };
  if (rule !== null) return rankedRecords(given, FIELDS, { ...prompt, answers, hasTies: true });
  const metadata = restOf(row, FIELDS.used);
  return [
    { kind: "prompt", row: at, promptId: prompt.promptId, turns: prompt.promptTurns, metadata },
    ...responsesOf(given, prompt, answers),
  ];
}

function completionsIn({ completions }: Fields, rule: string | null): Ranked[] {
  if (!Array.isArray(completions))
    throw new RowFault("FieldMissing", "completions is not a list.", "completions");
  return (completions as Fields[]).map((one) => {
    const score = rule === null ? 0 : one[rule];
    if (typeof score !== "number") {
      const what = `${String(rule)} of a completion is ${shown(score)}, which is no number.`;
      throw new RowFault("ChoiceUnknown", what, "completions");
    }
    const metadata = restOf(one, new Set(["model", "response"]));
    return { system: nameIn(one, "model"), turns: [textIn(one, "response")], rank: -score, metadata };
  });
}
