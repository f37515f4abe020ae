/** Marks of chat templates that a model's server should have taken out. */
const TOKEN =
  /<\|[a-z_]{2,30}(?:\|>|$)|<\/?s>|\[\/?INST\]|<\/?(?:start_of_turn|end_of_turn)>|<<\/?SYS>>|\[(?:gMASK|UNK|PAD|EOS|BOS)\]/i;
const TOKENS = new RegExp(TOKEN.source, "gi");

const THINKING = /<\/?(?:think|thinking|thought|reasoning|scratchpad)>/i;
const THOUGHT = /<(think|thinking|thought|reasoning|scratchpad)>[\s\S]*?<\/\1>\s*/gi;
const THOUGHT_BEFORE = /^[\s\S]*<\/(?:think|thinking|thought|reasoning|scratchpad)>\s*/i;

/** The first special token of a text, as it stands there; null: none. */
export const tokenIn = (text: string): string | null => TOKEN.exec(text)?.[0] ?? null;

/** The first mark of a model's reasoning in a text; null: none. */
export const thinkingIn = (text: string): string | null => THINKING.exec(text)?.[0] ?? null;

/** A text without special tokens. */
export const withoutTokens = (text: string): string => text.replace(TOKENS, "").trim();

/** A text without its reasoning: between its marks, or up to an end whose beginning is missing. */
export const withoutThinking = (text: string): string =>
  text.replace(THOUGHT, "").replace(THOUGHT_BEFORE, "").replace(new RegExp(THINKING.source, "gi"), "").trim();
