/** Marks of chat templates that a model's server should have taken out. */
const TOKEN =
  /<\|[a-z_]{2,30}(?:\|>|$)|<\/?s>|\[\/?INST\]|<\/?(?:start_of_turn|end_of_turn)>|<<\/?SYS>>|\[(?:gMASK|UNK|PAD|EOS|BOS)\]/i;
const TOKENS = new RegExp(TOKEN.source, "gi");

const THINKING = /<(\/?)(think|thinking|thought|reasoning|scratchpad)>/i;
const THINKINGS = new RegExp(THINKING.source, "gi");
const SPACE = /\s*/y;
const THOUGHT_BEFORE = /^[\s\S]*<\/(?:think|thinking|thought|reasoning|scratchpad)>\s*/i;

/** The first special token of a text, as it stands there; null: none. */
export const tokenIn = (text: string): string | null => TOKEN.exec(text)?.[0] ?? null;

/** The first mark of a model's reasoning in a text; null: none. */
export const thinkingIn = (text: string): string | null => THINKING.exec(text)?.[0] ?? null;

/** A text without special tokens. */
export const withoutTokens = (text: string): string => text.replace(TOKENS, "").trim();

/** A text without its reasoning: between its marks, or up to an end whose beginning is missing. */
export const withoutThinking = (text: string): string =>
  withoutThoughts(text).replace(THOUGHT_BEFORE, "").replace(THINKINGS, "").trim();

/** A text without what stands between a mark and the next end of its kind. It is gone through once, however many marks have no end. */
function withoutThoughts(text: string): string {
  const marks = [...text.matchAll(THINKINGS)].map((found) => ({
    ...{ at: found.index, after: found.index + found[0].length },
    ...{ isEnd: found[1] === "/", kind: found[2]!.toLowerCase() },
  }));
  const nextEnd = new Map<string, number>();
  const ends = marks.map(() => -1);
  for (const [i, { isEnd, kind, after }] of [...marks.entries()].reverse()) {
    if (isEnd) nextEnd.set(kind, after);
    else ends[i] = nextEnd.get(kind) ?? -1;
  }
  let kept = "";
  let from = 0;
  for (const [i, { at }] of marks.entries()) {
    if (ends[i] === -1 || at < from) continue;
    kept += text.slice(from, at);
    SPACE.lastIndex = ends[i]!;
    SPACE.exec(text);
    from = SPACE.lastIndex;
  }
  return kept + text.slice(from);
}
