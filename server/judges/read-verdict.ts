import type { Wording } from "../contract/studies.ts";
import { findObjects } from "./find-objects.ts";
import type { ModelReply } from "./model-call.ts";

export type VerdictChoice = "left" | "tie" | "right";
export type VerdictFailure = "refused" | "unreadable" | "truncated" | "contradictory";
export type Verdict =
  | { readonly choice: VerdictChoice; readonly rationale: string }
  | { readonly failure: VerdictFailure; readonly message: string };

export interface HowToRead {
  /** Whether the server was asked for JSON; else for a label on the last line. */
  readonly structured: boolean;
  /** Its option labels, written out whole, are read as the options; none: A, B and tie only. */
  readonly wording?: Pick<Wording, "left" | "tie" | "right">;
}

/** Characters of a rationale that are kept. */
export const RATIONALE_MAX = 20_000;

/**
 * Reads a judge's reply: A is left, B is right. Never guesses: what is not the JSON object or the last line that was
 * asked for is a failure by its name. Blanks, capitals, quotes, emphasis and brackets around a label do not matter.
 *
 * - `truncated`: the server stopped at its limit. That holds even where a whole verdict seems to be there: what comes
 *   before the end may quote one, or weigh one that the end would have taken back.
 * - `refused`: the server says so, or there is no verdict and a short text that declines.
 * - `contradictory`: two different verdicts, wherever they stand.
 * - `unreadable`: no verdict where one was asked for.
 */
export function readVerdict(reply: Pick<ModelReply, "text" | "finish">, how: HowToRead): Verdict {
  if (reply.finish === "length") return failed("truncated", "The reply ends at the limit of tokens.");
  if (reply.finish === "refused") return failed("refused", "The server says that the model declined.");
  const spoken = reply.text.replace(THOUGHT, "");
  const read = how.structured ? fromJson(spoken, how) : fromLastLine(spoken, how);
  if ("choice" in read) return { ...read, rationale: kept(read.rationale) };
  return read.failure === "unreadable" && declines(spoken)
    ? failed("refused", "The model declined to choose.")
    : read;
}

/** What some models write before they speak; either tag may be missing. What they weigh there is no verdict. */
const THOUGHT = /^[^]*?<\/think>|^\s*<think>[^]*$/;
const REFUSAL_MAX = 600;
const REFUSALS = [
  /\bI(?:['’]m| am) (?:sorry|unable|not (?:able|comfortable|willing))\b/i,
  /\bI (?:cannot|can['’]?t|can not|won['’]t|will not|must decline|decline to|do not feel comfortable)\b/i,
  /\bas an AI\b/i,
  /抱歉|对不起|我无法|我不能/,
  /\bLo siento\b|\bno puedo\b/i,
  /\bTut mir leid\b|\bich kann (?:das |dabei |diese[rsn]? )?(?:leider )?nicht\b/i,
  /\bJe suis désolée?\b|\bje ne peux pas\b/i,
];

const failed = (failure: VerdictFailure, message: string) => ({ failure, message });
const declines = (text: string) =>
  text.length <= REFUSAL_MAX && REFUSALS.some((refusal) => refusal.test(text));

function fromJson(text: string, how: HowToRead): Verdict {
  const isVerdict = ({ key }: { key: string }) => key === "verdict";
  const objects = (findObjects(text) ?? []).filter(({ members }) => members.some(isVerdict));
  const [first, second] = objects;
  if (!first) return failed("unreadable", "There is no JSON object with a verdict.");
  const inObjects = objects.flatMap(({ members }) => members.filter(isVerdict).map((one) => one.text));
  const choices = [...inObjects, ...verdictLines(text)].map((words) => choiceOf(words, how));
  if (new Set(choices.filter((choice) => choice !== null)).size > 1) return contradiction();
  if (second) return failed("unreadable", "There are several JSON objects with a verdict.");
  const { reasoning, verdict } = first.value;
  if (first.members.length !== 2 || typeof reasoning !== "string")
    return failed("unreadable", "The JSON object has not just a reasoning in words and a verdict.");
  const choice = choiceOf(verdict, how);
  if (choice === null) return failed("unreadable", "The verdict is none of A, B and tie.");
  return { choice, rationale: reasoning };
}

function fromLastLine(text: string, how: HowToRead): Verdict {
  const lines = text.split("\n");
  const last = lines.findLastIndex((line) => bare(line) !== "");
  const choice = choiceOf(lines[last]?.replace(VERDICT_LINE, ""), how);
  if (choice === null) return failed("unreadable", "The last line is none of the labels.");
  const earlier = verdictLines(lines.slice(0, last).join("\n")).map((words) => choiceOf(words, how));
  if (earlier.some((other) => other !== null && other !== choice)) return contradiction();
  return { choice, rationale: lines.slice(0, last).join("\n") };
}

const contradiction = () => failed("contradictory", "The reply holds different verdicts.");

/** What announces a verdict at the beginning of a line. A quoted line (`>`) announces none. */
const VERDICT_LINE = /^[\s#*_`"'“”‘’]*(?:my |the )?(?:final |overall )?verdict(?: is)?[\s*_`"']*[:：]/i;

/** What is announced as a verdict, line by line, and double brackets around a label alone on a line. */
function verdictLines(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    if (line.length > LABEL_MAX) return [];
    if (VERDICT_LINE.test(line)) return [line.replace(VERDICT_LINE, "")];
    return /^\W*\[\[[^[\]]+\]\]\W*$/.test(line) ? [line] : [];
  });
}

function choiceOf(words: unknown, { wording }: HowToRead): VerdictChoice | null {
  if (typeof words !== "string") return null;
  const label = bare(words);
  const letter = LETTERS.get(label.toLowerCase());
  if (letter || !wording || label === "") return letter ?? null;
  const named = CHOICES.filter((choice) => bare(wording[choice]) === label);
  return named.length === 1 ? named[0]! : null;
}

const CHOICES = ["left", "tie", "right"] as const;
const LETTERS = new Map<string, VerdictChoice>([
  ["a", "left"],
  ["b", "right"],
  ["tie", "tie"],
]);

/** Characters, above those of any label and what is put around it. */
const LABEL_MAX = 300;

/** Without what is commonly put around a label. */
function bare(words: string): string {
  const trimmed = words.trim();
  if (trimmed.length > LABEL_MAX) return trimmed;
  return trimmed.replace(/^[\s*_`#"'“”‘’«»「」[({]+/, "").replace(/[\s*_`"'“”‘’«»「」\])}.。!]+$/, "");
}

/** Cut to length, and without what a database cannot keep as text. */
const kept = (rationale: string): string =>
  rationale
    .trim()
    .slice(0, RATIONALE_MAX)
    .replaceAll("\0", "\uFFFD")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
