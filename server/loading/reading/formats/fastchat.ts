import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemFromName } from "../options.ts";
import { type GroupName, type LoadRecord, RowFault } from "../records.ts";
import {
  conversationOf,
  idIn,
  messagesOf,
  nameIn,
  optionalText,
  textIn,
  timeIn,
  turnIn,
  turnsIn,
  winnerIn,
} from "../values.ts";
import { annotatorIn } from "./judged.ts";

const QUESTION_FIELDS = new Set(["question_id", "turns", "text"]);
const ANSWER_FIELDS = new Set(["question_id", "model_id", "system", "choices", "text"]);
const BATTLE_FIELDS = new Set([
  ...["question_id", "model_a", "model_b", "winner", "judge", "turn", "tstamp"],
  ...["conversation_a", "conversation_b", "rationale", "judgment_id"],
]);

/** FastChat's questions: `turns`, or in older files one `text`. */
export function readFastchatQuestion(row: Fields, at: number): LoadRecord[] {
  const turns = row.turns === undefined ? [textIn(row, "text")] : turnsIn(row, "turns");
  const promptId = nameIn(row, "question_id");
  return [{ kind: "prompt", row: at, promptId, turns, metadata: restOf(row, QUESTION_FIELDS) }];
}

/** FastChat's answers: the turns of the first of `choices`, or in older files one `text`. */
export function readFastchatAnswer(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return [
    {
      kind: "response",
      row: at,
      promptId: nameIn(row, "question_id"),
      promptTurns: null,
      system:
        idIn(row, "system") ?? idIn(row, "model_id") ?? options.system ?? systemFromName(options.fileName),
      turns: row.choices === undefined ? [textIn(row, "text")] : firstChoice(row.choices),
      metadata: restOf(row, ANSWER_FIELDS),
    },
  ];
}

function firstChoice(choices: unknown): string[] {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (typeof first !== "object" || first === null) {
    throw new RowFault("FieldMissing", "choices holds no answer.", "choices");
  }
  return turnsIn(first as Fields, "turns");
}

/**
 * A battle of Chatbot Arena, or a human judgment of MT-Bench: two systems, a winner, who judged, and maybe
 * both conversations, which bring the prompt and the responses along.
 */
export function readBattle(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const systems: [string, string] = [nameIn(row, "model_a"), nameIn(row, "model_b")];
  const left = conversationIn(row, "conversation_a");
  const right = conversationIn(row, "conversation_b");
  const annotator = annotatorIn(row, options, "judge");
  const common = { row: at, promptId: idIn(row, "question_id"), promptTurns: left?.user ?? null };
  return [
    {
      kind: "judgment",
      ...common,
      leftSystem: systems[0],
      rightSystem: systems[1],
      sideKnown: true,
      choice: winnerIn(row, "winner", systems),
      turn: turnIn(row, "turn"),
      annotator,
      group: options.group ?? groupOf(annotator),
      rationale: optionalText(row, "rationale"),
      createdAt: timeIn(row, "tstamp"),
      judgmentId: idIn(row, "judgment_id"),
      leftTurns: left?.assistant ?? null,
      rightTurns: right?.assistant ?? null,
      metadata: restOf(row, BATTLE_FIELDS),
    },
  ];
}

/** A conversation that is missing or an empty list was not kept. */
function conversationIn(row: Fields, field: string) {
  const value = row[field];
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  return conversationOf(messagesOf(value, field), field);
}

/** MT-Bench's judges carry their group in their name. */
function groupOf(annotator: string): GroupName | null {
  if (annotator.startsWith("author_")) return { name: "authors", kind: "author" };
  if (annotator.startsWith("expert_")) return { name: "experts", kind: "crowd" };
  return null;
}
