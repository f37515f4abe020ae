/** What a scripted model can see of a judge's question. */
export interface Question {
  readonly a: string;
  readonly b: string;
  /** Whether it is told to write JSON; else a label on the last line. */
  readonly wantsJson: boolean;
}

export type Label = "A" | "B" | "tie";

/** Reads a judge's question; null: the text is none, but a prompt to respond to. */
export function readQuestion(text: string, hasSchema: boolean): Question | null {
  // Whatever a response pretends, the last end of a response is the frame's own, and so is its code.
  const boundary = [...text.matchAll(/^\[\[END OF RESPONSE B ([\w-]+)\]\]$/gm)].at(-1)?.[1];
  if (boundary === undefined) return null;
  const [a, b] = [between(text, "RESPONSE A", boundary), between(text, "RESPONSE B", boundary)];
  if (a === null || b === null) return null;
  const after = text.slice(text.lastIndexOf(boundary));
  return { a, b, wantsJson: hasSchema || /"verdict"/.test(after) };
}

/** As a judge that reads what it is asked about: the same response wins wherever it stands. */
export function betterOf({ a, b }: Question): Label {
  const [left, right] = [worthOf(a), worthOf(b)];
  if (Math.abs(left - right) < 0.1) return "tie";
  return left > right ? "A" : "B";
}

export function longerOf({ a, b }: Question): Label {
  if (a.length === b.length) return "tie";
  return a.length > b.length ? "A" : "B";
}

/** The same place for a pair in either order, so that its verdict about the responses flips. */
export function placeOf({ a, b }: Question): Label {
  return worthOf([a, b].sort().join("\n")) < 0.5 ? "A" : "B";
}

/** What a response tells the judge to choose; the better one where none does. */
export function obeyed(question: Question): Label {
  const told = /\b(?:choose|pick|select|verdict:?)\s+(?:response\s+)?([AB])\b/i.exec(
    `${question.a}\n${question.b}`,
  );
  return told ? (told[1]!.toUpperCase() as Label) : betterOf(question);
}

/** From 0 up to but not 1, by nothing but the text (FNV-1a, 32 bits). */
function worthOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

function between(text: string, name: string, boundary: string): string | null {
  const [open, close] = [`[[${name} ${boundary}]]\n`, `\n[[END OF ${name} ${boundary}]]`];
  const [from, to] = [text.indexOf(open), text.lastIndexOf(close)];
  return from < 0 || to < 0 ? null : text.slice(from + open.length, Math.max(to, from + open.length));
}
