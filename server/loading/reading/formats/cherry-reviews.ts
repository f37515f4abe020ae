import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowNote } from "../records.ts";
import { turnsIn } from "../conversation.ts";
import { optionalText, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { higherWins, idOfTexts, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(
  [
    ...[
      "prompt",
      "instruction",
      "input",
      "text",
      "conversations",
      "Answer1",
      "Answer2",
      "review",
      "scores",
      "review_reverse",
      "scores_reverse",
    ],
    ...SYSTEM_FIELDS,
  ],
  { annotatorElse: "reviewer", models: "surely" },
);

/**
 * Reviews wrapped with their answers, as Cherry publishes them: a model rated both answers twice, the second time in the
 * other order. Ratings stand in the order in which the answers were shown; the higher wins.
 */
export function readCherryReviews(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const promptTurns = promptsIn(row);
  const answers = [[textIn(row, "Answer1")], [textIn(row, "Answer2")]] as const;
  const systems = systemsIn(row, "Answer1", "Answer2");
  const promptId = idOfTexts(promptTurns, ...answers);
  return (["", "_reverse"] as const).map((order) => {
    const ratings = ratingsIn(row[`scores${order}`]);
    if (ratings === null) return new RowNote("VerdictMissing", `scores${order} holds no two ratings.`);
    const inOrder = <T>([one, other]: readonly [T, T]): [T, T] =>
      order === "" ? [one, other] : [other, one];
    return judgmentOf({ row, at, options }, FIELDS, {
      ...{ promptId, promptTurns, systems: inOrder(systems), texts: inOrder(answers) },
      ...{ choice: higherWins(...ratings), sideKnown: true },
      rationale: optionalText(row, `review${order}`),
      metadata: { ratings },
    });
  });
}

/** The test sets that Cherry reviews call what was asked by different names, and some have an input besides. */
const PROMPTS = ["prompt", "instruction", "text", "conversations"];

function promptsIn(row: Fields): string[] {
  const name = PROMPTS.find((one) => row[one] !== undefined) ?? "prompt";
  const [first = "", ...more] = turnsIn(row, name);
  const input = optionalText(row, "input");
  return [input === null ? first : `${first}\n\n${input}`, ...more];
}

/** Two ratings, in a list or in its text; null where there are none, or −1 for a reply that could not be read. */
function ratingsIn(value: unknown): [number, number] | null {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? null);
  const [, first, second] = /^\s*\[\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*\]\s*$/.exec(text) ?? [];
  return first === undefined || second === undefined ? null : [Number(first), Number(second)];
}
