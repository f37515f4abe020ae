import { outputIn } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, nameIn, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Ranked, rankedRecords, responsesOf } from "./ranked.ts";
import { higherWins, idOfTexts, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const GPT_4 = { annotatorElse: "gpt-4", models: "surely" } as const;
const FIELDS = judgmentFields(["instruction", "models", "completions", "pairs"], GPT_4);
const BINARIZED = judgmentFields(
  ["prompt", "chosen", "rejected", "score_chosen", "score_rejected", "messages", ...SYSTEM_FIELDS],
  GPT_4,
);

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

/** UltraFeedback as it is binarized: the better and a worse response of a prompt, as whole chats, with GPT-4's scores. */
export function readBinarizedFeedback(
  row: Fields,
  at: number,
  options: FileOptions,
): (LoadRecord | RowNote)[] {
  const texts = [outputIn(row, "chosen"), outputIn(row, "rejected")] as const;
  const [left, right] = [row.score_chosen, row.score_rejected];
  if (texts[0].join("\n") === texts[1].join("\n"))
    return [new RowNote("NotCompared", "Both responses are the same, and nothing is compared.")];
  const promptTurns = [textIn(row, "prompt")];
  const isScored = typeof left === "number" && typeof right === "number";
  return [
    judgmentOf({ row, at, options }, BINARIZED, {
      ...{ promptId: idOfTexts(promptTurns, ...texts), promptTurns, texts },
      systems: systemsIn(row, "chosen", "rejected"),
      choice: isScored ? higherWins(left, right) : "left",
      metadata: { score_chosen: left, score_rejected: right },
    }),
  ];
}
