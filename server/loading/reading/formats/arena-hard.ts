import type { Choice } from "../../../contract/words.ts";
import { messagesOf, conversationOf } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn, nameIn, optionalText, shown } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Game, gameFailed, judgmentsOfGames } from "./model-games.ts";

const ANSWER_FIELDS = new Set(["prompt_id", "uid", "model", "system", "messages"]);
const FIELDS = judgmentFields(["uid", "question_id", "model", "baseline", "games"], {
  annotator: "judge",
  createdAt: "tstamp",
});

/** Arena-Hard's answers: a chat whose last message holds the answer in an object. */
export function readArenaHardAnswer(row: Fields, at: number): LoadRecord[] {
  const { user, assistant } = conversationOf(messagesOf(withTexts(row.messages), "messages"), "messages");
  if (assistant.length === 0)
    throw new RowFault("ConversationWrong", "messages holds no answer.", "messages");
  const promptId = idIn(row, "prompt_id") ?? nameIn(row, "uid");
  const system = idIn(row, "system") ?? nameIn(row, "model");
  const metadata = restOf(row, ANSWER_FIELDS);
  return [{ kind: "response", row: at, promptId, promptTurns: user, system, turns: assistant, metadata }];
}

function withTexts(messages: unknown): unknown {
  if (!Array.isArray(messages)) return messages;
  return messages.map((message: unknown) => {
    const content = (message as { content?: unknown } | null)?.content;
    const isHeld = typeof content === "object" && content !== null && "answer" in content;
    return isHeld ? { ...(message as object), content: content.answer } : message;
  });
}

/**
 * Arena-Hard's judgments: games with a verdict of five steps. In the first game the baseline is A, in the second one the
 * model is, and verdicts are of A and B as they were shown. The step is kept as the strength, and collapses to its sign.
 */
export function readArenaHardGames(row: Fields, at: number, options: FileOptions): (LoadRecord | RowFault)[] {
  const { games } = row;
  if (!Array.isArray(games) || games.length === 0)
    throw new RowFault("FieldMissing", "games is not a list of games.", "games");
  const promptId = idIn(row, "prompt_id") ?? idIn(row, "uid") ?? nameIn(row, "question_id");
  const sides: [string, string] = [baselineIn(row), nameIn(row, "model")];
  const given = { row, at, options, fields: FIELDS, promptId };
  return judgmentsOfGames(given, games.length, (game) => gameIn(games[game], game, sides));
}

function baselineIn(row: Fields): string {
  const baseline = idIn(row, "baseline");
  if (baseline !== null) return baseline;
  const advice = "Older files do not name it: set it for the file (FILE:baseline:=NAME).";
  throw new RowFault("FieldMissing", `There is no baseline. ${advice}`, "baseline");
}

interface Step {
  readonly choice: Choice;
  readonly strength: number;
}

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ["A>>B", { choice: "left", strength: 2 }],
  ["A>B", { choice: "left", strength: 1 }],
  ["A=B", { choice: "tie", strength: 0 }],
  ["B>A", { choice: "right", strength: 1 }],
  ["B>>A", { choice: "right", strength: 2 }],
  // the same, told from B
  ["B<<A", { choice: "left", strength: 2 }],
  ["B<A", { choice: "left", strength: 1 }],
  ["B=A", { choice: "tie", strength: 0 }],
  ["A<B", { choice: "right", strength: 1 }],
  ["A<<B", { choice: "right", strength: 2 }],
]);

function gameIn(value: unknown, game: number, [baseline, model]: [string, string]): Game {
  if (typeof value !== "object" || value === null) throw gameFailed(game, `it is ${shown(value)}`, "games");
  const fields = value as Fields;
  const [leftSystem, rightSystem] = game % 2 === 0 ? [baseline, model] : [model, baseline];
  return {
    ...{ leftSystem, rightSystem },
    ...stepIn(fields, game),
    rationale: saidIn(fields.judgment),
    metadata: restOf(fields, new Set(["score", "judgment"])),
  };
}

function stepIn({ score }: Fields, game: number): Step {
  if (score === undefined || score === null || score === "")
    throw gameFailed(game, "its score is empty", "games");
  const step = typeof score === "string" ? STEPS.get(score.toUpperCase().replace(/[\s[\]]/g, "")) : undefined;
  if (step) return step;
  const what = `The score of game ${game + 1} is ${shown(score)}; it is A>>B, A>B, A=B, B>A or B>>A.`;
  throw new RowFault("ChoiceUnknown", what, "games");
}

/** The judge's words: a text, or in newer files an object that holds it as the answer. */
function saidIn(judgment: unknown): string | null {
  if (typeof judgment === "string") return judgment === "" ? null : judgment;
  if (typeof judgment !== "object" || judgment === null) return null;
  return optionalText(judgment as Fields, "answer");
}
