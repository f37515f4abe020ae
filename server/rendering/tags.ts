import type MarkdownIt from "markdown-it";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";

/** Exactly these tags of HTML are read, without any attribute; every other one stays text. */
const TAG = /<(?:br[ \t]*\/?|(sub|sup))>/iy;

/**
 * What a raised or lowered text holds, up to its end: without backticks, since code that begins inside may end outside, and
 * its text would be read twice.
 */
const INSIDE = { sub: /([^`]{1,200}?)<\/sub>/iy, sup: /([^`]{1,200}?)<\/sup>/iy };

/**
 * Reads `<br>` as a line break, and `<sub>…</sub>` and `<sup>…</sup>` around at most 200 characters of the same line or
 * cell as lowered and raised text. The tags of the page are made here; nothing of the source becomes one.
 */
export function readTags(md: MarkdownIt): void {
  md.inline.ruler.before("autolink", "tags", (state, silent) => {
    TAG.lastIndex = state.pos;
    const found = TAG.exec(state.src);
    if (!found || state.pos + found[0].length > state.posMax) return false;
    const name = found[1]?.toLowerCase() as "sub" | "sup" | undefined;
    const start = state.pos + found[0].length;
    if (name !== undefined) return readPair(state, { name, start, silent });
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos = start;
    return true;
  });
}

function readPair(
  state: StateInline,
  pair: { name: "sub" | "sup"; start: number; silent: boolean },
): boolean {
  const { name, start, silent } = pair;
  INSIDE[name].lastIndex = start;
  const [whole, inside] = INSIDE[name].exec(state.src) ?? [];
  if (whole === undefined || inside === undefined || start + whole.length > state.posMax) return false;
  if (!silent) {
    const max = state.posMax;
    state.pos = start;
    state.posMax = start + inside.length;
    state.push(`${name}_open`, name, 1);
    state.md.inline.tokenize(state);
    state.push(`${name}_close`, name, -1);
    state.posMax = max;
  }
  state.pos = start + whole.length;
  return true;
}
