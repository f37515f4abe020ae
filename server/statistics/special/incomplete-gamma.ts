import { logGamma } from "./log-gamma.ts";

const PRECISION = 1e-17;
const TINY = 1e-300;
const STEPS_MAX = 10_000;

/**
 * The regularised upper incomplete gamma function Q(a, x), a > 0, x ≥ 0: by its series below a + 1 and by
 * Legendre's continued fraction above (DLMF 8.7.1, 8.9.2). Keeps its relative accuracy in the tail.
 */
export function incompleteGammaUpper(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) throw new RangeError("incompleteGammaUpper needs a > 0 and x ≥ 0.");
  if (x === 0) return 1;
  if (!Number.isFinite(x)) return 0;
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < STEPS_MAX && Math.abs(term) > PRECISION * Math.abs(sum); n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * front(a, x);
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < STEPS_MAX; n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value * front(a, x);
}

const front = (a: number, x: number): number => Math.exp(a * Math.log(x) - x - logGamma(a));
