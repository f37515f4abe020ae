import type { Grade } from "../contract/judge-method.ts";
import type { Wording } from "../contract/studies.ts";
import { findObjects, type FoundObject, type Lenient, type LenientObject } from "./lenient-json.ts";
import { choiceOfGrade, gradeOf } from "./method/grades.ts";
import type { ModelReply } from "../model-servers/model-call.ts";
import { splitThinking } from "../model-servers/thinking.ts";
import { bare, choiceOf, LABEL_MAX, type VerdictChoice } from "./verdict-labels.ts";

type VerdictFailure =
  "refused" | "unreadable" | "truncated" | "contradictory" | "empty" | "only reasoning" | "paused";
type Verdict =
  | { readonly choice: VerdictChoice; readonly rationale: string; readonly grade?: Grade }
  | {
      readonly failure: VerdictFailure;
      readonly message: string;
      /** Of a reply that was cut off: nothing more fits the model. */
      readonly isFull?: boolean;
    };

interface HowToRead {
  /** Whether the server was asked for JSON; else for a label on the last line. */
  readonly structured: boolean;
  /** Its option labels, written out whole, are read as the options; none: those of the frame only. */
  readonly wording?: Pick<Wording, "left" | "tie" | "right"> | undefined;
  /** five: a verdict is one of five steps, and nothing else is. */
  readonly scale?: "three" | "five" | undefined;
}

type Readable = Pick<ModelReply, "text" | "finish"> &
  Partial<Pick<ModelReply, "thinking" | "toolInput" | "finishWord">>;

/** Characters of a rationale that are kept. @internal */
export const RATIONALE_MAX = 20_000;

/**
 * Reads a judge's reply: A is left, B is right. Never guesses, and reads every form that can mean one thing only: an
 * object with a verdict, in a tool or in the text, however it is quoted; a line that announces a verdict; a label in
 * double brackets; a label alone on the last line. Reasoning is cut off first. All that is said must agree.
 *
 * - `truncated`: the server stopped at its limit. That holds even where a whole verdict seems to be there: what comes
 *   before the end may quote one, or weigh one that the end would have taken back.
 * - `refused`: the server says so, or there is no verdict and a short text that declines.
 * - `only reasoning`, `empty`, `paused`: there is no answer to read.
 * - `contradictory`: two different verdicts, wherever they stand.
 * - `unreadable`: no verdict where one was asked for, or one that is none of the options.
 */
export function readVerdict(reply: Readable, how: HowToRead): Verdict {
  if (reply.finish === "length") return cutOff(reply);
  if (reply.finish === "refused") return failed("refused", "The server reports that the model declined.");
  const { answer, thinking } = splitThinking(reply.text);
  const spoken = [unquoted(answer), reply.toolInput ?? ""].join("\n");
  if (spoken.trim() === "") return withoutAnswer(reply, thinking);
  const read = fromStatements(spoken, how);
  if ("choice" in read) return { ...read, rationale: kept(read.rationale) };
  return read.failure === "unreadable" && declines(spoken.trim())
    ? failed("refused", "The model declined to choose.")
    : read;
}

