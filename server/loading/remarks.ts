import type { Remark } from "../contract/loading.ts";

/** An oddity or an error before its file is known. `row` 0: the file as a whole. */
export interface Problem {
  readonly row: number;
  readonly name: string;
  readonly message: string;
}

const LISTED_MAX = 100;

/** Lists the first hundred and counts the rest. */
export class Remarks {
  readonly listed: Remark[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(remark: Remark): void {
    this.#count++;
    if (this.listed.length < LISTED_MAX) this.listed.push(remark);
  }

  addAll(file: string, problems: readonly Problem[]): void {
    for (const { row, name, message } of problems) this.add({ name, file, line: row, message });
  }

  /** Takes over another list's remarks and its count of unlisted ones. */
  append(other: Remarks): void {
    for (const remark of other.listed) this.add(remark);
    this.#count += other.count - other.listed.length;
  }

  toJson(): { listed: Remark[]; more: number } {
    return { listed: this.listed, more: this.#count - this.listed.length };
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
