import { expect } from "vitest";

/** Expects agreement to a relative error, 1e-12 unless told; exactly 0 where 0 is expected. */
export function expectNear(value: number, expected: number, relative = 1e-12): void {
  const off = Math.abs(value - expected);
  const message = `${value} is not within ${relative} of ${expected}`;
  expect(off <= relative * Math.abs(expected), message).toBe(true);
}

/** The sum of exact integers over 2^n as a number, to the last digit but one. */
export function overPowerOfTwo(sum: bigint, n: number): number {
  const shift = Math.max(0, n - sum.toString(2).length + 1) + 80;
  return Number((sum << BigInt(shift)) >> BigInt(n)) / 2 ** 80 / 2 ** (shift - 80);
}
