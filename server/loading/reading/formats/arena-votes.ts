import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { unpacked } from "../paths.ts";
import { type LoadRecord, RowFault, UNNAMED } from "../records.ts";
import { idIn, nameIn, shown, textIn } from "../values.ts";
import { isModels, judgedBy, judgmentFields } from "./judged.ts";

const WINNERS: readonly (readonly [column: string, choice: Choice])[] = [
  ["winner_model_a", "left"],
  ["winner_model_b", "right"],
  ["winner_tie", "tie"],
  ["winner_tie_both_bad", "both_bad"],
];
const FIELDS = judgmentFields(
  [...["model_a", "model_b", "response_a", "response_b", "id"], ...WINNERS.map(([column]) => column)],
  { annotatorElse: UNNAMED },
);

/** Chatbot Arena's votes with one column a verdict, of which one is 1; texts may be JSON lists, one text a turn. */
export function readArenaVote(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  const judged = judgedBy(row, options, FIELDS);
  return [
    {
      kind: "judgment",
      row: at,
      promptId: idIn(row, "prompt_id") ?? idIn(row, "id"),
      promptTurns: turnsOf(row, "prompt"),
      leftSystem: nameIn(row, "model_a"),
      rightSystem: nameIn(row, "model_b"),
      sideKnown: !isModels(judged),
      choice: choiceOf(row),
      ...judged,
      judgmentId: idIn(row, "judgment_id") ?? idIn(row, "id"),
      leftTurns: turnsOf(row, "response_a"),
      rightTurns: turnsOf(row, "response_b"),
    },
  ];
}

function choiceOf(row: Fields): Choice {
  const given = WINNERS.filter(([column]) => row[column] !== undefined);
  const isOne = ([column]: (typeof WINNERS)[number]) => /^(1(\.0+)?|true)$/i.test(String(row[column]).trim());
  const isNone = ([column]: (typeof WINNERS)[number]) =>
    /^(0(\.0+)?|false)?$/i.test(String(row[column]).trim());
  const [won, another] = given.filter(isOne);
  if (won && !another && given.every((one) => one === won || isNone(one))) return won[1];
  const said = given.map(([column]) => `${column} ${shown(row[column])}`).join(", ");
  throw new RowFault("ChoiceUnknown", `Not exactly one of the winners is 1: ${said}.`, "winner_model_a");
}

/** One text, or in a cell a JSON list of texts, one a turn. */
function turnsOf(row: Fields, field: string): string[] {
  const value = row[field];
  const list = unpacked(value);
  if (!Array.isArray(list)) return [textIn(row, field)];
  const turns = list.map((turn: unknown) => turn ?? ""); // an answer that did not come is null
  if (turns.length > 0 && turns.every((turn) => typeof turn === "string")) return turns;
  throw new RowFault("TextNotText", `${field} is ${shown(value)}: a turn of it is no text.`, field);
}
