import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Built, buildPromptSet } from "../../../server/prompt-sets/build.ts";
import { inputsOf } from "../../../server/prompt-sets/inputs.ts";
import { promptRecipeText } from "../../../server/prompt-sets/recipes/named.ts";
import { parsePromptRecipe } from "../../../server/prompt-sets/recipes/parse.ts";
import { filesOf } from "../../../server/prompt-sets/write/folder.ts";
import { limaByHand } from "../../support/lima-by-hand.ts";
import { madeUpSources, SITES } from "../../support/made-up-sources.ts";

// LIMA's recipe on made-up sources, against a second, plain implementation of its rules.

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-lima-"));
const other = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-lima-"));
beforeAll(() => madeUpSources(folder, 11));
afterAll(() => {
  for (const one of [folder, other]) fs.rmSync(one, { recursive: true });
});

/** The recipe with smaller numbers, so that not everything that is left is drawn. */
const smaller = (text: string): string =>
  text.replace(/(train|dev|test): (\d+)/g, (_all, split, n) => `${split}: ${Math.ceil(Number(n) / 25)}`);

const NAMED = new Map([
  ["stem", ["dumps"]],
  ["other", ["dumps"]],
  ["wikihow", ["wikihowAll.csv"]],
  ["writing-prompts", ["reddit.ndjson"]],
  ["natural-instructions", ["tasks"]],
  ["authors-a", ["a.jsonl"]],
  ["ask-reddit", ["reddit.ndjson"]],
  ["authors-b", ["b.jsonl"]],
]);

function build(at: string, { seed = 1, text = smaller(promptRecipeText("lima")) } = {}): Promise<Built> {
  const recipe = parsePromptRecipe(text, "lima");
  const named = new Map([...NAMED].map(([name, files]) => [name, files.map((file) => path.join(at, file))]));
  const inputs = inputsOf({ recipe, folder: at, named, without: [], stdin: process.stdin });
  return buildPromptSet({ recipe, seed, inputs, overlapWith: [] });
}

const listed = (built: Built): string[] =>
  built.items.map(({ source, split, candidate: { id, texts } }) =>
    JSON.stringify([source.name, split, id, texts.prompt, texts.response]),
  );

test.each([1, 2, 3])("finds the posts that a plain implementation finds, with the seed %d", async (seed) => {
  const built = await build(folder, { seed });
  const byHand = limaByHand(folder, seed, 25);
  expect(listed(built)).toEqual(byHand.map((one) => JSON.stringify(one)));
  const sources = new Set(built.items.map(({ source }) => source.name));
  expect(sources.size).toBe(NAMED.size);
});

describe("the same set", () => {
  test("to the byte, for the same files and seed", async () => {
    expect(filesOf(await build(folder))).toEqual(filesOf(await build(folder)));
  });

  test("for the same rows in another order", async () => {
    madeUpSources(other, 11);
    for (const site of SITES) {
      const file = path.join(other, "dumps", site, "Posts.xml");
      const [head, open, ...lines] = fs.readFileSync(file, "utf8").split("\r\n");
      const rows = lines.filter((line) => line.includes("<row")).reverse();
      fs.writeFileSync(file, [head, open, ...rows, "</posts>", ""].join("\r\n"));
    }
    expect(listed(await build(other))).toEqual(listed(await build(folder)));
  });

  test("not for another seed", async () => {
    expect(listed(await build(folder, { seed: 2 }))).not.toEqual(listed(await build(folder)));
  });
});

test("counts add up, from rows to prompts", async () => {
  for (const { tally, candidates, steps, eligible, drawn } of (await build(folder)).sources) {
    const taken = [...tally.notTaken.values()].reduce((sum, n) => sum + n, 0);
    expect(tally.rows).toBe(candidates + taken + tally.unreadable);
    let left = candidates;
    for (const { came, dropped } of steps) {
      expect(came).toBe(left);
      left -= [...dropped.values()].reduce((sum, { count }) => sum + count, 0);
    }
    expect(eligible).toBe(left);
    expect(drawn.train + drawn.dev + drawn.test).toBeLessThanOrEqual(eligible);
  }
});

test.each([
  [
    "a rule that lets nothing through",
    "min: 1200, max: 4096",
    "min: 5000",
    /The step “length” of stem lets nothing through/,
  ],
  [
    "a source that is empty",
    "subreddits: [AskReddit]",
    "subreddits: [Nowhere]",
    /ask-reddit has \d+ rows, and none of them can be a prompt: /,
  ],
])("refuses %s, and says where", async (_what, from, to, message) => {
  const text = smaller(promptRecipeText("lima"));
  expect(text).toContain(from);
  await expect(build(folder, { text: text.replace(from, to) })).rejects.toThrow(message);
});

test("puts no prompt of the test split into training texts, nor twice into the set", async () => {
  const { items } = await build(folder, { text: promptRecipeText("lima") });
  const prompts = items.map(({ candidate }) => candidate.texts.prompt?.toLowerCase());
  expect(new Set(prompts).size).toBe(prompts.length);
});
