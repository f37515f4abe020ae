import type { Entry, PersonalAnswer, Question } from "../contract/entry.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { Transaction } from "../storage/database.ts";

class AnswerWrong extends TiebreakError {
  constructor(question: string, why: string) {
    super("AnswerWrong", 400, `The answer to “${question}” ${why}.`);
  }
}

/**
 * Stores what somebody answered about themselves; what they leave out is not stored.
 * @param given.answers by the questions' ids; null: they prefer not to say
 * @returns whether an answer screens them out
 * @throws AnswerWrong where an answer is missing that is required, or is none that the question takes
 */
export async function keepAnswers(
  { db }: Transaction,
  given: {
    annotatorId: number;
    entry: Entry;
    answers: Readonly<Record<string, PersonalAnswer>>;
    at: string;
  },
): Promise<boolean> {
  const { annotatorId, entry, answers, at } = given;
  const { questions = [] } = entry;
  const strange = Object.keys(answers).find((id) => !questions.some((one) => one.id === id));
  if (strange !== undefined) throw new AnswerWrong(strange, "belongs to no question");
  for (const question of questions) requireAnswer(question, answers[question.id]);
  const rows = Object.entries(answers).map(([question, answer]) => ({
    ...{ annotator_id: annotatorId, question, answer: JSON.stringify(answer), answered_at: at },
  }));
  if (rows.length > 0)
    await db
      .insertInto("personal_answer")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["annotator_id", "question"]).doUpdateSet((e) => ({
          answer: e.ref("excluded.answer"),
          answered_at: e.ref("excluded.answered_at"),
        })),
      )
      .execute();
  return questions.some((question) => excludes(question, answers[question.id]));
}

function requireAnswer(question: Question, answer: PersonalAnswer | undefined): void {
  const { id, required, mayDecline } = question;
  if (answer === undefined) {
    if (required) throw new AnswerWrong(id, "is missing");
  } else if (answer === null ? !mayDecline : !fits(question, answer))
    throw new AnswerWrong(id, "is none that the question takes");
}

function fits(question: Question, answer: Exclude<PersonalAnswer, null>): boolean {
  switch (question.kind) {
    case "text":
      return typeof answer === "string" && answer.trim() !== "";
    case "number": {
      const { min = -Infinity, max = Infinity } = question;
      return typeof answer === "number" && answer >= min && answer <= max;
    }
    case "choice":
      return question.options.some(({ value }) => value === answer);
    case "several":
      return (
        Array.isArray(answer) &&
        answer.length > 0 &&
        new Set(answer).size === answer.length &&
        answer.every((one) => question.options.some(({ value }) => value === one))
      );
  }
}

function excludes(question: Question, answer: PersonalAnswer | undefined): boolean {
  if (question.kind !== "choice" && question.kind !== "several") return false;
  const chosen = Array.isArray(answer) ? answer : [answer];
  return question.options.some(({ value, excludes }) => excludes === true && chosen.includes(value));
}
