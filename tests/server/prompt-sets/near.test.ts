import fc from "fast-check";
import { expect, test } from "vitest";
import { randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";
import { gramsOf, jaccard, NearTexts } from "../../../server/prompt-sets/steps/near.ts";

/** The share of 5-character pieces that two texts have in common, as a list would be compared. */
function shareByHand(a: string, b: string): number {
  const pieces = (text: string): string[] => {
    const plain = text.toLowerCase();
    const all = plain.length <= 5 ? [plain] : [...plain.slice(4)].map((_c, at) => plain.slice(at, at + 5));
    return all.filter((piece, at) => all.indexOf(piece) === at);
  };
  const [one, other] = [pieces(a), pieces(b)];
  const both = one.filter((piece) => other.includes(piece)).length;
  return both / (one.length + other.length - both);
}

const text = fc
  .array(fc.constantFrom("why ", "does ", "the ", "dough ", "rest ", "rise ", "x", "y"), {
    minLength: 1,
    maxLength: 12,
  })
  .map((all) => all.join("").trim() || "x");

test("finds what is alike, and nothing else, as comparing each with each does", () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const near = new NearTexts(0.8);
      const kept: string[] = [];
      for (const one of texts) {
        const found = near.find(one);
        const byHand = kept.find((other) => shareByHand(one, other) >= 0.8) ?? null;
        // A pair with a similarity of .8 may be missed in one of 5,000 cases; one that is found is always alike.
        if (found !== null) expect(shareByHand(one, kept[Number(found)]!)).toBeGreaterThanOrEqual(0.8);
        if (byHand !== null && shareByHand(one, byHand) > 0.9) expect(found).not.toBeNull();
        near.add(String(kept.push(one) - 1), one);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

test.each([0.3, 0.5, 0.7])("finds pairs that share little more than %d", (similarity) => {
  const random = seededRandom(String(similarity));
  const letters = (count: number): string =>
    Array.from({ length: count }, () => String.fromCharCode(97 + randomBelow(random, 26))).join("");
  const shared = 200;
  const own = Math.floor((shared * (1 - similarity)) / (2 * similarity)) - 8;
  const found = Array.from({ length: 30 }, () => {
    const start = letters(shared);
    const [a, b] = [start + letters(own), start + letters(own)];
    expect(shareByHand(a, b) - similarity).toBeGreaterThan(0);
    expect(shareByHand(a, b) - similarity).toBeLessThan(0.1);
    const near = new NearTexts(similarity);
    near.add("a", a);
    return near.find(b);
  });
  expect(found.filter((one) => one === null).length).toBeLessThanOrEqual(1);
});

test.each([
  ["Why does dough rest?", "why   does DOUGH rest?", 1],
  ["abcdef", "abcdeg", 1 / 3],
  ["abc", "abc", 1],
  ["abc", "abd", 0],
])("%j and %j share %d", (a, b, share) => {
  expect(jaccard(gramsOf(a), gramsOf(b))).toBeCloseTo(share);
});
