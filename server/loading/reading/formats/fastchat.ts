import { hash } from "node:crypto";
import { type Conversation, conversationOf, messagesOf, turnsIn } from "../conversation.ts";
import { type Fields, restOf } from "../field-map.ts";
import { type FileOptions, systemOfFile } from "../options.ts";
import { type GroupName, type LoadRecord, RowFault, RowNote, UNNAMED } from "../records.ts";
import { winnerIn } from "../choices.ts";
import { withImagesMarked } from "./images.ts";
import { idIn, nameIn, textIn } from "../values.ts";
import { isFilled, likenesses } from "../vocabulary.ts";
import { isModels, judgedBy, judgmentFields } from "./judged.ts";
import { pairOfTexts } from "./side-named.ts";
import { turnsInCell } from "../turns-in-cell.ts";

const QUESTION_FIELDS = new Set(["prompt_id", "question_id", "turns", "text"]);
const ANSWER_FIELDS = new Set(["prompt_id", "question_id", "model_id", "system", "choices", "text"]);
const BATTLE_FIELDS = judgmentFields(
  [...["question_id", "id", "model_a", "model_b", "winner", "conversation_a", "conversation_b"]],
  { annotator: "judge", createdAt: "tstamp" },
);

/** FastChat's questions: `turns`, or in older files one `text`. */
export function readFastchatQuestion(row: Fields, at: number): LoadRecord[] {
  const turns = row.turns === undefined ? [textIn(row, "text")] : turnsIn(row, "turns");
  return [
    { kind: "prompt", row: at, promptId: questionIn(row), turns, metadata: restOf(row, QUESTION_FIELDS) },
  ];
}

const questionIn = (row: Fields): string => idIn(row, "prompt_id") ?? nameIn(row, "question_id");

/** FastChat's answers: the turns of the first of `choices`, or in older files one `text`. */
export function readFastchatAnswer(row: Fields, at: number, options: FileOptions): LoadRecord[] {
  return [
    {
      kind: "response",
      row: at,
      promptId: questionIn(row),
      promptTurns: null,
      system: idIn(row, "system") ?? idIn(row, "model_id") ?? systemOfFile(options),
      turns: row.choices === undefined ? [textIn(row, "text")] : firstChoice(row.choices),
      metadata: restOf(row, ANSWER_FIELDS),
    },
  ];
}

function firstChoice(choices: unknown): string[] {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (typeof first !== "object" || first === null) {
    throw new RowFault("FieldMissing", "choices holds no answer.", "choices");
  }
  return turnsIn(first as Fields, "turns");
}

/**
 * A battle of Chatbot Arena, or a human judgment of MT-Bench: two systems, a winner, who judged, and maybe
 * both conversations, which bring the prompt and the responses along.
 */
export function readBattle(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const systems: [string, string] = [nameIn(row, "model_a"), nameIn(row, "model_b")];
  const { row: named, isVisit } = withJudge(row);
  const { images, ...conversations } = conversationsIn(row);
  const { used, ...texts } = conversations.promptTurns === null ? textsBeside(named) : NO_TEXTS;
  const judged = judgedBy(restOf(named, used), options, BATTLE_FIELDS);
  const isInconsistent = INCONSISTENT.test(String(row.winner));
  const promptId = idIn(row, "prompt_id") ?? idIn(row, "question_id") ?? idIn(row, "id");
  const promptTurns = conversations.promptTurns ?? texts.promptTurns;
  const isAlone = promptId === null && promptTurns === null;
  return [
    {
      kind: "judgment",
      row: at,
      promptId: isAlone ? idOfRow(row, at) : promptId,
      promptTurns,
      leftSystem: systems[0],
      rightSystem: systems[1],
      // A model's verdict may merge both orders, and does not say which it saw first.
      sideKnown: !isModels(judged) && !isInconsistent,
      choice: isInconsistent ? "tie" : winnerIn(row, "winner", systems),
      ...(isInconsistent ? { inconsistent: true } : {}),
      ...judged,
      group: judged.group ?? groupOf(judged.annotator),
      leftTurns: conversations.leftTurns ?? texts.leftTurns,
      rightTurns: conversations.rightTurns ?? texts.rightTurns,
    },
    ...(isAlone ? [ALONE] : []),
    ...(images > 0 ? [IMAGES] : []),
    ...(isVisit && row.annotator === undefined && options.annotator === null ? [BY_VISIT] : []),
  ];
}

