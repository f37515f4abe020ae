import { lengthOf } from "../../statistics/judgments/text-features.ts";

/** The field by which slices part prompts by their length. */
export const PROMPT_LENGTH = "prompt length";

/** What a file says in one field, as text: of texts, numbers and yes or no; null: nothing, or a list or an object. */
export const fieldValue = (value: unknown): string | null =>
  ["string", "number", "boolean"].includes(typeof value) && value !== "" ? String(value) : null;

/** Characters (code points) of all user turns, which are a JSON list. */
export const promptLength = (turns: string): number =>
  (JSON.parse(turns) as string[]).reduce((sum, turn) => sum + lengthOf(turn), 0);

/** The name of a part by length, its ends included. */
export const lengthPart = ({ low, high }: { low: number; high: number }): string =>
  low === high ? `${low} characters` : `${low} to ${high} characters`;

/** A part of the prompts, as the slices of a report name it. */
export interface PromptPart {
  readonly field: string;
  readonly value: string;
}

/** Whether a prompt, by its text and its metadata as they are stored, belongs to a part. */
export function isInPart(prompt: { turns: string; metadata: string }, { field, value }: PromptPart): boolean {
  const ends = field === PROMPT_LENGTH ? /^(\d+)(?: to (\d+))? characters$/.exec(value) : null;
  if (ends === null)
    return fieldValue((JSON.parse(prompt.metadata) as Record<string, unknown>)[field]) === value;
  const length = promptLength(prompt.turns);
  return length >= Number(ends[1]) && length <= Number(ends[2] ?? ends[1]);
}
