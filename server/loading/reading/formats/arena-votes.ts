import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, UNNAMED } from "../records.ts";
import { idIn, nameIn, shown } from "../values.ts";
import { isModels, judgedBy, judgmentFields } from "./judged.ts";
import { turnsInCell } from "./turns-in-cell.ts";

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
      promptTurns: turnsInCell(row, "prompt"),
      leftSystem: nameIn(row, "model_a"),
      rightSystem: nameIn(row, "model_b"),
      sideKnown: !isModels(judged),
      choice: choiceOf(row),
      ...judged,
      judgmentId: idIn(row, "judgment_id") ?? idIn(row, "id"),
      leftTurns: turnsInCell(row, "response_a"),
      rightTurns: turnsInCell(row, "response_b"),
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
