/** A text without the reasoning that a model wrote into it. */
interface Spoken {
  /** "" where nothing but reasoning is there. */
  readonly answer: string;
  /** The reasoning; null: there is none. */
  readonly thinking: string | null;
}

/**
 * Cuts what a model thought from what it says: blocks between tags that are called think, thought or the like, in angle
 * or square brackets, with or without a prefix; channels, of which the final one alone is the answer; and what stands
 * before a closing tag that nobody opened. What was opened and never closed is reasoning to its end. Tags in code
 * (between backticks) are text.
 *
 * An answer is trimmed only where something was cut.
 */
export function splitThinking(text: string): Spoken {
  const channelled = fromChannels(text);
  if (channelled) return channelled;
  const tags = tagsIn(text);
  if (tags.length === 0) return { answer: text, thinking: null };
  const pieces = new Pieces(text);
  for (const tag of tags) pieces.meet(tag);
  return pieces.spoken();
}

/** Goes through the tags of a text, and sorts what stands between them. */
class Pieces {
  readonly #kept: string[] = [];
  readonly #cut: string[] = [];
  #at = 0;
  #open: Tag | null = null;
  #isCut = false;

  constructor(readonly text: string) {}

  meet(tag: Tag): void {
    if (this.#open !== null) {
      if (tag.isOpening || tag.name !== this.#open.name) return;
      this.#take(this.#cut, tag);
      this.#open = null;
    } else if (tag.isOpening) {
      if (!this.#mayOpen(tag)) return;
      this.#take(this.#kept, tag);
      this.#open = tag;
    } else if (isSure(tag)) {
      this.#cut.push(...this.#kept.splice(0)); // nobody opened it: all before it was thought
      this.#take(this.#cut, tag);
    }
  }

  spoken(): Spoken {
    if (!this.#isCut) return { answer: this.text, thinking: null };
    (this.#open === null ? this.#kept : this.#cut).push(this.text.slice(this.#at));
    return { answer: unwrapped(this.#kept.join("").trim()), thinking: joined(this.#cut) };
  }

  #take(pieces: string[], { start, end }: Tag): void {
    pieces.push(this.text.slice(this.#at, start));
    this.#at = end;
    this.#isCut = true;
  }

  /** In the midst of an answer a block begins on a line of its own; elsewhere the tag is spoken of. */
  #mayOpen(tag: Tag): boolean {
    const line = this.text.slice(Math.max(this.#at, tag.start - LINE_MAX), tag.start);
    const isFirst = tag.start - this.#at <= LINE_MAX && line.trim() === "";
    return isFirst || (isSure(tag) && /\n[ \t]*$/.test(line));
  }
}

const LINE_MAX = 200;

/** A tag that is about nothing but thought. The others may be what was asked for, where they do not come first. */
const isSure = ({ name }: Tag): boolean => /^th(?:ink|ought)/.test(name);

interface Tag {
  readonly name: string;
  readonly isOpening: boolean;
  readonly start: number;
  readonly end: number;
}

const NAME =
  "think(?:ing)?|thoughts?|reasoning(?:_content)?|reflections?|scratchpad|inner_monologue|chain_of_thought|cot|analysis";
/** <think>, <seed:think>, <|START_THINKING|>, [THINK], ◁think▷, <|begin_of_thought|>, with attributes or without. */
const TAG = new RegExp(
  String.raw`(?:<\|?|\[|◁)\s{0,2}(\/?)\s{0,2}(begin_of_|end_of_|start_|end_)?(?:[a-z][\w-]{0,20}:)?(${NAME})\b(?:\s[^<>\[\]\n]{0,80})?\s{0,2}(?:\|?>|\]|▷)`,
  "gi",
);

function tagsIn(text: string): Tag[] {
  if (text.search(TAG) < 0) return [];
  const plain = text.replace(CODE, (code) => " ".repeat(code.length));
  return [...plain.matchAll(TAG)].flatMap(({ 0: whole, 1: slash, 2: edge, 3: name, index }) => {
    const isShouted = whole === whole.toUpperCase();
    if (whole.startsWith("[") && (!isShouted || plain[index + whole.length] === "(")) return [];
    const isOpening = slash === "" && !/^end/i.test(edge ?? "");
    return [{ name: name!.toLowerCase(), isOpening, start: index, end: index + whole.length }];
  });
}

/** Between fences, and between backticks on one line. */
const CODE = /^(?:```|~~~)[^]*?^(?:```|~~~)|`[^`\n]*`/gm;

/** What some models put around an answer once they have thought. */
function unwrapped(answer: string): string {
  const inside =
    /^<(answer|response|output|final_answer|solution)>([^]*)<\/\1>$/i.exec(answer)?.[2] ??
    /^<\|begin_of_solution\|>([^]*?)(?:<\|end_of_solution\|>)?$/i.exec(answer)?.[1] ??
    /^<\|START_RESPONSE\|>([^]*?)(?:<\|END_RESPONSE\|>)?$/i.exec(answer)?.[1];
  return inside === undefined ? answer : inside.trim();
}

const CHANNEL =
  /<\|channel\|?>\s*([a-z]+)[^<]{0,80}(?:<\|[a-z]+\|>[^<]{0,40})?<\|message\|>|<\|channel>\s*([a-z]+)\s*\n/gi;
const CHANNEL_END = /<\|(?:end|return|call|start)\|>|<channel\|>/i;

/** The same where the server took the marks away and left the names. */
const BARE_CHANNELS = /^\s*analysis(?=[\s\p{Lu}])([^]*?)assistant(?:\n\s{0,9})?final(?=[\s\p{Lu}{[])([^]*)$/u;

/** Channels, as some models write their reasoning and their answer into one text; null: there are none. */
function fromChannels(text: string): Spoken | null {
  const bare = BARE_CHANNELS.exec(text);
  if (bare) return { answer: bare[2]!.trim(), thinking: joined([bare[1]!]) };
  const marks = [...text.matchAll(CHANNEL)];
  if (marks.length === 0) return null;
  const [answers, thoughts]: [string[], string[]] = [[], []];
  for (const [i, mark] of marks.entries()) {
    const rest = text.slice(mark.index + mark[0].length, marks[i + 1]?.index);
    const end = CHANNEL_END.exec(rest);
    const inside = end ? rest.slice(0, end.index) : rest;
    const isFinal = (mark[1] ?? mark[2] ?? "").toLowerCase() === "final";
    (isFinal ? answers : thoughts).push(inside);
    if (mark[2] !== undefined && end) answers.push(rest.slice(end.index + end[0].length));
  }
  return { answer: answers.join("").trim(), thinking: joined(thoughts) };
}

const joined = (pieces: readonly string[]): string | null => {
  const all = pieces
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "")
    .join("\n\n");
  return all === "" ? null : all;
};
