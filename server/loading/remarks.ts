import type { Remark } from "../contract/loading.ts";

/** An oddity or an error before its file is known. `row` 0: the file as a whole. */
export interface Problem {
  readonly row: number;
  readonly name: string;
  readonly message: string;
}

const LISTED_MAX = 100;
const LINES_MAX = 3;

/** One remark to be added, of one row (0: of the file as a whole). */
type NewRemark = Pick<Remark, "name" | "file" | "line" | "message">;

/** Lists the first hundred different remarks, each with its rows, and counts the rest. */
export class Remarks {
  readonly #listed = new Map<string, Remark>();
  #count = 0;
  #unlisted = 0;

  /** Of how many rows something is said, all together. */
  get count(): number {
    return this.#count;
  }

  get listed(): Remark[] {
    return [...this.#listed.values()];
  }

  add(remark: NewRemark): void {
    this.#merge({ ...remark, rows: 1, lines: remark.line > 0 ? [remark.line] : [] });
  }

  addAll(file: string, problems: readonly Problem[]): void {
    for (const { row, name, message } of problems) this.add({ name, file, line: row, message });
  }

  /** Takes over another list's remarks and its count of unlisted ones. */
  append(other: Remarks): void {
    for (const remark of other.listed) this.#merge(remark);
    this.#count += other.#unlisted;
    this.#unlisted += other.#unlisted;
  }

  toJson(): { listed: Remark[]; more: number } {
    return { listed: this.listed, more: this.#unlisted };
  }

  /** The same said of many rows is one remark. */
  #merge(remark: Remark): void {
    this.#count += remark.rows;
    const key = JSON.stringify([remark.name, remark.file, remark.message]);
    const there = this.#listed.get(key);
    if (there) {
      const lines = [...there.lines, ...remark.lines].slice(0, LINES_MAX);
      this.#listed.set(key, { ...there, rows: there.rows + remark.rows, lines });
    } else if (this.#listed.size < LISTED_MAX) this.#listed.set(key, remark);
    else this.#unlisted += remark.rows;
  }
}

const SHORT = 60;

/** A text in quotes on one line, cut to about 60 characters. */
export function shorten(text: string, start = 0): string {
  const characters = [...text.slice(start, start + 4 * SHORT).replace(/\s+/gu, " ")];
  const cut = characters.length > SHORT || start + 4 * SHORT < text.length;
  return `“${start > 0 ? "…" : ""}${characters.slice(0, SHORT).join("")}${cut ? "…" : ""}”`;
}

/** Both texts, shortened to where they part. */
export function showBoth(a: readonly string[], b: readonly string[]): [string, string] {
  const [left, right] = [a.join(" / "), b.join(" / ")];
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same++;
  const start = same > SHORT - 20 ? same - 20 : 0;
  return [shorten(left, start), shorten(right, start)];
}

/** A few names of many: “a, b, c and 12 more”. */
export function someOf(names: readonly string[], total = names.length, listed = 5): string {
  const first = names
    .slice(0, listed)
    .map((name) => (name.length > SHORT ? `${name.slice(0, SHORT)}…` : name));
  const more = total - first.length;
  return more > 0 ? `${first.join(", ")} and ${more.toLocaleString("en")} more` : first.join(", ");
}
