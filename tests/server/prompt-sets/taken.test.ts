import fc from "fast-check";
import { expect, test } from "vitest";
import { Taken } from "../../../server/prompt-sets/draw/taken.ts";
import { gramsOf, jaccard } from "../../../server/prompt-sets/steps/near.ts";

const take = (taken: Taken, id: string, text: string) =>
  taken.take({ source: "s", id, hash: text.toLowerCase(), text: () => text });

test("misses no pair that comparing each with each finds", () => {
  const words = fc.constantFrom("why ", "does ", "the ", "dough ", "rest ", "rise ", "x", "y");
  const text = fc.array(words, { minLength: 1, maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 12 }),
      fc.constantFrom(0.3, 0.5, 0.8, 0.9, 1),
      (texts, similarity) => {
        const taken = new Taken(similarity);
        const kept: string[] = [];
        for (const one of texts) {
          const alike = kept.filter((other) => jaccard(gramsOf(one), gramsOf(other)) >= similarity);
          const why = take(taken, String(kept.length), one);
          expect(why === null).toBe(alike.length === 0);
          if (why === null) kept.push(one);
        }
      },
    ),
    { numRuns: 100, seed: 3 },
  );
});

test("names the prompt that is most alike, or finds equal texts alone", () => {
  const taken = new Taken(0.5);
  for (const [id, text] of [
    ["a", "Why does dough rest for long?"],
    ["b", "How is steel made today?"],
  ] as const)
    expect(take(taken, id, text)).toBeNull();
  expect(take(taken, "c", "Why does dough rest so long?")).toMatchObject({ source: "s", id: "a" });
  const off = new Taken(null);
  expect(take(off, "a", "Why does dough rest?")).toBeNull();
  expect(take(off, "b", "Why does dough rest")).toBeNull();
  expect(take(off, "c", "why does dough rest")).toBe("same");
});

test("finds a pair that is just near enough, and shares only what comes last in order", () => {
  const taken = new Taken(0.6);
  expect(take(taken, "a", "!abcdefg")).toBeNull();
  // Three of five pieces are shared: abcde, bcdef, cdefg.
  expect(take(taken, "b", "#abcdefg")).toEqual({ source: "s", id: "a", similarity: 0.6 });
});
