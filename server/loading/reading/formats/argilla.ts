import type { Choice } from "../../../contract/words.ts";
import { outputIn, promptIn } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote } from "../records.ts";
import { idIn, isObject } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { noSide, pairOfNames, sideNamed, verdictQuestion } from "./side-named.ts";
import { judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(["verdict", "left_output", "right_output", ...SYSTEM_FIELDS]);
const ABOUT = ["id", "external_id", "_server_id", "status", "metadata", "suggestions", "vectors"];
const PROMPTS = ["prompt", "instruction", "question", "input", "query"];

/** One person's answer to one question. */
interface Response {
  readonly value: unknown;
  readonly user: string | null;
  readonly isSubmitted: boolean;
}

/** A record: its texts, and the answers by question. */
interface Form {
  readonly texts: Fields;
  readonly answers: ReadonlyMap<string, readonly Response[]>;
}

/**
 * A record of Argilla 2 (fields and responses, or as on the Hugging Face Hub in columns of their own) or of its older
 * feedback sets (a list of answers per question): a judgment of each person who answered which of two texts is better, by
 * its name, as a label or in a ranking. The order of the texts on the page is that of the fields. What was discarded or is a
 * draft is counted, and is no judgment.
 */
export function readArgilla(
  row: Fields,
  at: number,
  options: FileOptions,
): (LoadRecord | RowFault | RowNote)[] {
  const { texts, answers } = formOf(row);
  const pair = pairOfNames(Object.keys(texts).filter((name) => !PROMPTS.includes(name)));
  if (!pair) throw new RowFault("FieldMissing", whyNoPair(texts));
  const values = new Map(
    [...answers].map(([name, given]) => [name, given.map(({ value }) => topOf(value, pair))]),
  );
  const question = verdictQuestion(values, pair, idIn(row, "verdict"));
  const prompt = promptOf(texts, pair);
  const common = {
    promptId: idIn(row, "id") ?? idIn(row, "external_id"),
    promptTurns: prompt === null ? null : promptIn(texts, prompt),
    systems: systemsIn(row, ...pair),
    texts: [outputIn(texts, pair[0]), outputIn(texts, pair[1])] as const,
    sideKnown: true,
  };
  const others = restOf(texts, new Set([...pair, prompt ?? ""]));
  const own = Object.fromEntries(
    Object.entries(row).filter(([name]) => FIELDS.used.has(name) || name === "metadata"),
  );
  const given = (question === null ? undefined : answers.get(question)) ?? [];
  if (question === null || given.length === 0) return [UNANSWERED];
  return given.map(({ value, user, isSubmitted }) => {
    if (!isSubmitted) return NOT_SUBMITTED;
    const choice = sideNamed(topOf(value, pair), pair);
    if (choice === null) return noSide(question, value);
    const more = [...answers].flatMap(([name, all]) => {
      const said = name === question ? undefined : all.find((one) => one.user === user)?.value;
      return said === undefined ? [] : [[name, said] as const];
    });
    return judgmentOf({ row: own, at, options }, FIELDS, {
      ...{ ...common, choice, annotator: user },
      metadata: { ...others, ...Object.fromEntries(more) },
    });
  });
}

const UNANSWERED = new RowNote("VerdictMissing", "Nobody answered which of the two is better: no judgment.");
const NOT_SUBMITTED = new RowNote("VerdictMissing", "A response was discarded or is a draft: no judgment.");

/** Of a ranking, the first; both where they share it. */
function topOf(value: unknown, pair: readonly [string, string]): unknown {
  if (!Array.isArray(value)) return value;
  const places = value as (string | Fields)[];
  const rankOf = (name: string): number => {
    const at = places.findIndex((one) => (typeof one === "string" ? one : one.value) === name);
    const one = places[at];
    return typeof one === "object" && typeof one.rank === "number" ? one.rank : at;
  };
  const [left, right] = [rankOf(pair[0]), rankOf(pair[1])];
  if (left < 0 || right < 0) return null;
  const top: Choice = left === right ? "tie" : left < right ? "left" : "right";
  return top;
}

function formOf(row: Fields): Form {
  if (isObject(row.fields) && isObject(row.responses)) {
    const lists = Object.entries(row.responses).map(([name, given]) => [name, responsesIn(given)] as const);
    return { texts: row.fields, answers: new Map(lists) };
  }
  const columns = Object.keys(row).filter((name) => !ABOUT.includes(name) && !FIELDS.used.has(name));
  const flat = columns.filter((name) => Array.isArray(row[`${name}.users`]));
  const older = columns.filter((name) => Object.hasOwn(row, `${name}-suggestion`));
  const answers = new Map([
    ...flat.map((name) => [name.replace(/\.responses$/, ""), responsesBeside(row, name)] as const),
    ...older.map((name) => [name, responsesIn(row[name])] as const),
  ]);
  const questions = [...answers.keys()];
  const isOfQuestion = (name: string) =>
    questions.some(
      (one) => name === one || name.startsWith(`${one}.`) || name.startsWith(`${one}-suggestion`),
    );
  const texts = columns.filter((name) => !isOfQuestion(name) && isText(row[name]));
  const prompt = row.prompt === undefined ? {} : { prompt: row.prompt };
  return { texts: { ...prompt, ...Object.fromEntries(texts.map((name) => [name, row[name]])) }, answers };
}

const isText = (value: unknown): boolean => typeof value === "string" || Array.isArray(value);

const responsesIn = (value: unknown): Response[] =>
  (Array.isArray(value) ? (value as Fields[]) : []).map((one) => ({
    value: one.value,
    user: idIn(one, "user_id"),
    isSubmitted: isSubmitted(one.status),
  }));

/** The columns of one question: its answers, who gave them, and how each stands. */
function responsesBeside(row: Fields, name: string): Response[] {
  const [values, users, statuses] = ["", ".users", ".status"].map((part) => row[`${name}${part}`] ?? []);
  return (values as unknown[]).map((value, i) => {
    const user = (users as unknown[])[i];
    return {
      value,
      user: typeof user === "string" ? user : null,
      isSubmitted: isSubmitted((statuses as unknown[])[i]),
    };
  });
}

const isSubmitted = (status: unknown): boolean =>
  status === undefined || status === null || status === "submitted";

function promptOf(texts: Fields, pair: readonly string[]): string | null {
  const others = Object.keys(texts).filter((name) => !pair.includes(name));
  return PROMPTS.find((name) => others.includes(name)) ?? (others.length === 1 ? (others[0] ?? null) : null);
}

const whyNoPair = (texts: Fields): string =>
  `The record does not show which two texts are compared (${Object.keys(texts).join(", ") || "none"}). Name the fields alike but for a mark, as response_a and response_b are.`;
