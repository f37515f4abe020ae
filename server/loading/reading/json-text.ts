/** Text that should be JSON: its values one after another, or where it stops being JSON. */
type JsonText = { readonly values: readonly unknown[] } | { readonly fault: string };

/**
 * Reads JSON, and what is without doubt meant as such: values one after another, also with commas between them, a comma
 * before the end of a list or an object, and NaN and infinities, which become null.
 */
export function parseJson(text: string): JsonText {
  try {
    return { values: [JSON.parse(text)] };
  } catch {
    const walk = new JsonWalk(text);
    const fault = walk.toEnd();
    if (fault !== null) return { fault: `${fault.what} in ${placeOf(text, fault.at)}` };
    return { values: walk.pieces.map((piece) => JSON.parse(piece) as unknown) };
  }
}

/** Line and column, from 1. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return `line ${line}, column ${at - before.lastIndexOf("\n")}`;
}

const TOKEN =
  /\s*(?:("(?:[ !#-[\]-\u{10ffff}]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*")|([{}[\],:])|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])|(-?Infinity|NaN)(?!\w)|$)/uy;

interface Fault {
  readonly what: string;
  readonly at: number;
}

/** What may come next: a value, the name of a field, the colon behind it, or a comma or an end. */
type Wanted = "value" | "name" | "colon" | "comma";

/** One token: a text, a mark, any other value as strict JSON, or nothing at the end. */
interface Token {
  readonly at: number;
  readonly text?: string;
  readonly mark?: string;
  readonly value?: string;
}

/** Walks through the tokens of a text, and writes each of its values down as strict JSON. */
class JsonWalk {
  readonly pieces: string[] = [];
  readonly #text: string;
  readonly #open: { readonly mark: string; readonly at: number }[] = [];
  #piece = "";
  #wanted: Wanted = "value";

  constructor(text: string) {
    this.#text = text;
  }

  /** @returns where it stops being JSON, or null */
  toEnd(): Fault | null {
    for (let at = 0; ;) {
      TOKEN.lastIndex = at;
      const found = TOKEN.exec(this.#text);
      const start = at + ((found?.[0] ?? this.#text.slice(at)).match(/^\s*/)?.[0].length ?? 0);
      if (!found) return { what: whatIsWrong(this.#text, start), at: start };
      at = TOKEN.lastIndex;
      const [, text, mark, literal, notANumber] = found;
      const value = literal ?? (notANumber === undefined ? undefined : "null");
      if (text === undefined && mark === undefined && value === undefined) return this.#unclosed();
      const what = this.#take({ at: start, text, mark, value });
      if (what !== null) return { what, at: start };
    }
  }

  #unclosed(): Fault | null {
    const top = this.#open.at(-1);
    return top ? { what: `nothing closes the “${top.mark}”`, at: top.at } : null;
  }

  /** @returns what is wrong, or null */
  #take({ at, text, mark, value }: Token): string | null {
    if (mark === "}" || mark === "]") return this.#close(mark);
    if (mark === ",") return this.#comma();
    if (mark === ":") return this.#write("colon", ":", "value");
    if (text !== undefined && this.#wanted === "name") return this.#write("name", text, "colon");
    if (mark === undefined) return this.#write("value", text ?? value ?? "") ?? this.#end();
    const fault = this.#write("value", mark, mark === "{" ? "name" : "value");
    if (fault === null) this.#open.push({ mark, at });
    return fault;
  }

  #write(as: Wanted, piece: string, next: Wanted = this.#wanted): string | null {
    if (this.#wanted !== as) return MISSING[this.#wanted];
    this.#piece += piece;
    this.#wanted = next;
    return null;
  }

  #comma(): string | null {
    if (this.#open.length === 0 && this.#piece === "" && this.pieces.length > 0) return null;
    if (this.#wanted !== "comma") return "there is a comma too many";
    return this.#write("comma", ",", this.#open.at(-1)?.mark === "{" ? "name" : "value");
  }

  #close(mark: string): string | null {
    const top = this.#open.at(-1);
    const isHalf = this.#wanted === "colon" || (this.#wanted === "value" && top?.mark === "{");
    if (top?.mark !== (mark === "}" ? "{" : "[") || isHalf)
      return `“${mark}” closes nothing that is open and whole`;
    this.#open.pop();
    this.#piece = this.#piece.replace(/,$/, "") + mark;
    return this.#end();
  }

  /** A value is whole. */
  #end(): null {
    this.#wanted = "comma";
    if (this.#open.length > 0) return null;
    this.pieces.push(this.#piece);
    this.#piece = "";
    this.#wanted = "value";
    return null;
  }
}

const MISSING: Record<Wanted, string> = {
  value: "a value is missing",
  name: "the name of a field is missing",
  colon: "a colon is missing",
  comma: "a comma is missing",
};

function whatIsWrong(text: string, at: number): string {
  const next = text.slice(at, at + 20);
  if (next.startsWith("'")) return "texts are in single quotation marks; JSON needs double ones";
  if (next.startsWith("//") || next.startsWith("/*") || next.startsWith("#"))
    return "there is a comment, which JSON has none of";
  if (next.startsWith('"'))
    return "a text is not closed, or holds a line end or a backslash that JSON writes otherwise";
  return `“${next.split("\n")[0] ?? ""}” is no JSON`;
}
