/** What a reader sees of a text before reading it. */
export interface TextFeatures {
  /** Characters: Unicode code points. */
  length: number;
  /** Markdown headings that begin with #. */
  headers: number;
  /** Items of Markdown lists, numbered or not. */
  lists: number;
  /** Spans between ** or __. */
  bold: number;
}

/** Their names in the order in which columns of them stand. */
export const FEATURES = ["length", "headers", "lists", "bold"] as const;

const MARK = /^[ \t]*[#*+\-\d]/;
const HEADER = /^ {0,3}#{1,6}(?:[ \t]|$)/;
const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
const BREAK = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*){2,}$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const CODE_SPAN = /`[^`]*`/g;
const BOLD = /\*\*(?![\s*])[^*]*(?<!\s)\*\*|(?<![\p{L}\p{N}_])__(?![\s_])[^_]*(?<!\s)__(?![\p{L}\p{N}_])/gu;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/**
 * Counts what makes a response look longer or more arranged than another: characters, headings, list items, bold spans.
 *
 * Formatting is counted line by line, as style control in Chatbot Arena does, not by parsing Markdown: code between
 * fences and inside backticks is left out, headings underlined with = are not found, and a span of bold ends with its
 * line. Source: the features of FastChat's style control (T. Li, A. Angelopoulos and W.-L. Chiang, 2024), but for
 * characters instead of tokens, which need a tokenizer. Example: "# A\n- **b** 𝒄" has length 13, a header, a list item
 * and a bold span. Edge: the empty text has none of anything.
 */
export function textFeatures(text: string): TextFeatures {
  const counts = { length: lengthOf(text), headers: 0, lists: 0, bold: 0 };
  const mayBeBold = text.includes("**") || text.includes("__");
  const mayBeFenced = text.includes("```") || text.includes("~~~");
  let fence: string | null = null;
  for (let start = 0; start < text.length;) {
    const end = endOfLine(text, start);
    if (end - start > 1) {
      const line = text.slice(start, end);
      const mark = mayBeFenced ? FENCE.exec(line)?.[1] : undefined;
      if (fence === null && mark === undefined) countLine(line, mayBeBold, counts);
      fence = fenceAfter(fence, mark, line);
    }
    start = end + 1;
  }
  return counts;
}

/** Code points: a pair of surrogates is one, a surrogate alone too. */
export function lengthOf(text: string): number {
  return text.length - (text.match(PAIR)?.length ?? 0);
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

/** Most lines begin with a letter: looking at the first character spares them the expressions. */
function countLine(line: string, mayBeBold: boolean, counts: TextFeatures): void {
  if (MARK.test(line)) {
    if (HEADER.test(line)) counts.headers++;
    else if (LIST_ITEM.test(line) && !BREAK.test(line)) counts.lists++;
  }
  if (!mayBeBold || !(line.includes("**") || line.includes("__"))) return;
  const prose = line.includes("`") ? line.replace(CODE_SPAN, "") : line;
  counts.bold += prose.match(BOLD)?.length ?? 0;
}

/** A fence closes with as many of the same mark, and nothing behind it. */
function fenceAfter(open: string | null, mark: string | undefined, line: string): string | null {
  if (open === null) return mark ?? null;
  const closes = mark !== undefined && mark.startsWith(open) && line.trim() === mark;
  return closes ? null : open;
}

/**
 * How much more of a feature the first response has than the second, from −1 to 1: (a − b) / (a + b + 1).
 *
 * Relative, so that 100 characters against 200 weigh as much as 1,000 against 2,000, and bounded, so that one endless
 * response does not decide the fit; the 1 keeps nothing against nothing at 0 and damps differences of few. Source:
 * style control in FastChat and arena-rank; there lengths lack the 1, which for lengths changes nothing that shows.
 */
export function relativeDifference(a: number, b: number): number {
  return (a - b) / (a + b + 1);
}

/**
 * What one standard deviation of the differences is: √(mean of their squares), their deviation from 0, equality. It
 * does not depend on which of two systems comes first, as the deviation from their mean would. 0 where none differ.
 */
export function scaleOf(differences: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < differences.length; i++) squares += differences[i]! * differences[i]!;
  return differences.length === 0 ? 0 : Math.sqrt(squares / differences.length);
}
