import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BackOff } from "../../../server/model-servers/back-off.ts";
import { CallFailed, type CallFailureKind } from "../../../server/model-servers/model-call.ts";

const failure = (kind: CallFailureKind, retryAfterMs?: number) =>
  new CallFailed(kind, "It failed.", { retryAfterMs });
const LIMITED = failure("rate limited");
const backOff = (random = 0.5) => new BackOff({ random: () => random });

describe("the pause after failures", () => {
  it("doubles its bound with each failure in a row, up to the longest", () => {
    const one = backOff(0.999999);
    let now = 0;
    const bounds = Array.from({ length: 10 }, () => {
      now += 1e9;
      return Math.round(one.failed(now, LIMITED));
    });
    expect(bounds).toEqual([500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
    expect(one.failuresInARow).toBe(10);
  });

  it("is drawn evenly between nothing and the bound", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat(20),
        (share, before) => {
          const one = backOff(share);
          for (let i = 0; i < before; i++) one.failed(i * 1e6, LIMITED);
          const bound = Math.min(60_000, 500 * 2 ** before);
          expect(one.failed(1e9, LIMITED)).toBeCloseTo(share * bound, 3);
        },
      ),
    );
  });

  it("begins anew after a success, and a promised pause goes on", () => {
    const one = backOff();
    one.failed(0, LIMITED);
    expect(one.failed(1e6, LIMITED)).toBe(500);
    one.succeeded();
    expect([one.failuresInARow, one.waitMs(1e6) > 0]).toEqual([0, true]);
    expect(one.failed(2e6, LIMITED)).toBe(250);
    one.succeeded();
    expect([one.failed(2e6 + 400, LIMITED), one.failuresInARow]).toEqual([250, 1]);
  });

  it("is as long as the server asks at the least, whatever the failure", () => {
    expect(backOff().failed(0, failure("rate limited", 7000))).toBe(7000);
    expect(backOff().failed(0, failure("server error", 90_000))).toBe(90_000);
    expect(backOff().failed(0, failure("rate limited", 100))).toBe(250);
    const one = backOff();
    one.failed(0, failure("rate limited", 1000));
    expect(one.failed(500, failure("rate limited", 2000))).toBe(2000);
    expect(one.failed(600, failure("rate limited", 10))).toBe(1900);
  });

  it.each([-5, 0, NaN, Infinity])("does not mind a Retry-After of %d", (retryAfterMs) => {
    expect(backOff().failed(0, failure("rate limited", retryAfterMs))).toBe(250);
  });

  it("counts calls that fail together once", () => {
    const one = backOff(0.01);
    for (let caller = 0; caller < 64; caller++) one.failed(caller * 5, LIMITED);
    expect(one.failuresInARow).toBe(1);
    one.failed(501, LIMITED);
    expect(one.failuresInARow).toBe(2);
  });

  it("needs a second failure in a row where the server did not ask for it", () => {
    for (const kind of ["server error", "network", "timed out", "cut off"] as const) {
      const one = backOff();
      expect([one.failed(0, failure(kind)), one.waitMs(0)]).toEqual([0, 0]);
      expect(one.failed(1, failure(kind))).toBe(500);
    }
  });

  it("does not come from what is the matter with one call", () => {
    const one = backOff();
    for (const kind of ["not understood", "rejected", "not allowed"] as const)
      for (let i = 0; i < 9; i++) expect(one.failed(i, failure(kind))).toBe(0);
    expect(one.failuresInARow).toBe(0);
  });
});

describe("a caller", () => {
  it("does not wait before any failure, nor after the pause", () => {
    const one = backOff();
    expect(one.waitMs(0)).toBe(0);
    const ms = one.failed(0, LIMITED);
    expect(one.waitMs(ms)).toBe(0);
    expect(one.waitMs(ms - 1)).toBeGreaterThan(0);
  });

  it("waits at least until the pause ends, each its own time, and not for ever", () => {
    const draws = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
    fc.assert(
      fc.property(draws, fc.nat(10_000), fc.integer({ min: 1, max: 20_000 }), (stream, now, retryAfterMs) => {
        const one = new BackOff({ random: () => stream.next().value as number });
        const left = one.failed(now, failure("rate limited", retryAfterMs));
        const waits = Array.from({ length: 64 }, () => one.waitMs(now));
        for (const wait of waits) {
          expect(wait).toBeGreaterThanOrEqual(left);
          expect(wait).toBeLessThanOrEqual(left + 500);
        }
      }),
    );
    let i = 0;
    const counting = new BackOff({ random: () => (i++ % 100) / 100 });
    counting.failed(0, failure("rate limited", 1000));
    expect(new Set(Array.from({ length: 64 }, () => counting.waitMs(0))).size).toBe(64);
  });

  it("is never told more than a timer can wait", () => {
    const one = backOff();
    one.failed(0, failure("rate limited", 1e15));
    expect(one.waitMs(0)).toBe(2 ** 31 - 1);
  });
});
