import type MarkdownIt from "markdown-it";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import { readsAsProse } from "./math-prose.ts";
import type { MathOpener } from "./math-prose.ts";

/** How far a closing delimiter is looked for; what is longer is no formula, whatever its delimiters. */
const REACH = 8_000;

const CLOSERS: Record<MathOpener, string> = { $: "$", $$: "$$", "\\(": "\\)", "\\[": "\\]" };

/** Environments that are formulas wherever they stand; of others, such as `itemize`, nothing is read. */
const ENVIRONMENT =
  /\\begin\{((?:align(?:ed|at)?|equation|gather(?:ed)?|split|array|CD|[dr]?cases|[pbBvV]?matrix|smallmatrix)\*?)\}/y;

/** Between which signs a formula stands; they belong to the formula itself where it is an environment. */
interface Delimiters {
  readonly opener: MathOpener | "";
  readonly closer: string;
  /** Where the search for the closer begins. */
  readonly from: number;
}

type Source = StateInline | StateBlock;

/**
 * Reads `$…$`, `\(…\)`, `$$…$$`, `\[…\]` and environments such as `\begin{align}…\end{align}` as formulas: tokens
 * `math_inline` and `math_block` with the TeX as content and the delimiter, which an environment has none of, as markup.
 *
 * The two display forms are read on lines of their own (so that "= 5" or "- 3" inside is no heading and no
 * list) and inside a line too. A dollar sign needs a closing one that money would not have: see
 * `readsAsProse`. Each search is bounded and remembered, so that no input takes more than linear time.
 */
