/** A JSON object that stands in a text. */
export interface FoundObject {
  readonly value: Record<string, unknown>;
  /** As written: a key that stands twice is there twice, where `value` has what came last. */
  readonly members: readonly { readonly key: string; readonly text: string | null }[];
}

/** Opening braces that are tried. */
const TRIES_MAX = 100;

/**
 * The outermost JSON objects in a text, whatever stands around them; null: there are too many braces to tell. `text` of a
 * member is its value where that is a text.
 */
export function findObjects(text: string): FoundObject[] | null {
  const found: FoundObject[] = [];
  let tries = 0;
  for (let at = text.indexOf("{"); at >= 0;) {
    if (++tries > TRIES_MAX) return null;
    const span = spanFrom(text, at);
    const value = span && parsed(text.slice(at, span.end));
    if (value) found.push({ value, members: membersOf(span.strings) });
    at = text.indexOf("{", value ? span.end : at + 1);
  }
  return found;
}

interface Quoted {
  readonly source: string;
  readonly isKey: boolean;
}

/** Up to the brace that closes the one at `start`, with the texts directly inside; null: it is never closed. */
function spanFrom(text: string, start: number): { end: number; strings: Quoted[] } | null {
  const strings: Quoted[] = [];
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"') {
      const end = quoteEnd(text, i);
      if (end === null) return null;
      if (depth === 1) strings.push({ source: text.slice(i, end), isKey: isColonNext(text, end) });
      i = end - 1;
    } else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return { end: i + 1, strings };
  }
  return null;
}

function quoteEnd(text: string, start: number): number | null {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return null;
}

function isColonNext(text: string, from: number): boolean {
  let at = from;
  while (" \t\r\n".includes(text[at] ?? ":")) at++;
  return text[at] === ":";
}

function membersOf(strings: readonly Quoted[]): FoundObject["members"] {
  const read = (one: Quoted | undefined) => (one ? (JSON.parse(one.source) as string) : null);
  return strings.flatMap((one, i) => {
    if (!one.isKey) return [];
    const next = strings[i + 1];
    return [{ key: read(one)!, text: next?.isKey ? null : read(next) }];
  });
}

function parsed(source: string): Record<string, unknown> | null {
  try {
    return JSON.parse(source) as Record<string, unknown>;
  } catch {
    return null;
  }
}
