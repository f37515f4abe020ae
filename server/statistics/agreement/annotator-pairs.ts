/** Two annotators and the comparisons that both judged. */
export interface AnnotatorPair {
  /** Codes, the lower one first. */
  readonly a: number;
  readonly b: number;
  readonly comparisons: number;
  /** Element 3 · what a said + what b said: how many comparisons; codes as in agreement-counts.ts. */
  readonly table: Int32Array;
}

/** Judgments of one set of annotators, ordered by comparison and in it by annotator; one element a judgment. */
interface JudgmentsByAnnotators {
  readonly comparison: Int32Array;
  readonly annotator: Int32Array;
  readonly outcome: Uint8Array;
  /** One more than the largest annotator that may occur. */
  readonly annotatorCount: number;
}

/**
 * The pairs of annotators with most comparisons in common, at most `cap`, and how many pairs have any. Largest overlap
 * first; among equals the pair with the lower codes.
 *
 * Annotator by annotator, the judgments that stand after theirs in the same comparisons are counted: time grows with
 * the pairs of judgments, memory with judgments and annotators only.
 */
export function largestOverlaps(
  judgments: JudgmentsByAnnotators,
  cap: number,
): { pairs: AnnotatorPair[]; sharing: number } {
  const walk = walker(judgments);
  const { kept, sharing } = keepLargest(walk, judgments, cap);
  const tables = new Map(kept.map((pair) => [pair, new Int32Array(9)]));
  const wanted = new Map<number, Kept[]>();
  for (const pair of kept) wanted.set(pair.a, [...(wanted.get(pair.a) ?? []), pair]);
  const tableOf: (Int32Array | undefined)[] = new Array<undefined>(judgments.annotatorCount).fill(undefined);
  for (const [a, pairs] of wanted) {
    for (const pair of pairs) tableOf[pair.b] = tables.get(pair)!;
    walk(a, (own, other) => {
      const table = tableOf[judgments.annotator[other]!];
      if (table) table[3 * judgments.outcome[own]! + judgments.outcome[other]!]!++;
    });
    for (const pair of pairs) tableOf[pair.b] = undefined;
  }
  return { pairs: kept.map((pair) => ({ ...pair, table: tables.get(pair)! })), sharing };
}

type Kept = Omit<AnnotatorPair, "table">;
/** Calls with the places of each judgment of annotator `a` and of a later one, by another, of the same comparison. */
type Walk = (a: number, call: (own: number, other: number) => void) => void;

function walker({ comparison, annotator, annotatorCount }: JudgmentsByAnnotators): Walk {
  const { start, places } = placesByCode(annotator, annotatorCount);
  return (a, call) => {
    for (let i = start[a]!; i < start[a + 1]!; i++) {
      const own = places[i]!;
      for (let other = own + 1; other < comparison.length; other++) {
        if (comparison[other] !== comparison[own]) break;
        if (annotator[other] !== a) call(own, other);
      }
    }
  };
}

/** Pairs arrive with rising codes, so that among equals the one that came first stays. */
function keepLargest(walk: Walk, { annotator, annotatorCount }: JudgmentsByAnnotators, cap: number) {
  const shared = new Int32Array(annotatorCount);
  const met = new Int32Array(annotatorCount);
  let kept: Kept[] = [];
  let [sharing, least] = [0, 0]; // only a pair that shares more than `least` can still be among the largest
  for (let a = 0; a < annotatorCount; a++) {
    let others = 0;
    walk(a, (_, other) => {
      const b = annotator[other]!;
      if (shared[b]!++ === 0) met[others++] = b;
    });
    for (const b of met.subarray(0, others).sort()) {
      if (shared[b]! > least) kept.push({ a, b, comparisons: shared[b]! });
      shared[b] = 0;
    }
    sharing += others;
    if (kept.length >= 2 * cap) {
      kept = largest(kept, cap);
      least = kept.at(-1)!.comparisons;
    }
  }
  return { kept: largest(kept, cap), sharing };
}

function largest(pairs: Kept[], cap: number): Kept[] {
  return pairs.sort((x, y) => y.comparisons - x.comparisons || x.a - y.a || x.b - y.b).slice(0, cap);
}

/** The places of each code: those of code c from start[c] up to start[c + 1]. */
function placesByCode(codes: Int32Array, codeCount: number): { start: Int32Array; places: Int32Array } {
  const start = new Int32Array(codeCount + 1);
  for (const code of codes) start[code + 1]!++;
  for (let c = 0; c < codeCount; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  const places = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) places[next[codes[i]!]!++] = i;
  return { start, places };
}
