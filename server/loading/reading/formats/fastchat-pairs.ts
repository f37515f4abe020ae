import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault } from "../records.ts";
import { idIn, nameIn, optionalText, shown } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Game, gameFailed, judgmentsOfGames } from "./model-games.ts";

const FIELDS = judgmentFields(
  [
    ...["question_id", "model_1", "model_2", "g1_winner", "g2_winner"],
    ...["g1_judgment", "g2_judgment", "g1_user_prompt", "g2_user_prompt"],
  ],
  { annotator: "judge", createdAt: "tstamp" },
);
const GAMES = 2;

/**
 * FastChat's pair judgments: a model judged the same two answers twice, in the second game with the sides changed. The
 * winner of the second game is named as the model it is, whatever side it stood on.
 */
export function readFastchatPair(row: Fields, at: number, options: FileOptions): (LoadRecord | RowFault)[] {
  const promptId = idIn(row, "prompt_id") ?? nameIn(row, "question_id");
  const models: [string, string] = [nameIn(row, "model_1"), nameIn(row, "model_2")];
  return judgmentsOfGames({ row, at, options, fields: FIELDS, promptId }, GAMES, (game) =>
    gameIn(row, game, models),
  );
}

function gameIn(row: Fields, game: number, [first, second]: [string, string]): Game {
  const [leftSystem, rightSystem] = game === 0 ? [first, second] : [second, first];
  const name = `g${game + 1}`;
  const winner = winnerIn(row, game, [first, second]);
  const userPrompt = optionalText(row, `${name}_user_prompt`);
  return {
    ...{ leftSystem, rightSystem, strength: null },
    choice: choiceOf(winner, leftSystem),
    rationale: optionalText(row, `${name}_judgment`),
    metadata: userPrompt === null ? {} : { user_prompt: userPrompt },
  };
}

const choiceOf = (winner: string | null, leftSystem: string): Choice =>
  winner === null ? "tie" : winner === leftSystem ? "left" : "right";

/** The system that won, or null for a tie. */
function winnerIn(row: Fields, game: number, [first, second]: [string, string]): string | null {
  const field = `g${game + 1}_winner`;
  const value = row[field];
  const word = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (word === "model_1") return first;
  if (word === "model_2") return second;
  if (word === "tie") return null;
  if (word === "error") throw gameFailed(game, "its reply could not be read (error)", field);
  if (word === undefined || word === null) throw gameFailed(game, `there is no ${field}`, field);
  const what = `${field} is ${shown(value)}; a winner is model_1, model_2, tie or error.`;
  throw new RowFault("ChoiceUnknown", what, field);
}
