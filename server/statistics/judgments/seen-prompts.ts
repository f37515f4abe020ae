/** Codes of what is known of a judgment. */
export const UNSEEN = 0;
export const SEEN = 1;
export const UNORDERED = 2;
export const UNORDERED_AGAIN = 3;

/**
 * Had the annotator judged another comparison of the same prompt before? With one target and several baselines the
 * response that comes back is the target's.
 *
 * Judgments of one annotator on one prompt are put in the order of their times: the first is UNSEEN, later ones SEEN.
 * Where two of them have the same time or one has none nobody knows the order, and the first row is UNORDERED, the others
 * UNORDERED_AGAIN: all but one of them are on a seen prompt, whichever. A single one is UNSEEN at any time. Linear in judgments but for sorting those on such
 * prompts. Example: annotator 1 on prompt 5 at 10:00 and 9:00
 * gives SEEN, UNSEEN.
 * @param at milliseconds; NaN: not known
 * @throws RangeError where the columns differ in length or a code is out of range.
 */
export function seenPrompts(given: {
  prompts: Int32Array;
  annotators: Int32Array;
  promptCount: number;
  annotatorCount: number;
  at: Float64Array;
}): Uint8Array {
  const { prompts, at } = given;
  requireColumns(given);
  const { rows, promptOf, starts } = rowsByAnnotator(given);
  const times = new Int32Array(given.promptCount); // how often this annotator judged a prompt
  const seen = new Uint8Array(prompts.length);
  for (let a = 0; a < given.annotatorCount; a++) {
    const [from, to] = [starts[a]!, starts[a + 1]!];
    const again: number[] = [];
    for (let k = from; k < to; k++) times[promptOf[k]!]!++;
    for (let k = from; k < to; k++) if (times[promptOf[k]!]! > 1) again.push(rows[k]!);
    for (let k = from; k < to; k++) times[promptOf[k]!] = 0;
    if (again.length === 0) continue;
    markRepeated(
      Uint32Array.from(again).sort((i, j) => prompts[i]! - prompts[j]! || byTime(at[i]!, at[j]!)),
      given,
      seen,
    );
  }
  return seen;
}

type Columns = Parameters<typeof seenPrompts>[0];

function requireColumns({ prompts, annotators, promptCount, annotatorCount, at }: Columns): void {
  if (annotators.length !== prompts.length || at.length !== prompts.length) {
    throw new RangeError("The columns differ in length.");
  }
  for (let i = 0; i < prompts.length; i++) {
    const [prompt, annotator] = [prompts[i]!, annotators[i]!];
    if (prompt < 0 || prompt >= promptCount || annotator < 0 || annotator >= annotatorCount) {
      throw new RangeError(`The codes of row ${i} are out of range.`);
    }
  }
}

/** Rows with those of one annotator together, from `starts[annotator]` up to the next start, and their prompts. */
function rowsByAnnotator({ prompts, annotators, annotatorCount }: Columns) {
  const starts = new Int32Array(annotatorCount + 1);
  for (let i = 0; i < annotators.length; i++) starts[annotators[i]! + 1]!++;
  for (let a = 1; a <= annotatorCount; a++) starts[a]! += starts[a - 1]!;
  const next = starts.slice();
  const [rows, promptOf] = [new Uint32Array(annotators.length), new Int32Array(annotators.length)];
  for (let i = 0; i < annotators.length; i++) {
    const place = next[annotators[i]!]!++;
    rows[place] = i;
    promptOf[place] = prompts[i]!;
  }
  return { rows, promptOf, starts };
}

/** Times that are not known come last, so that sorting stays well defined. */
function byTime(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

/** `rows` are one annotator's, sorted by prompt and time, on prompts that they judged more than once. */
function markRepeated(rows: Uint32Array, { prompts, at }: Columns, seen: Uint8Array): void {
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && prompts[rows[to]!] === prompts[rows[from]!]) to++;
    let isOrdered = !Number.isNaN(at[rows[to - 1]!]!);
    for (let k = from + 1; k < to; k++) if (at[rows[k]!] === at[rows[k - 1]!]) isOrdered = false;
    for (let k = from; k < to; k++) seen[rows[k]!] = (isOrdered ? UNSEEN : UNORDERED) + (k === from ? 0 : 1);
    from = to;
  }
}
