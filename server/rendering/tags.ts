import type MarkdownIt from "markdown-it";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";

/** Exactly these tags of HTML are read, without any attribute; every other one stays text. */
const TAG = /<(?:br[ \t]*\/?|(sub|sup))>/iy;

/** How far the end of a raised or lowered text is looked for. */
const REACH = 200;

/**
 * Reads `<br>` as a line break, and `<sub>…</sub>` and `<sup>…</sup>` around at most 200 characters of the same line or
 * cell as lowered and raised text. The tags of the page are made here; nothing of the source becomes one.
 */
export function readTags(md: MarkdownIt): void {
  md.inline.ruler.before("autolink", "tags", (state, silent) => {
    TAG.lastIndex = state.pos;
    const found = TAG.exec(state.src);
    if (!found || state.pos + found[0].length > state.posMax) return false;
    const name = found[1]?.toLowerCase();
    const start = state.pos + found[0].length;
    if (name !== undefined) return readPair(state, { name, start, silent });
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos = start;
    return true;
  });
}

function readPair(state: StateInline, pair: { name: string; start: number; silent: boolean }): boolean {
  const { name, start, silent } = pair;
  const closer = `</${name}>`;
  const reached = state.src.slice(start, Math.min(state.posMax, start + REACH));
  const length = reached.toLowerCase().indexOf(closer);
  if (length < 1) return false;
  const end = start + length + closer.length;
  if (!silent) {
    const max = state.posMax;
    state.pos = start;
    state.posMax = start + length;
    state.push(`${name}_open`, name, 1);
    state.md.inline.tokenize(state);
    state.push(`${name}_close`, name, -1);
    state.posMax = max;
  }
  state.pos = end;
  return true;
}
