import type MarkdownIt from "markdown-it";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";

const LINES_MIN = 3;
/** Of a longer run of lines only so many are looked at. */
const LINES_MAX = 100;
/** Of the signs that are no spaces, so many must be neither letters nor digits. */
const SHARE_MIN = 0.55;

/** Signs that drawings are made of: punctuation of ASCII, box drawing, blocks. */
const SIGN = /[!-/:-@[-`{-~\u2500-\u259f]/g;
const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s+\S/;
const TABLE_RULE = /^(?=.*\|)(?=.*-)[ \t|:-]+$/;
const FENCE_OR_MATH = /^\s*(?:```|~~~)|\$|\\[[(]|\\begin\{/;
/** What makes a heading of a line of words above it. */
const UNDERLINE = /^ {0,3}(?:=+|-+)\s*$/;
/** A line that only a drawing has: it is set in from the margin, has a gap, or is a long stroke. */
const SHAPED = /^\s+\S|\S {2,}\S|^[-+=_.~|\u2500-\u259f]{5,}\s*$/;

/**
 * Keeps the shape of drawings made of signs, and of lines of verse that are set in. Lines outside of lists that are mostly
 * signs come as they stand, in letters of one width; a line that begins with a tab, or with two spaces or more, keeps its place.
 */
export function keepDrawings(md: MarkdownIt): void {
  md.block.ruler.before("code", "drawing", readDrawing);
  md.inline.ruler.before("newline", "indented_line", (state, silent) => {
    INDENTED.lastIndex = state.pos;
    const found = INDENTED.exec(state.src);
    if (!found || state.pos + found[0].length > state.posMax) return false;
    if (!silent) {
      state.pending = state.pending.trimEnd();
      state.push("softbreak", "br", 0);
      state.pending += NO_BREAK_SPACE.repeat((found[1] ?? "").replaceAll("\t", "    ").length);
    }
    state.pos += found[0].length;
    return true;
  });
}

const NO_BREAK_SPACE = "\u00a0";
const INDENTED = /\n((?:\t| [ \t])[ \t]{0,60})(?=\S)/y;

function readDrawing(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level > 0) return false;
  const lines: string[] = [];
  let line = startLine;
  for (; line < endLine && !state.isEmpty(line); line++) {
    if (lines.length === LINES_MAX) return false;
    lines.push(state.src.slice(state.bMarks[line], state.eMarks[line]));
  }
  if (!isDrawing(lines)) return false;
  const token = state.push("code_block", "code", 0);
  token.content = `${lines.join("\n")}\n`;
  token.map = [startLine, line];
  state.line = line;
  return true;
}

function isDrawing(lines: readonly string[]): boolean {
  if (lines.length < LINES_MIN || !lines.some((line) => SHAPED.test(line))) return false;
  if (lines.some((line) => LIST_ITEM.test(line) || TABLE_RULE.test(line) || FENCE_OR_MATH.test(line)))
    return false;
  if (lines.some((line, at) => UNDERLINE.test(line) && /^\s*[\p{L}\d]/u.test(lines[at - 1] ?? "")))
    return false;
  const text = lines.join("");
  return (text.match(SIGN)?.length ?? 0) >= SHARE_MIN * text.replace(/\s/g, "").length;
}