/** Where files of judges that keep no conversations have the prompt. */
const PROMPTS = ["prompt", "turns", "question", "instruction"];

/** The prompt and the two answers where they stand in columns of their own (question, answer_a, answer_b). */
function textsBeside(row: Fields) {
  const isText = (name: string) => isFilled(row[name]) && isTurns(row[name]);
  const prompt = PROMPTS.find(isText);
  const outputs = Object.keys(row).filter(
    (name) => isText(name) && likenesses(name, "")[0]?.[1] === "output",
  );
  const pair = pairOfTexts(outputs);
  return {
    promptTurns: prompt === undefined ? null : turnsInCell(row, prompt),
    leftTurns: pair && turnsInCell(row, pair[0]),
    rightTurns: pair && turnsInCell(row, pair[1]),
    used: new Set([...(prompt === undefined ? [] : [prompt]), ...(pair ?? [])]),
  };
}

const NO_TEXTS: ReturnType<typeof textsBeside> = {
  ...{ promptTurns: null, leftTurns: null, rightTurns: null },
  used: new Set(),
};

const isTurns = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.every((turn) => typeof turn === "string"));

/** The arena's first logs of battles name no prompt; the same row of the same file is the same one when it is loaded again. */
const idOfRow = (row: Fields, at: number): string =>
  `battle-${hash("sha256", JSON.stringify([at, row])).slice(0, 12)}`;

const ALONE = new RowNote(
  "PromptAssumed",
  "No prompt is named, neither by an id nor by a text: the row is taken as one about a prompt of its own.",
);
const BY_VISIT = new RowNote(
  "AnnotatorAssumed",
  "No annotator is named: the visit (evaluation_session_id) is taken as one.",
);
const IMAGES = new RowNote(
  "ImageNotShown",
  "The conversation holds images, which are not loaded: “[image]” stands where they were.",
);

/** What other sets have in the place of the judge, the last of them the visit, and of the time. */
const VISIT = "evaluation_session_id";
const JUDGES = ["judge", "judge_hash", "judger", "judge_model", "judge_name", VISIT];
const TIMES = ["tstamp", "timestamp"];

function withJudge(row: Fields): { row: Fields; isVisit: boolean } {
  const first = (names: readonly string[]) => names.find((name) => isFilled(row[name])) ?? names[0] ?? "";
  const [judge, time] = [first(JUDGES), first(TIMES)];
  const rest = restOf(row, new Set([judge, time]));
  return { row: { ...rest, judge: row[judge], tstamp: row[time] }, isVisit: judge === VISIT };
}

/** MT-Bench's word for two orders of a pair that came to different verdicts. */
const INCONSISTENT = /^\s*tie \(inconsistent\)\s*$/i;

function conversationsIn(row: Fields) {
  const { messages: a, images } = withImagesMarked(row.conversation_a);
  const { messages: b } = withImagesMarked(row.conversation_b);
  const left = conversationIn({ conversation_a: a }, "conversation_a");
  const right = conversationIn({ conversation_b: b }, "conversation_b");
  if (left && right && JSON.stringify(left.user) !== JSON.stringify(right.user)) {
    const what = "The user's messages differ between conversation_a and conversation_b.";
    throw new RowFault("ConversationWrong", what, "conversation_b");
  }
  return {
    promptTurns: left?.user ?? right?.user ?? null,
    leftTurns: answersOf(left),
    rightTurns: answersOf(right),
    images,
  };
}

/** A conversation that is missing or an empty list was not kept. */
function conversationIn(row: Fields, field: string): Conversation | null {
  const value = row[field];
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null;
  return conversationOf(messagesOf(value, field), field);
}

const answersOf = (conversation: Conversation | null): string[] | null =>
  conversation === null || conversation.assistant.length === 0 ? null : conversation.assistant;

/** MT-Bench's judges carry their group in their name. */
function groupOf(annotator: string | typeof UNNAMED): GroupName | null {
  if (annotator === UNNAMED) return null;
  if (annotator.startsWith("author_")) return { name: "authors", kind: "author" };
  if (annotator.startsWith("expert_")) return { name: "experts", kind: "crowd" };
  return null;
}