export function readMath(md: MarkdownIt): void {
  const find = closerFinder();
  md.inline.ruler.before("escape", "math_inline", (state, silent) => {
    const environment = environmentAt(state.src, state.pos);
    const opener = environment ? "" : openerAt(state.src, state.pos);
    if (opener === undefined) return false;
    if (opener === "$$$")
      return skipAsText(state, /^\$+/.exec(state.src.slice(state.pos))?.[0] ?? "$", silent);
    const end = environment
      ? environmentEnd(state, environment, find)
      : inlineEnd(state, opener as MathOpener, find);
    if (end === undefined) return opener.startsWith("$") ? skipAsText(state, opener, silent) : false;
    if (!silent) {
      const token = state.push("math_inline", "", 0);
      token.markup = opener;
      token.content = state.src.slice(state.pos + opener.length, end);
    }
    state.pos = end + opener.length;
    return true;
  });
  md.block.ruler.before(
    "fence",
    "math_block",
    (state, startLine, endLine, silent) => readBlock(state, { startLine, endLine, silent, find }),
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
}

function environmentAt(source: string, at: number): Delimiters | undefined {
  ENVIRONMENT.lastIndex = at;
  const [begin, name] = ENVIRONMENT.exec(source) ?? [];
  return begin === undefined ? undefined : { opener: "", closer: `\\end{${name}}`, from: at + begin.length };
}

/** Behind the end of an environment; undefined where it has none within reach. */
function environmentEnd(state: Source, { closer, from }: Delimiters, find: FindCloser): number | undefined {
  const end = find(state, closer, from);
  const isThere =
    end >= 0 && end - from <= REACH && !("posMax" in state && end + closer.length > state.posMax);
  return isThere ? end + closer.length : undefined;
}

/** The delimiter that a source has here; "$$$" stands for three dollar signs or more, which open nothing. */
function openerAt(source: string, at: number): MathOpener | "$$$" | undefined {
  if (source.startsWith("\\(", at)) return "\\(";
  if (source.startsWith("\\[", at)) return "\\[";
  if (source[at] !== "$") return undefined;
  if (source[at + 1] !== "$") return "$";
  return source[at + 2] === "$" ? "$$$" : "$$";
}

function skipAsText(state: StateInline, text: string, silent: boolean): true {
  if (!silent) state.pending += text;
  state.pos += text.length;
  return true;
}

function inlineEnd(state: StateInline, opener: MathOpener, find: FindCloser): number | undefined {
  const start = state.pos + opener.length;
  const end = find(state, CLOSERS[opener], start);
  if (end < 0 || end + opener.length > state.posMax || end - start > REACH) return undefined;
  const content = state.src.slice(start, end);
  if (content.trim() === "" || readsAsProse(content, opener)) return undefined;
  if (opener === "$" && !closesLikeMath(content, state.src.slice(end + 1, end + 2))) return undefined;
  if (opener === "$$" && state.src[end + 2] === "$") return undefined;
  return end;
}

/** Whether a single dollar sign after `content`, followed by `next`, can end a formula rather than begin a price. */
function closesLikeMath(content: string, next: string): boolean {
  if (/^\s|\s$/.test(content) || /[\d$]/.test(next) || content.includes("`")) return false;
  if (content.length > 1 && /(?<!\\)[([{]$/.test(content)) return false;
  return !(/[,:;/-]$/.test(content) && /[\p{L}]/u.test(next));
}

interface BlockPlace {
  startLine: number;
  endLine: number;
  silent: boolean;
  find: FindCloser;
}

function readBlock(state: StateBlock, { startLine, endLine, silent, find }: BlockPlace): boolean {
  const start = lineStart(state, startLine);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const delimiters = blockDelimiters(state.src, start);
  if (delimiters === undefined) return false;
  const { opener, closer, from } = delimiters;
  const end = find(state, closer, from);
  if (end < 0 || end - start > REACH) return false;
  const punctuation = onlyPunctuation(state.src, end + closer.length);
  if (punctuation === undefined) return false;
  const lastLine = lineOf(state, { at: end, startLine, endLine, blankLines: opener !== "$$" });
  if (lastLine === undefined) return false;
  const until = opener === "" ? end + closer.length : end;
  const content = linesBetween(state, [startLine, start + opener.length], [lastLine, until]);
  if (content.trim() === "" || (opener !== "" && readsAsProse(content, opener))) return false;
  if (silent) return true;
  const token = state.push("math_block", "", 0);
  token.block = true;
  token.map = [startLine, lastLine + 1];
  token.markup = opener;
  token.content = content;
  token.info = punctuation;
  state.line = lastLine + 1;
  return true;
}

/** The delimiters of a display formula that begins here. */
function blockDelimiters(source: string, at: number): Delimiters | undefined {
  const opener = openerAt(source, at);
  if (opener === "$$" || opener === "\\[") return { opener, closer: CLOSERS[opener], from: at + 2 };
  return environmentAt(source, at);
}

/** What follows on the line: nothing or one punctuation mark. Undefined where more does. */
function onlyPunctuation(source: string, from: number): string | undefined {
  const pattern = /[ \t]*([.,;:!?]?)[ \t]*(?:\n|$)/y;
  pattern.lastIndex = from;
  return pattern.exec(source)?.[1];
}

const lineStart = (state: StateBlock, line: number): number =>
  (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);

interface Position {
  at: number;
  startLine: number;
  endLine: number;
  blankLines: boolean;
}

/** The line that holds a position, if it is reached without leaving the container or, for `$$`, the paragraph. */
function lineOf(state: StateBlock, { at, startLine, endLine, blankLines }: Position): number | undefined {
  for (let line = startLine; line < endLine; line++) {
    const isBlank = state.isEmpty(line);
    if (isBlank && !blankLines) return undefined;
    if (!isBlank && line > startLine && (state.sCount[line] ?? 0) < state.blkIndent) return undefined;
    if ((state.eMarks[line] ?? 0) >= at) return line;
  }
  return undefined;
}

type Mark = [line: number, at: number];

function linesBetween(state: StateBlock, [firstLine, start]: Mark, [lastLine, end]: Mark): string {
  const lines: string[] = [];
  for (let line = firstLine; line <= lastLine; line++) {
    const from = line === firstLine ? start : lineStart(state, line);
    lines.push(state.src.slice(from, line === lastLine ? end : state.eMarks[line]));
  }
  return lines.join("\n");
}

type FindCloser = (state: Source, closer: string, from: number) => number;

/** Finds the next closing delimiter that no backslash escapes, and searches each stretch of a source once. */
function closerFinder(): FindCloser {
  const found = new WeakMap<Source, Map<string, { from: number; at: number }>>();
  return (state, closer, from) => {
    const known = found.get(state) ?? new Map<string, { from: number; at: number }>();
    found.set(state, known);
    const last = known.get(closer);
    if (last && last.from <= from && (last.at < 0 || last.at >= from)) return last.at;
    let at = state.src.indexOf(closer, from);
    while (at >= 0 && isEscaped(state.src, at, from)) at = state.src.indexOf(closer, at + 1);
    known.set(closer, { from, at });
    return at;
  };
}

function isEscaped(source: string, at: number, from: number): boolean {
  let backslashes = 0;
  while (at - backslashes > from && source[at - backslashes - 1] === "\\") backslashes++;
  return backslashes % 2 === 1;
}