/** Some models write their JSON as a text of JSON. */
function unquoted(answer: string): string {
  if (!/^\s*"/.test(answer)) return answer;
  try {
    const inside = JSON.parse(answer) as unknown;
    return typeof inside === "string" ? inside : answer;
  } catch {
    return answer;
  }
}

const failed = (failure: VerdictFailure, message: string) => ({ failure, message });

function cutOff({ finishWord }: Readable): Verdict {
  const isFull = /context/i.test(finishWord ?? "");
  const why = isFull ? "the model’s context is full" : "--max-tokens allows more";
  return { failure: "truncated", message: `The reply ends at the limit of tokens (${why}).`, isFull };
}

function withoutAnswer(reply: Readable, thinking: string | null): Verdict {
  if (reply.finish === "paused") return failed("paused", "The server paused before the model had answered.");
  if (thinking !== null || (reply.thinking ?? null) !== null)
    return failed(
      "only reasoning",
      "Only reasoning came back, and no answer. A higher --max-tokens may help, or less reasoning (--reasoning-effort low).",
    );
  return failed("empty", "The reply is empty.");
}

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

const declines = (text: string) =>
  text.length <= REFUSAL_MAX && REFUSALS.some((refusal) => refusal.test(text));

function fromStatements(text: string, { wording, scale }: HowToRead): Verdict {
  const labelOf = (words: unknown) => (scale === "five" ? gradeOf(words) : choiceOf(words, wording));
  const objects = findObjects(text);
  if (objects === null)
    return failed("unreadable", "There are too many braces to find an object with a verdict.");
  const inObjects = verdictsIn(objects);
  const outside = withoutObjects(text, objects);
  if (isTorn(outside)) return failed("unreadable", "The object with the verdict does not end.");
  const announced = announcedIn(outside);
  const said = [...inObjects, ...announced, ...lastLineOf(outside)].map(labelOf);
  const labels = new Set(said.filter((label) => label !== null));
  if (labels.size > 1) return failed("contradictory", "The reply holds different verdicts.");
  const [label] = labels;
  const isOdd = inObjects.some((words) => labelOf(words) === null);
  if (label === undefined || isOdd) return failed("unreadable", whyNone(inObjects.length > 0, scale));
  const rationale = reasonsIn(objects) ?? reasonsBefore(outside, (words) => labelOf(words) !== null);
  return isGrade(label)
    ? { choice: choiceOfGrade(label), grade: label, rationale }
    : { choice: label, rationale };
}

const isGrade = (label: VerdictChoice | Grade): label is Grade => label.includes("A") || label.includes("B");

function whyNone(hasObject: boolean, scale: HowToRead["scale"]): string {
  if (!hasObject) return "There is no verdict: no object, line or label that names one.";
  return scale === "five"
    ? "The verdict is none of A>>B, A>B, A=B, B>A and B>>A."
    : "The verdict is none of A, B and tie.";
}

/** What members are called in which models put a verdict: as they were asked to, else in other words. */
const AS_ASKED = /^(?:final|overall)?verdict$/;
const OTHERWISE =
  /^(?:final|overall)?(?:choice|winner|preference|preferred|preferredresponse|better|betterresponse|decision|judge?ment)$/;

function verdictsIn(objects: readonly LenientObject[]): Lenient[] {
  const members = objects.flatMap(membersWithin);
  const asked = members.filter(({ key }) => AS_ASKED.test(letters(key)));
  const all = asked.length > 0 ? asked : members.filter(({ key }) => OTHERWISE.test(letters(key)));
  return all.map(({ value }) => value);
}

const letters = (key: string): string => key.toLowerCase().replace(/[^a-z]/g, "");

/** The members of an object and of those inside it. */
function membersWithin({ members }: LenientObject): LenientObject["members"] {
  return members.flatMap((member) => [member, ...objectsIn(member.value).flatMap(membersWithin)]);
}

function objectsIn(value: Lenient): LenientObject[] {
  if (Array.isArray(value)) return (value as readonly Lenient[]).flatMap(objectsIn);
  return typeof value === "object" && value !== null ? [value as LenientObject] : [];
}

/** Stands where an object stood: it is no label. */
const OBJECT = "\uFFFC";

function withoutObjects(text: string, objects: readonly FoundObject[]): string {
  let [plain, at] = ["", 0];
  for (const { start, end } of objects) {
    plain += text.slice(at, start) + OBJECT;
    at = end;
  }
  return plain + text.slice(at);
}

/** Where an object begins, with the name of its first member. */
const OBJECT_BEGINS = /\{\s*["'“”‘’]?([A-Za-z][A-Za-z_ ]{0,30})["'“”‘’]?\s*:/g;

/** Whether an object of reasons or a verdict begins and never ends: what it weighs or quotes is no statement. */
function isTorn(outside: string): boolean {
  return [...outside.matchAll(OBJECT_BEGINS)].some(({ 1: name, index }) => {
    const key = letters(name!);
    if (![AS_ASKED, OTHERWISE, REASONS].some((names) => names.test(key))) return false;
    const rest = outside.slice(index);
    return rest.split("{").length > rest.split("}").length;
  });
}

/** What announces a verdict at the beginning of a sentence. A quoted line (`>`) announces none. */
const ANNOUNCED =
  /^[\s#*_`"'“”‘’-]*(?:(?:so|thus|hence|therefore),? )?(?:my |the )?(?:final |overall )?(?:verdict|choice|decision|judge?ment|winner)(?:[\s*_`"']*[:：=]| is\b[\s*_`"']*[:：]?)/i;

/** What is announced as a verdict, sentence by sentence, and labels in double brackets but in quoted lines. */
function announcedIn(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    if (line.length > SENTENCES_MAX || /^\s*>/.test(line)) return [];
    const brackets = [...line.matchAll(/\[\[([^[\]]{1,40})\]\]/g)].map((match) => match[1]!);
    const sentences = line
      .split(/(?<=[.!?。])\s+/)
      .filter((sentence) => sentence.length <= LABEL_MAX && ANNOUNCED.test(sentence));
    return [...brackets, ...sentences.map((sentence) => sentence.replace(ANNOUNCED, "").split(BECAUSE)[0]!)];
  });
}

const SENTENCES_MAX = 5000;
/** Where a reason follows a label on its line. */
const BECAUSE = /\s*(?:[—–(;]|\s-\s|,?\s+(?:because|since)\b)/;

/** The last line with anything in it, where it may be a label. */
function lastLineOf(text: string): string[] {
  const line = text.split("\n").findLast((one) => bare(one) !== "");
  return line === undefined || /^\s*>/.test(line) ? [] : [line];
}

function reasonsIn(objects: readonly LenientObject[]): string | null {
  const texts = objects
    .flatMap(membersWithin)
    .flatMap(({ key, value }) => (REASONS.test(letters(key)) && typeof value === "string" ? [value] : []));
  if (texts.length > 0) return [...new Set(texts)].join("\n\n");
  return verdictsIn(objects).length > 0 ? "" : null;
}

const REASONS = /^(?:reason(?:ing|s)?|rationale|explanation|justification|analysis|thoughts?)$/;

/** The text up to the last line that says a verdict. */
function reasonsBefore(text: string, isLabel: (words: string) => boolean): string {
  const lines = text.split("\n");
  const isVerdict = (line: string) => [...announcedIn(line), line].some(isLabel);
  const last = lines.findLastIndex(isVerdict);
  const own = (lines[last] ?? "").replace(/[^.!?。]*\[\[[^[\]]{1,40}\]\]\W*$/, "");
  return [...lines.slice(0, Math.max(0, last)), own === lines[last] ? "" : own].join("\n");
}

/** Cut to length, and without what a database cannot keep as text. */
const kept = (rationale: string): string =>
  rationale
    .trim()
    .slice(0, RATIONALE_MAX)
    .replaceAll("\0", "\uFFFD")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
