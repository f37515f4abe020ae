/** A look at one point: how high it is, and where a plain step leads from it. */
interface Looked {
  readonly height: number;
  readonly next: Float64Array;
}

interface Squarem {
  readonly start: Float64Array;
  /** A step that never leads down, such as one of EM. May keep what it computes on the way: the last look is at `at`. */
  readonly look: (at: Float64Array) => Looked;
  /** Brings a point that was extrapolated back to where parameters can be, in place. */
  readonly bringBack: (at: Float64Array) => void;
  /** Settled: a plain step moves no parameter by more. */
  readonly settled: number;
  readonly looksMost: number;
}

interface Settled {
  readonly at: Float64Array;
  readonly height: number;
  readonly looks: number;
  /** False: `looksMost` came first. */
  readonly converged: boolean;
}

/** By how much the longest step grows when it was taken, and shrinks when it led down. */
const FACTOR = 4;

/**
 * Where do steps that climb slowly lead? Squared extrapolation: from two steps θ₀ → θ₁ → θ₂, with r = θ₁ − θ₀ and
 * v = θ₂ − θ₁ − r, goes to θ₀ − 2αr + α²v, α = −‖r‖/‖v‖, which is the limit if r shrinks at one rate; then goes on from
 * a step there. α lies between −1, which is θ₂, and a bound that grows as long as it holds. A point lower than θ₁ is left
 * for θ₂.
 * Source: R. Varadhan and C. Roland, Scandinavian Journal of Statistics 35 (2008) 335, scheme S3.
 */
export function squarem({ start, look, bringBack, settled, looksMost }: Squarem): Settled {
  let at = start;
  let longest = 1;
  for (let looks = 0; ;) {
    const first = look(at);
    if (++looks >= looksMost || isSettled(at, first.next, settled)) return end(at, first, looks);
    const second = look(first.next);
    if (++looks >= looksMost || isSettled(first.next, second.next, settled))
      return end(first.next, second, looks);
    const length = Math.min(longest, lengthOf(at, first.next, second.next));
    if (length === longest) longest *= FACTOR;
    if (length === 1) {
      at = second.next;
      continue;
    }
    const far = extrapolated(at, first.next, second.next, length);
    bringBack(far);
    const third = look(far);
    if (++looks >= looksMost) return end(far, third, looks);
    const isUp = third.height >= second.height;
    if (!isUp) longest = Math.max(1, length / FACTOR);
    at = isUp ? third.next : second.next;
  }

  function end(point: Float64Array, { height, next }: Looked, looks: number): Settled {
    return { at: point, height, looks, converged: isSettled(point, next, settled) };
  }
}

function isSettled(from: Float64Array, to: Float64Array, settled: number): boolean {
  for (let j = 0; j < from.length; j++) if (!(Math.abs(to[j]! - from[j]!) <= settled)) return false;
  return true;
}

/** ‖r‖/‖v‖, at least 1. */
function lengthOf(a: Float64Array, b: Float64Array, c: Float64Array): number {
  let [r2, v2] = [0, 0];
  for (let j = 0; j < a.length; j++) {
    const r = b[j]! - a[j]!;
    const v = c[j]! - b[j]! - r;
    r2 += r * r;
    v2 += v * v;
  }
  return v2 > 0 ? Math.max(1, Math.sqrt(r2 / v2)) : 1;
}

function extrapolated(a: Float64Array, b: Float64Array, c: Float64Array, length: number): Float64Array {
  const far = new Float64Array(a.length);
  for (let j = 0; j < far.length; j++) {
    const r = b[j]! - a[j]!;
    far[j] = a[j]! + 2 * length * r + length * length * (c[j]! - b[j]! - r);
  }
  return far;
}
