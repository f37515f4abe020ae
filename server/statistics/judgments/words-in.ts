/** Letters that are written without spaces between words: about one word each, as reading goes. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;

const times = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How many words a text has, as a measure of reading it; characters of Chinese and Japanese count one each. */
export const wordsIn = (text: string): number =>
  times(text, UNSPACED) + times(text.replace(UNSPACED, " "), WORD);

/**
 * Words that somebody reads to judge one turn: those of its prompt and of both responses. Each text is a JSON list of turns;
 * `turn` counts from 1.
 */
export const wordsOfPair = (turn: number, texts: readonly string[]): number =>
  texts.reduce((sum, turns) => sum + wordsIn((JSON.parse(turns) as string[])[turn - 1] ?? ""), 0);
