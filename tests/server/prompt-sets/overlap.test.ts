import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { foundWords, overlapWith } from "../../../server/prompt-sets/overlap/find-overlap.ts";
import { type Overlap, PromptIndex } from "../../../server/prompt-sets/overlap/prompt-index.ts";
import { randomBelow, seededRandom } from "../../../server/statistics/resampling/random.ts";
import { fileInput } from "../../../server/prompt-sets/sources/input.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-overlap-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z\d]+/g) ?? [];

/** The definitions, written down: runs are compared one with another, and 13 words with 13 words. */
function byHand(prompt: string, text: string): Overlap {
  const [own, theirs] = [wordsOf(prompt), wordsOf(text)];
  const runs = (all: readonly string[], n: number): string[] =>
    all.slice(0, Math.max(0, all.length - n + 1)).map((_word, at) => all.slice(at, at + n).join(" "));
  const eights = new Set(runs(theirs, 8));
  const covered = new Set(
    runs(own, 8).flatMap((run, at) => (eights.has(run) ? Array.from({ length: 8 }, (_w, i) => at + i) : [])),
  );
  const thirteens = new Set(runs(theirs, 13));
  return {
    isSame: own.length > 0 && own.join(" ") === theirs.join(" "),
    share: own.length === 0 ? 0 : covered.size / own.length,
    hasLongRun: runs(own, 13).some((run) => thirteens.has(run)),
  };
}

test("finds what comparing each run with each finds", () => {
  const random = seededRandom("overlap");
  const one = <T>(all: readonly T[]): T => all[randomBelow(random, all.length)]!;
  // So few words that runs repeat, overlap and follow on one another.
  const text = (): string =>
    Array.from({ length: randomBelow(random, 25) }, () => one(["a", "A,", "a!", "a", "b"])).join(" ");
  const found = { none: 0, some: 0, long: 0 };
  for (let round = 0; round < 300; round++) {
    const prompts = [text(), text(), text()];
    const index = new PromptIndex(prompts);
    for (const other of [text(), text(), text(), text()]) {
      const overlaps = new Map<number, Overlap>();
      index.compare(other, (prompt, overlap) => overlaps.set(prompt, overlap));
      for (const [at, prompt] of prompts.entries()) {
        const expected = byHand(prompt, other);
        expect(overlaps.get(at) ?? { isSame: false, share: 0, hasLongRun: false }).toEqual(expected);
        found[expected.hasLongRun ? "long" : expected.share > 0 ? "some" : "none"]++;
      }
    }
  }
  expect(Math.min(found.none, found.some, found.long)).toBeGreaterThan(50);
});

const COUNT =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";
const upTo = (count: number): string => COUNT.split(" ").slice(0, count).join(" ");

// More than half the words in runs of eight: Tülu 3 (arXiv 2411.15124, 3.2). Thirteen in a row: GPT-3 (arXiv 2005.14165, C).
test.each([
  ["the same in other capitals and marks", COUNT, upTo(16).toUpperCase().replaceAll(" ", ", "), "same"],
  ["half the words", COUNT, `x ${upTo(8)} y`, null],
  ["over half the words", COUNT, `x ${upTo(9)} y`, "share"],
  ["thirteen of thirty words", `${COUNT} ${"z ".repeat(14)}`, `x ${upTo(13)} y`, "long-run"],
  ["twelve of thirty words", `${COUNT} ${"z ".repeat(14)}`, `x ${upTo(12)} y`, null],
  ["a short prompt inside a text", "Why does dough rest?", "Tell me: why does dough rest? Thanks", null],
  ["a short prompt alone", "Why does dough rest?", "why does dough rest", "same"],
  ["ten Chinese characters", "如何做出好吃的面包呢", "请问如何做出好吃的面包呢？", "share"],
  ["full-width letters", "Ｗhy rest", "why rest", "same"],
  ["marks alone", "?!", "...", null],
])("of %s", async (_what, prompt, text, rule) => {
  const file = path.join(folder, "train.jsonl");
  const row = { conversations: [{ from: "human", value: "Hello." }, { value: text }] };
  fs.writeFileSync(file, `{"text":"Nothing."}\n${JSON.stringify(row)}\nbroken\n`);
  const index = new PromptIndex([prompt]);
  const all = await overlapWith(fileInput(file, file), { index, share: 0.5, onRows: () => undefined });
  expect(all).toMatchObject({ rows: 3, unreadable: 1 });
  expect(all.found.map((one) => one.rule)).toEqual(rule === null ? [] : [rule]);
  if (all.found[0]) expect(foundWords(all, all.found[0])).toMatch(/train\.jsonl, row 2/);
});

test.each([
  ["a.txt", `Hello.\n${COUNT}\n`],
  ["a.csv", `id,messages\n1,Hello.\n2,"[{""content"": ""${COUNT}""}]"\n`],
  ["a.json", JSON.stringify([{ q: "Hello." }, { turns: ["x", COUNT] }])],
])("reads the texts of %s", async (name, content) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  const index = new PromptIndex([COUNT]);
  const all = await overlapWith(fileInput(file, file), { index, share: 0.5, onRows: () => undefined });
  expect(all.found).toMatchObject([{ rule: "same", share: 1 }]);
});
