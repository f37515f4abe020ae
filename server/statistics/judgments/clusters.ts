/**
 * Judgments sorted into clusters, such as all judgments of one prompt. `code[i]` is the cluster of judgment i,
 * from 0 to `count` − 1, each of which occurs; `size[c]` is how many judgments cluster c has.
 */
export interface Clusters {
  readonly count: number;
  readonly code: Int32Array;
  readonly size: Int32Array;
}

/**
 * Clusters of judgments that share a value of `codes`. Values lie in 0 … `codeCount` − 1 and may have gaps, as a
 * pair of systems has that was judged on some prompts only; clusters are numbered in the order of their values.
 * Codes that rise along the column are numbered without a table as long as `codeCount`.
 * @throws RangeError where a code is outside 0 … codeCount − 1.
 */
export function clustersOf(codes: Int32Array, codeCount: number): Clusters {
  requireInRange(codes, codeCount);
  const code = isRising(codes) ? numberRuns(codes) : numberValues(codes, codeCount);
  return withSizes(code);
}

/**
 * Clusters of judgments that share both: where `a` are prompts and `b` annotators, the judgments that one
 * annotator made of one prompt. Linear in judgments and clusters: within each cluster of `a`, a table remembers
 * which clusters of `b` were met and under which number.
 */
export function crossClusters(a: Clusters, b: Clusters): Clusters {
  const rows = rowsByCluster(a);
  const code = new Int32Array(a.code.length);
  const metIn = new Int32Array(b.count).fill(-1);
  const number = new Int32Array(b.count);
  let count = 0;
  for (let k = 0; k < code.length; k++) {
    const row = rows === null ? k : rows[k]!;
    const [inA, inB] = [a.code[row]!, b.code[row]!];
    if (metIn[inB] !== inA) {
      metIn[inB] = inA;
      number[inB] = count++;
    }
    code[row] = number[inB]!;
  }
  return withSizes(code, count);
}

function requireInRange(codes: Int32Array, codeCount: number): void {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < 0 || code >= codeCount)
      throw new RangeError(`Code ${code} in row ${i} is not below ${codeCount}.`);
  }
}

function isRising(codes: Int32Array): boolean {
  for (let i = 1; i < codes.length; i++) if (codes[i]! < codes[i - 1]!) return false;
  return true;
}

function numberRuns(codes: Int32Array): Int32Array {
  const numbers = new Int32Array(codes.length);
  let last = 0;
  for (let i = 1; i < codes.length; i++) {
    if (codes[i] !== codes[i - 1]) last++;
    numbers[i] = last;
  }
  return numbers;
}

function numberValues(codes: Int32Array, codeCount: number): Int32Array {
  const number = new Int32Array(codeCount);
  for (let i = 0; i < codes.length; i++) number[codes[i]!] = 1;
  let next = 0;
  for (let value = 0; value < codeCount; value++) if (number[value] === 1) number[value] = next++;
  const numbers = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) numbers[i] = number[codes[i]!]!;
  return numbers;
}

function withSizes(code: Int32Array, known?: number): Clusters {
  let count = known ?? 0;
  if (known === undefined) for (let i = 0; i < code.length; i++) count = Math.max(count, code[i]! + 1);
  const size = new Int32Array(count);
  for (let i = 0; i < code.length; i++) size[code[i]!]!++;
  return { count, code, size };
}

/** Row numbers with those of one cluster together, or null where they stand so already. */
function rowsByCluster({ code, size }: Clusters): Int32Array | null {
  if (isRising(code)) return null;
  const next = new Int32Array(size.length);
  for (let c = 1; c < size.length; c++) next[c] = next[c - 1]! + size[c - 1]!;
  const rows = new Int32Array(code.length);
  for (let i = 0; i < code.length; i++) rows[next[code[i]!]!++] = i;
  return rows;
}
