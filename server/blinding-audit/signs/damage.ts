/* What has happened to an output before it was loaded. */

/** What stands in place of an output where there was none. */
const NOTHING = /^\s*(?:none|null|nan|n\/a|undefined|\[object Object\]|#N\/A|#VALUE!)\s*$/i;
const FAILURE =
  /^\s*(?:\[?(?:api )?(?:error|exception)\b\s*[:\]-]|traceback \(most recent call last\)|(?:\w+\.)*\w*(?:Error|Exception): |(?:http )?(?:429|50[0234])\b.{0,40}(?:too many|server|gateway|unavailable)|\$error\$)|^.{0,40}rate limit (?:exceeded|reached)/i;
/** UTF-8 that was read as Western European, and written again. */
const MISREAD = /Ã[\u0080-\u00bf©¨¤¶¼ª§]|â€[™œ\u009d“”¦]|Â[\u00a0°«»]/;

/** A spreadsheet's cell holds so many characters. */
export const CELL_MAX = 32_767;

/** Whether a turn looks like a failure and not like an answer. */
export const isFailure = (turn: string): boolean => NOTHING.test(turn) || FAILURE.test(turn);

/** Letters that were read in another encoding (“Ã©” for “é”), as they stand there; null: none. */
export const misreadIn = (turn: string): string | null => MISREAD.exec(turn)?.[0] ?? null;

/** Whether a turn is as long as a spreadsheet's cell can be. */
export const fillsCell = (turn: string): boolean => turn.length === CELL_MAX;

/** Whether, by its metadata, an output ended at the limit of its length. */
export const isCutOff = (metadata: Readonly<Record<string, unknown>>): boolean =>
  [metadata.finish_reason, metadata.stop_reason].some(
    (reason) => reason === "length" || reason === "max_tokens",
  );

const LINE_MIN = 80;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})/gm;

/**
 * How a turn looks as if it had been cut: an end within a sentence of a long line, or within a block of code; null: it does
 * not. Verse, lists, code and addresses end without a full stop too, so only a long line of prose is taken for a sentence.
 */
export function cutIn(turn: string): string | null {
  if (fillsCell(turn)) return "at the length of a spreadsheet’s cell";
  if ((turn.match(FENCE)?.length ?? 0) % 2 === 1) return "within a block of code";
  const line = turn
    .trimEnd()
    .slice(-2 * LINE_MIN)
    .split("\n")
    .at(-1)!;
  const isProse = line.length >= LINE_MIN && !/[|<>{}=`]|https?:/.test(line);
  return isProse && /[\p{Ll},]$/u.test(line) ? "after a long line without a full stop" : null;
}
