import { Parser } from "htmlparser2";
import { raised } from "./raised.ts";

const SKIPPED = new Set(["img", "script", "style", "iframe", "video", "audio", "svg", "button"]);
const BLOCKS = new Set([
  "p",
  "div",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "table",
  "tr",
  "blockquote",
  "pre",
  "ul",
  "ol",
  "hr",
  "dl",
  "dt",
  "dd",
]);
const CELLS = new Set(["td", "th"]);
const isAddress = (text: string): boolean => /^\s*(https?:\/\/|www\.)\S+\s*$/i.test(text);

/**
 * The text of a post's HTML: tags and images go, of links their words stay unless they are an address; code stays as code, in
 * fences or backticks, lists as lists, quotes behind “> ”, powers and indices as such. Source of the rule: LIMA, section 2.1.
 */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  const parser = new Parser(
    {
      onopentagname: (name) => writer.open(name),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return writer.done();
}

/** Quotes and lists that are nested deeper are written as deep as this. */
const DEPTH_MAX = 6;

interface List {
  readonly isNumbered: boolean;
  count: number;
}

/** A text that grows is cut where it is this long, so that looking at its end takes no longer than that. */
const TAIL_MAX = 4096;
/** What is kept of it. */
const TAIL = 256;

class TextWriter {
  /** The text of the block quote levels outside of the current one. */
  readonly #outer: string[] = [];
  /** The text so far, but for its end. */
  #before: string[] = [];
  #out = "";
  readonly #lists: List[] = [];
  #link: string | null = null;
  /** What stands above or below the line. */
  #raised: { readonly kind: "sup" | "sub"; text: string } | null = null;
  #skipping = 0;
  #isPre = false;

  open(name: string): void {
    if (SKIPPED.has(name)) {
      if (name !== "img") this.#skipping++;
      return;
    }
    if (BLOCKS.has(name) || name === "li") this.#closeRaised();
    if (name === "sup" || name === "sub") this.#openRaised(name);
    else if (name === "blockquote") this.#openQuote();
    else if (name === "pre") this.#openCode();
    else if (name === "code") this.#mark();
    else if (name === "ul" || name === "ol") this.#openList(name === "ol");
    else if (name === "li") this.#openItem();
    else if (name === "br") this.#add("\n");
    else if (CELLS.has(name)) this.#add(" ");
    else if (name === "a") this.#openLink();
    else if (BLOCKS.has(name)) this.#blank();
  }

  text(text: string): void {
    if (this.#skipping > 0) return;
    this.#cut();
    if (this.#raised !== null) this.#raised.text += text;
    else if (this.#isPre) this.#out += text;
    else if (this.#link !== null) this.#link += text.replace(/\s+/g, " ");
    else this.#add(text.replace(/\s+/g, " "));
  }

  close(name: string): void {
    if (SKIPPED.has(name)) {
      if (name !== "img") this.#skipping = Math.max(0, this.#skipping - 1);
      return;
    }
    if (BLOCKS.has(name) || name === "sup" || name === "sub") this.#closeRaised();
    if (name === "blockquote") this.#closeQuote();
    else if (name === "pre") this.#closeCode();
    else if (name === "code") this.#mark();
    else if (name === "ul" || name === "ol") {
      this.#lists.pop();
      if (this.#lists.length === 0) this.#blank();
      else this.#out = `${this.#out.trimEnd()}\n`;
    } else if (name === "a") this.#closeLink();
    else if (BLOCKS.has(name)) this.#blank();
  }

  done(): string {
    this.#closeRaised();
    this.#closeLink();
    while (this.#outer.length > 0) this.#closeQuote();
    return tidy(this.#whole());
  }

  /** Ends the text of the current level. */
  #whole(): string {
    const whole = this.#before.join("") + this.#out;
    this.#before = [];
    this.#out = "";
    return whole;
  }

  #cut(): void {
    if (this.#out.length <= TAIL_MAX) return;
    this.#before.push(this.#out.slice(0, -TAIL));
    this.#out = this.#out.slice(-TAIL);
  }

  #add(text: string): void {
    if (this.#link !== null && text !== "\n") this.#link += text;
    else if (this.#out === "" || this.#out.at(-1)!.trim() === "") this.#out += text.replace(/^ +/, "");
    else this.#out += text;
  }

  /** Around code that is part of a line. */
  #mark(): void {
    if (!this.#isPre && this.#raised === null) this.#add("`");
  }

  #blank(): void {
    if (this.#isPre || this.#out === "" || this.#out.endsWith("\n\n")) return;
    // A paragraph that begins a list's entry stays on the entry's line.
    if (this.#lists.length > 0 && /(^|\n) *(-|\d+\.) $/.test(this.#out)) return;
    this.#out = `${this.#out.trimEnd()}${this.#lists.length > 0 ? "\n" : "\n\n"}`;
  }

  #openRaised(kind: "sup" | "sub"): void {
    this.#closeRaised();
    this.#raised = { kind, text: "" };
  }

  #closeRaised(): void {
    if (this.#raised === null) return;
    const { kind, text } = this.#raised;
    this.#raised = null;
    const written = raised(text, kind);
    if (this.#isPre) this.#out += written;
    else this.#add(written);
  }

  /** A link ends where the next begins. */
  #openLink(): void {
    this.#closeLink();
    this.#link = "";
  }

  #closeLink(): void {
    const link = this.#link;
    this.#link = null;
    if (link !== null && link !== "" && !isAddress(link)) this.#add(link);
  }

  #openQuote(): void {
    this.#blank();
    if (this.#outer.length === DEPTH_MAX) return;
    this.#outer.push(this.#whole());
  }

  #closeQuote(): void {
    const outer = this.#outer.pop();
    if (outer === undefined) return;
    const quoted = tidy(this.#whole());
    this.#out = outer + (quoted === "" ? "" : `${quoted.replace(/^/gm, "> ").replace(/^> $/gm, ">")}\n\n`);
  }

  #openCode(): void {
    this.#blank();
    this.#out += "```\n";
    this.#isPre = true;
  }

  #closeCode(): void {
    if (!this.#isPre) return;
    this.#isPre = false;
    let end = this.#out.length;
    while (this.#out[end - 1] === "\n") end--;
    this.#out = `${this.#out.slice(0, end)}\n\`\`\`\n\n`;
  }

  #openList(isNumbered: boolean): void {
    if (this.#lists.length === 0) this.#blank();
    else this.#out = `${this.#out.trimEnd()}\n`;
    this.#lists.push({ isNumbered, count: 0 });
  }

  #openItem(): void {
    const list = this.#lists.at(-1);
    if (this.#out !== "" && !this.#out.endsWith("\n")) this.#out += "\n";
    const indent = "  ".repeat(Math.min(DEPTH_MAX, Math.max(0, this.#lists.length - 1)));
    this.#out += `${indent}${list?.isNumbered ? `${++list.count}.` : "-"} `;
  }
}

/** Without blanks at ends of lines outside of code, and without more than one empty line. */
const tidy = (text: string): string =>
  text
    .split(/(```\n[\s\S]*?\n```)/)
    .map((part, at) => (at % 2 === 1 ? part : trimmed(part)))
    .join("")
    .replace(/^\n+/, "")
    .trimEnd();

const trimmed = (text: string): string =>
  text
    .split("\n")
    .map((line, at, all) => (at < all.length - 1 ? line.trimEnd() : line))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
