import { type Conversation, conversationOf, messagesOf } from "../conversation.ts";
import type { Fields } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, RowNote, UNNAMED } from "../records.ts";
import { judgmentFields } from "./judged.ts";
import { spokenIn } from "./spoken.ts";
import { optionalText } from "../values.ts";
import { idOfTexts, judgmentOf, SYSTEM_FIELDS, systemsIn } from "./verdict.ts";

const FIELDS = judgmentFields(["chosen", "rejected", ...SYSTEM_FIELDS], { annotatorElse: UNNAMED });

/**
 * Preferences that hold both conversations whole, with or without a column for the prompt: those of hh-rlhf as texts, TRL's implicit ones as messages.
 * What both share is the prompt; the last answers are compared, of which the chosen one won. No system is named, and the
 * order in which they were shown is not known.
 */
export function readPreferenceChats(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const [chosen, rejected] = [chatIn(row, "chosen"), chatIn(row, "rejected")];
  const turn = turnParted(chosen, rejected);
  const upTo = <T>(turns: readonly T[]): T[] => turns.slice(0, turn + 1);
  const prompt = upTo(chosen.user);
  const said = optionalText(row, "prompt");
  if (said !== null && !prompt.some((turn) => turn.trim() === said.trim()))
    throw new RowFault("ConversationWrong", "prompt is none of the user's turns.", "prompt");
  const [left, right] = [upTo(chosen.assistant), upTo(rejected.assistant)];
  if (left.at(-1) === right.at(-1))
    return [new RowNote("NotCompared", "Both conversations are the same, and nothing is compared.")];
  const more = { chosen_later: laterOf(chosen, turn), rejected_later: laterOf(rejected, turn) };
  const later = Object.fromEntries(Object.entries(more).filter(([, turns]) => turns.length > 0));
  const told = chosen.systemMessage === null ? {} : { system_message: chosen.systemMessage };
  return [
    judgmentOf({ row, at, options }, FIELDS, {
      ...{
        promptId: idOfTexts(prompt, left, right),
        promptTurns: prompt,
        systems: systemsIn(row, "chosen", "rejected"),
      },
      ...{ texts: [left, right], choice: "left", metadata: { ...told, ...later } },
    }),
  ];
}

/** The first turn whose answers differ. @throws RowFault where the users' turns differ before */
function turnParted(chosen: Conversation, rejected: Conversation): number {
  for (let turn = 0; ; turn++) {
    if (chosen.user[turn] === undefined || chosen.user[turn] !== rejected.user[turn]) {
      if (turn > 0 && chosen.user[turn] === undefined && rejected.user[turn] === undefined) return turn - 1;
      throw new RowFault(
        "ConversationWrong",
        `The user's turn ${turn + 1} differs between chosen and rejected.`,
      );
    }
    if (chosen.assistant[turn] !== rejected.assistant[turn]) return turn;
  }
}

/** What was said after the answers that are compared. */
const laterOf = ({ user, assistant }: Conversation, turn: number): string[] =>
  user.slice(turn + 1).flatMap((said, i) => [said, assistant[turn + 1 + i] ?? ""]);

/** A conversation, as messages or as hh-rlhf's text. */
function chatIn(row: Fields, field: string): Conversation {
  const value = row[field];
  const messages = typeof value === "string" ? spokenIn(value, field) : messagesOf(value, field);
  const chat = conversationOf(messages, field);
  // What is missing at the end is an empty answer: such rows are in hh-rlhf.
  return chat.assistant.length < chat.user.length ? { ...chat, assistant: [...chat.assistant, ""] } : chat;
}
