const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;
const MARK = /\p{M}/u;

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Filled up with spaces to `width` columns, on the left or on the right. */
export function pad(text: string, width: number, side: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return side === "left" ? space + text : text + space;
}

/** Broken at spaces into lines of at most `width` columns where words allow; a `bullet` stands before the first. */
export function wrap(text: string, width: number, bullet = ""): string {
  const indent = " ".repeat(widthOf(bullet));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(indent + longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each, i) => (i === 0 ? bullet : indent) + each).join("\n");
}

/**
 * Columns of equal width: the first flush left, figures flush right.
 * @param wraps whether headings break at their spaces where the figures below them are narrower
 */
export function alignColumns(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  wraps: boolean,
) {
  const widths = headings.map((heading, column) =>
    Math.max(
      ...(wraps ? heading.split(" ") : [heading]).map(widthOf),
      ...rows.map((row) => widthOf(row[column]!)),
    ),
  );
  const broken = headings.map((heading, column) => wrap(heading, widths[column]!).split("\n"));
  const height = Math.max(...broken.map(({ length }) => length));
  const head = Array.from({ length: height }, (_, i) =>
    broken.map((lines) => lines[i - height + lines.length] ?? ""),
  );
  const aligned = (row: readonly string[]): string =>
    row
      .map((text, column) => pad(text, widths[column]!, column === 0 ? "right" : "left"))
      .join("  ")
      .trimEnd();
  return { head: head.map(aligned), body: rows.map(aligned) };
}

/** The same value with every text in it on one line and free of control characters, which could steer a terminal. */
export function withoutControls<Value>(value: Value): Value {
  const clean = (_: string, part: unknown) =>
    typeof part === "string" ? part.replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd") : part;
  return JSON.parse(JSON.stringify(value), clean) as Value;
}
