import { RowFault } from "../records.ts";
import { shown } from "../values.ts";

const SPEAKER = /(?:^|\n\n)(Human|Assistant):/g;
const ROLES: Readonly<Record<string, string>> = { Human: "user", Assistant: "assistant" };

/**
 * The messages of a conversation that is one text, in which `Human:` and `Assistant:` begin the turns (hh-rlhf, Nectar). Two
 * of one speaker in a row are one. @throws RowFault where it begins otherwise
 */
export function spokenIn(text: string, field: string): { role: string; content: string }[] {
  const [before = "", ...parts] = text.split(SPEAKER);
  if (parts.length === 0 || before.trim() !== "") {
    const what = `${field} is ${shown(text)}, which does not begin with “Human:”.`;
    throw new RowFault(
      "ConversationWrong",
      `${what} If it is a bare answer, map the prompt (FILE:prompt=THEIRS).`,
      field,
    );
  }
  const turns: { role: string; content: string }[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const role = ROLES[parts[i] ?? ""] ?? "";
    const content = (parts[i + 1] ?? "").trim();
    const last = turns.at(-1);
    if (last?.role === role) last.content += `\n\n${content}`;
    else turns.push({ role, content });
  }
  return turns;
}
