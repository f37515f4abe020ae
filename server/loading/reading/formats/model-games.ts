import type { Choice } from "../../../contract/words.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type JudgmentRecord, type Metadata, RowFault, UNNAMED } from "../records.ts";
import { idIn, shown } from "../values.ts";
import { annotatorMissing, judgedBy, type JudgmentFields } from "./judged.ts";

/** What one game of a model's says: which of the two it was shown first stood left. */
export interface Game {
  readonly leftSystem: string;
  readonly rightSystem: string;
  readonly choice: Choice;
  readonly strength: number | null;
  readonly rationale: string | null;
  readonly metadata: Metadata;
}

/** What the games of a row have in common. */
interface GamesRow {
  readonly row: Fields;
  readonly at: number;
  readonly options: FileOptions;
  readonly fields: JudgmentFields;
  readonly promptId: string | null;
}

/**
 * The games of one row as judgments of a model, each with the sides it was shown. A game that failed is a fault of its
 * own, so that the other one can be taken.
 * @param read reads game 0 or 1. @throws RowFault where it has no verdict
 */
export function judgmentsOfGames(
  given: GamesRow,
  count: number,
  read: (game: number) => Game,
): (JudgmentRecord | RowFault)[] {
  const { row, at, options, fields, promptId } = given;
  const { judge, template } = judgeIn(row);
  const named = judge === null ? row : { ...row, judge };
  const judged = judgedBy(named, options, fields);
  if (judged.annotator === UNNAMED) throw annotatorMissing(named, fields);
  const { name, kind } = judged.group ?? { name: judged.annotator, kind: null };
  const group = { name, kind: kind ?? "model" } as const;
  const about = { ...judged.metadata, ...(template === null ? {} : { judge_template: template }) };
  return Array.from({ length: count }, (_, game) => {
    try {
      const said = read(game);
      const common = { kind: "judgment", row: at, promptId, promptTurns: null, sideKnown: true } as const;
      return {
        ...common,
        ...judged,
        ...said,
        group,
        metadata: { ...about, ...said.metadata, game: game + 1 },
      };
    } catch (error) {
      if (error instanceof RowFault) return error;
      throw error;
    }
  });
}

/** FastChat names a judge by its model and the prompt template it was asked with; others by its model alone. */
function judgeIn(row: Fields): { judge: string | null; template: string | null } {
  const value = row.judge;
  if (!Array.isArray(value)) return { judge: idIn(row, "judge"), template: null };
  const [judge, template] = value as unknown[];
  if (typeof judge !== "string" || judge === "")
    throw new RowFault("TextNotText", `judge is ${shown(value)}, which names no model.`, "judge");
  return { judge, template: typeof template === "string" ? template : null };
}

/** A game without a verdict. */
export const gameFailed = (game: number, what: string, column: string): RowFault =>
  new RowFault(
    "GameFailed",
    `Game ${game + 1} has no verdict: ${what}. Leave it out with --skip-bad.`,
    column,
  );
