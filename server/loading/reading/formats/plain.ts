import { choiceIn, winnerIn } from "../choices.ts";
import { outputIn, promptIn } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemOfFile } from "../options.ts";
import {
  type AnswerRecord,
  type JudgmentRecord,
  type LoadRecord,
  type Metadata,
  type PromptRecord,
  RowFault,
} from "../records.ts";
import { durationIn } from "../times.ts";
import { idIn, nameIn, optionalText, shown, turnIn } from "../values.ts";
import { judgedBy, judgmentFields } from "./judged.ts";
import { ownFields } from "./own-export.ts";

export const PROMPT_FIELDS: ReadonlySet<string> = new Set(["prompt_id", "prompt", "source", "split"]);
const RESPONSE_FIELDS = new Set(["prompt_id", "prompt", "system", "output"]);
const WORKED = ["active_ms", "language"];
const SIDES = judgmentFields([
  ...["left_system", "right_system", "left_output", "right_output", "choice", "expected_choice"],
  ...WORKED,
]);
const NAMES = judgmentFields([
  ...["system_a", "system_b", "output_a", "output_b", "winner", "expected_winner"],
  ...WORKED,
]);

/**
 * One row of a plain file: a judgment or a known answer, or both, if it names two systems, else a response if it has an
 * output, else a prompt.
 */
export function readPlain(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  if (row.left_system !== undefined || row.right_system !== undefined)
    return withAnswer(row, { at, isJudged: isSaid(row.choice) }, () => judgedBySides(row, at, options));
  if (row.system_a !== undefined || row.system_b !== undefined)
    return withAnswer(row, { at, isJudged: isSaid(row.winner) }, () => judgedByNames(row, at, options));
  if (row.output !== undefined) return [plainResponse(row, at, options)];
  if (row.prompt !== undefined) {
    const metadata = restOf(row, PROMPT_FIELDS);
    return [
      promptOf(row, { at, promptId: idIn(row, "prompt_id"), turns: promptIn(row, "prompt"), metadata }),
    ];
  }
  if (options.map.has("output")) throw outputMissing(row);
  const needed = "a prompt, an output, or left_system, right_system and choice";
  throw new RowFault("FieldMissing", `The row has none of what a row can be: ${needed}.`);
}

/** A row without the output that is mapped: a request that failed, say, and then the row tells why. */
function outputMissing(row: Fields): RowFault {
  const id = idIn(row, "prompt_id");
  const of = id === null ? "" : ` for the prompt “${id}”`;
  const why = isSaid(row.error) ? ` The row says: ${shown(row.error)}.` : "";
  return new RowFault("FieldMissing", `There is no output${of}.${why}`, "output");
}

/** A prompt with what the row says of its source and split. */
export function promptOf(
  row: Fields,
  prompt: { at: number; promptId: string | null; turns: string[]; metadata: Metadata },
): PromptRecord {
  const { at, promptId, turns, metadata } = prompt;
  const source = optionalText(row, "source");
  const split = optionalText(row, "split");
  const said = { ...(source === null ? {} : { source }), ...(split === null ? {} : { split }) };
  return { kind: "prompt", row: at, promptId, turns, metadata, ...said };
}

/** The prompt's text, where the row brings it along. */
export const promptAlong = (row: Fields): string[] | null =>
  row.prompt === undefined || row.prompt === null || row.prompt === "" ? null : promptIn(row, "prompt");

function plainResponse(row: Fields, at: number, options: FileOptions): LoadRecord {
  return {
    kind: "response",
    row: at,
    promptId: idIn(row, "prompt_id"),
    promptTurns: promptAlong(row),
    system: idIn(row, "system") ?? systemOfFile(options),
    turns: outputIn(row, "output"),
    metadata: restOf(row, RESPONSE_FIELDS),
  };
}

function judgedBySides(row: Fields, at: number, options: FileOptions): JudgmentRecord {
  const judged: JudgmentRecord = {
    kind: "judgment",
    row: at,
    promptId: idIn(row, "prompt_id"),
    promptTurns: promptAlong(row),
    leftSystem: nameIn(row, "left_system"),
    rightSystem: nameIn(row, "right_system"),
    sideKnown: true,
    choice: choiceIn(row, "choice"),
    ...workedIn(row),
    ...judgedBy(row, options, SIDES),
    ...outputsAlong(row, "left_output", "right_output"),
  };
  return { ...judged, ...ownFields(row, judged.metadata) };
}

function judgedByNames(row: Fields, at: number, options: FileOptions): JudgmentRecord {
  const systems: [string, string] = [nameIn(row, "system_a"), nameIn(row, "system_b")];
  const judged: JudgmentRecord = {
    kind: "judgment",
    row: at,
    promptId: idIn(row, "prompt_id"),
    promptTurns: promptAlong(row),
    leftSystem: systems[0],
    rightSystem: systems[1],
    sideKnown: true,
    choice: winnerIn(row, "winner", systems),
    ...workedIn(row),
    ...judgedBy(row, options, NAMES),
    ...outputsAlong(row, "output_a", "output_b"),
  };
  return { ...judged, ...ownFields(row, judged.metadata) };
}

/** What was judged, where the row brings it along. */
const outputsAlong = (row: Fields, left: string, right: string) => ({
  leftTurns: row[left] === undefined ? null : outputIn(row, left),
  rightTurns: row[right] === undefined ? null : outputIn(row, right),
});

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** What a row says where it may tell the answer that is known: a judgment beside a known answer is a check. */
function withAnswer(
  row: Fields,
  { at, isJudged }: { at: number; isJudged: boolean },
  judged: () => JudgmentRecord,
): LoadRecord[] {
  const answer = answerIn(row, at);
  if (answer === null) return [judged()];
  return isJudged ? [{ ...judged(), outside: "check" }, answer] : [answer];
}

function answerIn(row: Fields, at: number): AnswerRecord | null {
  const isBySides = isSaid(row.expected_choice);
  if (!isBySides && !isSaid(row.expected_winner)) return null;
  const names = isBySides ? (["left_system", "right_system"] as const) : (["system_a", "system_b"] as const);
  const systems: [string, string] = [nameIn(row, names[0]), nameIn(row, names[1])];
  const said = isBySides ? choiceIn(row, "expected_choice") : winnerIn(row, "expected_winner", systems);
  return {
    ...{ kind: "answer", row: at, promptId: idIn(row, "prompt_id"), promptTurns: promptAlong(row) },
    ...{ leftSystem: systems[0], rightSystem: systems[1], turn: turnIn(row, "turn") },
    expected: said === "both_bad" ? "tie" : said,
  };
}

/** How the annotator worked, as this program's own exports say it. */
const workedIn = (row: Fields) => ({
  activeMs: durationIn(row, "active_ms"),
  language: optionalText(row, "language"),
});
