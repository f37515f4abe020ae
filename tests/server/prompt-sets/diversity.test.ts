import { expect, test } from "vitest";
import { distinctShare, effectiveNumber, meanNearest } from "../../../server/prompt-sets/diversity.ts";
import { gramsOf, jaccard } from "../../../server/prompt-sets/steps/near.ts";

test.each([
  [["a b a", "A, b!"], 1, 2 / 5],
  [["a b a", "A, b!"], 2, 2 / 3],
  [["a"], 2, null],
  [[], 1, null],
])("of %j, %d in a row are distinct by %d", (texts, n, share) => {
  expect(distinctShare(texts, n)).toBe(share);
});

test("the nearest is that of comparing each with each", () => {
  const texts = ["Why does dough rest?", "Why does dough rise?", "How is steel made?", "how is  STEEL made?"];
  const best = texts.map((one, at) =>
    Math.max(...texts.map((other, i) => (i === at ? 0 : jaccard(gramsOf(one), gramsOf(other))))),
  );
  expect(meanNearest(texts)).toBeCloseTo(best.reduce((a, b) => a + b) / 4);
  expect(meanNearest(["a", "b"])).toBe(0);
  expect(meanNearest(["a"])).toBeNull();
});

// Hill (1973): of equal shares, the number of groups.
test.each([
  [["a", "b", "c", "d"], 4],
  [["a", "a", "b", "b"], 2],
  [["a", "a"], 1],
  [["a", "a", "a", "b"], Math.exp(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)))],
])("%j are as good as %d groups", (groups, number) => {
  expect(effectiveNumber(groups)).toBeCloseTo(number);
});
