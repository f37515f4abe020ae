/** `count` throws that each add `step` with chance `heads`, else nothing; `tails` is 1 − heads, without subtracting. */
export interface HeadsClass {
  readonly step: number;
  readonly count: number;
  readonly heads: number;
  readonly tails: number;
}

/** Which part of a distribution is wanted, and how it is weighted. */
interface Tail {
  /** The first sum that is counted, and how many from there on. */
  readonly start: number;
  readonly length: number;
  /** As many neighbouring sums as there are; what lies outside must be negligible. */
  readonly stretch: number;
  /** Weight e^{−rate (y − start)} of sum y; above 0. */
  readonly rate: number;
}

/** Frequencies whose part is below e^−60 are passed over. */
const NEGLIGIBLE = -60;

/**
 * Σ over y from `start` on of P(Y = y) e^{−rate (y − start)}, where Y is the sum of all throws.
 *
 * The distribution of Y is a convolution of binomial distributions, and convolution is multiplication of their
 * Fourier transforms, (tails + heads e^{iωa})^k. At N frequencies ω = 2πj/N, with N at least as long as the stretch of
 * sums, the transform says everything about Y, and the weighted sum is (1/N) Σ_j φ(ω_j) e^{−iω_j start} G(ω_j) with the
 * geometric series G = Σ_{0 ≤ k < length} e^{−(rate + iω)k}: no table of the distribution is needed. Phases are
 * reduced in whole numbers. Almost all frequencies are negligible, seen from their first classes.
 */
export function weightedTail(classes: readonly HeadsClass[], tail: Tail): number {
  const size = tail.stretch % 2 === 1 ? tail.stretch : tail.stretch + 1; // odd: each frequency but 0 has a mirror image
  const widest = [...classes].sort((a, b) => spreadOf(b) - spreadOf(a));
  const startInSize = tail.start % size;
  let sum = 0;
  for (let j = 0; j <= (size - 1) / 2; j++) {
    const transformed = transformAt(widest, j, size);
    if (transformed === null) continue;
    const [re, im] = seriesAt(tail, j, size);
    const phase = transformed.phase - (2 * Math.PI * ((j * startInSize) % size)) / size;
    const part = Math.exp(transformed.log) * (Math.cos(phase) * re - Math.sin(phase) * im);
    sum += j === 0 ? part : 2 * part;
  }
  return sum / size;
}

/** φ at frequency j as logarithm of its size and phase; null where it is negligible. */
function transformAt(
  classes: readonly HeadsClass[],
  j: number,
  size: number,
): { log: number; phase: number } | null {
  let [log, phase] = [0, 0];
  for (const { step, count, heads, tails } of classes) {
    const half = (Math.PI * ((j * (step % size)) % size)) / size;
    const sine = Math.sin(half);
    log += (count / 2) * Math.log1p(Math.max(-1, -4 * heads * tails * sine * sine));
    if (log < NEGLIGIBLE) return null;
    phase += count * Math.atan2(heads * Math.sin(2 * half), tails + heads * Math.cos(2 * half));
  }
  return { log, phase };
}

/** The geometric series at frequency j, real and imaginary part: (1 − z^length) / (1 − z), z = e^{−rate − iω}. */
function seriesAt({ rate, length }: Tail, j: number, size: number): [re: number, im: number] {
  const [topRe, topIm] = oneLess(rate * length, (j * length) % size, size);
  const [re, im] = oneLess(rate, j, size);
  const square = re * re + im * im;
  return [(topRe * re + topIm * im) / square, (topIm * re - topRe * im) / square];
}

/** 1 − e^{−decay − 2πi turns/size}, without loss of digits where it is small. */
function oneLess(decay: number, turns: number, size: number): [re: number, im: number] {
  const half = (Math.PI * turns) / size;
  const shrunk = Math.exp(-decay);
  return [-Math.expm1(-decay) + 2 * shrunk * Math.sin(half) ** 2, shrunk * Math.sin(2 * half)];
}

function spreadOf({ step, count, heads, tails }: HeadsClass): number {
  return step * step * count * heads * tails;
}
