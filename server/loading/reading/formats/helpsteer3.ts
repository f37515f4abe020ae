import type { Choice } from "../../../contract/words.ts";
import { conversationOf, messagesOf } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote, UNNAMED } from "../records.ts";
import { optionalText, shown, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { idOfTexts, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(
  ["context", "response1", "response2", "overall_preference", "individual_preference", ...SYSTEM_FIELDS],
  { annotatorElse: UNNAMED },
);

/**
 * HelpSteer3's preferences: one score of each annotator from −3 (response1 is much better) to 3, or where there is none of
 * them the overall one. Its annotators are not named: they are numbered within the row.
 */
export function readHelpSteer3(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { user, assistant, systemMessage } = conversationOf(messagesOf(row.context, "context"), "context");
  const texts = [
    [...assistant, textIn(row, "response1")],
    [...assistant, textIn(row, "response2")],
  ] as const;
  const systems = systemsIn(row, "response1", "response2");
  const common = { promptId: idOfTexts(user, ...texts), promptTurns: user, systems, texts };
  const overall = {
    ...(systemMessage === null ? {} : { system_message: systemMessage }),
    overall_preference: row.overall_preference,
  };
  const given = { row, at, options };
  const people = Array.isArray(row.individual_preference) ? (row.individual_preference as Fields[]) : [];
  if (people.length > 0)
    return people.map((person) =>
      judgmentOf(given, FIELDS, {
        ...{ ...common, ...choiceOf(person.score, "score") },
        rationale: optionalText(person, "reasoning"),
        metadata: { ...overall, ...restOf(person, new Set(["score", "reasoning"])) },
      }),
    );
  if (row.overall_preference === null)
    return [new RowNote("VerdictMissing", "The row has no preference, and is no judgment.")];
  const choice = choiceOf(row.overall_preference, "overall_preference");
  return [judgmentOf(given, FIELDS, { ...common, ...choice, metadata: overall })];
}

const SCORE_MAX = 3;

function choiceOf(score: unknown, field: string): { choice: Choice; strength: number } {
  if (typeof score === "number" && Number.isInteger(score) && Math.abs(score) <= SCORE_MAX)
    return { choice: score === 0 ? "tie" : score < 0 ? "left" : "right", strength: Math.abs(score) };
  throw new RowFault(
    "ChoiceUnknown",
    `${field} is ${shown(score)}; it is a whole number from −3 to 3.`,
    field,
  );
}
