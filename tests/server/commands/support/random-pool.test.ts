import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pooledBytes } from "../../../../server/commands/support/random-pool.ts";

describe("pooled random bytes", () => {
  it("give out every byte once, in their order, and draw anew when they run out", () => {
    const drawn: Buffer[] = [];
    const bytes = pooledBytes((size) => {
      const fresh = randomBytes(size);
      drawn.push(Buffer.from(fresh));
      return fresh;
    });
    const given = Array.from({ length: 1000 }, (_, i) => bytes(16 + (i % 3)));
    const all = Buffer.concat(drawn);
    let at = 0;
    for (const one of given) {
      const found = all.indexOf(one, at);
      expect(found).toBeGreaterThanOrEqual(at);
      at = found + one.length;
    }
    expect(drawn.length).toBeGreaterThan(1);
  });

  it("draw a long run straight from the source", () => {
    expect(pooledBytes(randomBytes)(5000)).toHaveLength(5000);
  });
});
