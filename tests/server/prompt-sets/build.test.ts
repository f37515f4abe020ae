import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildPromptSet } from "../../../server/prompt-sets/build.ts";
import { inputsOf, overlapInputsOf } from "../../../server/prompt-sets/inputs.ts";
import { parsePromptRecipe } from "../../../server/prompt-sets/recipes/parse.ts";
import { filesOf, requireNewFolder } from "../../../server/prompt-sets/write/folder.ts";
import { rowOf, writeSite } from "../../support/prompt-dumps.ts";

const base = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-build-"));
afterAll(() => fs.rmSync(base, { recursive: true }));
const newFolder = (): string => fs.mkdtempSync(path.join(base, "x"));
const write = (folder: string, name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};

/** The files of a set of one source, called ours, whose files lie in a folder. */
const built = (folder: string, source: string): Promise<(name: string) => string> =>
  builtBy(folder, `sources: [{ name: ours, ${source} }]`);

async function builtBy(folder: string, text: string, seed = 1): Promise<(name: string) => string> {
  const recipe = parsePromptRecipe(text, "r");
  const inputs = inputsOf({ recipe, folder, named: new Map(), without: [], stdin: process.stdin });
  const files = filesOf(
    await buildPromptSet({ recipe, seed, inputs, overlapWith: overlapInputsOf(recipe, folder) }),
  );
  return (name) => files.get(name) ?? "";
}

const SITES = "kind: stack-exchange, files: [.], draw: { into: { test: 9 } }";
const question = (title: string) => [
  rowOf({ Id: 7, PostTypeId: 1, Score: 4, Title: title, Body: "<p>b</p>" }),
];

test("leaves sites about a site alone, unless they are named", async () => {
  const folder = newFolder();
  for (const site of ["cooking.stackexchange.com", "cooking.meta.stackexchange.com", "meta.superuser.com"])
    writeSite(folder, site, question(`Of ${site}?`));
  const prompts = await built(folder, SITES);
  expect(prompts("test.prompts.jsonl").match(/"prompt":"[^"]*"/g)).toEqual([
    '"prompt":"Of cooking.stackexchange.com?"',
  ]);
  const named = await built(folder, `sites: { only: [meta.superuser.com] }, ${SITES}`);
  expect(named("test.prompts.jsonl")).toContain("Of meta.superuser.com?");
  await expect(built(folder, `sites: { only: [math.stackexchange.com] }, ${SITES}`)).rejects.toThrow(
    /None of the files of ours is of a site that it wants/,
  );
});

test("refuses two files of one site", async () => {
  const folder = newFolder();
  const file = writeSite(folder, "cooking.stackexchange.com", question("Why rest dough?"));
  fs.copyFileSync(file, path.join(folder, "cooking.stackexchange.com.7z"));
  await expect(built(folder, SITES)).rejects.toThrow(/are both of cooking.stackexchange.com/);
});

test("names each author with a licence and its address, and of a response in training alone", async () => {
  const folder = newFolder();
  writeSite(folder, "cooking.stackexchange.com", [
    rowOf({
      ...{ Id: 7, PostTypeId: 1, Score: 4, Title: "Why rest dough?", Body: "<p>b</p>", OwnerUserId: 3 },
      CreationDate: "2012-01-01T00:00:00",
    }),
    rowOf({
      ...{ Id: 8, PostTypeId: 2, ParentId: 7, Score: 4, Body: "<p>It <b>relaxes</b>.</p>", OwnerUserId: 5 },
      CreationDate: "2019-01-01T00:00:00",
    }),
  ]);
  const site = "https://cooking.stackexchange.com";
  const asked =
    `[Why rest dough?](<${site}/questions/7>); asked by [user 3](<${site}/users/3>) under ` +
    "[CC BY-SA 3.0](<https://creativecommons.org/licenses/by-sa/3.0/>); ";
  const train = await built(folder, SITES.replace("test", "train").replace("files", "steps: [text], files"));
  expect(train("attribution.md")).toContain(
    `${asked}answered by [user 5](<${site}/users/5>) under [CC BY-SA 4.0](<https://creativecommons.org/licenses/by-sa/4.0/>); changed: HTML to text`,
  );
  const forTesting = await built(
    folder,
    SITES.replace("files", "steps: [text, prompt: { title: 1 }], files"),
  );
  expect(forTesting("attribution.md")).toContain(`${asked}unchanged`);
  expect(forTesting("datasheet.md")).toContain("| test | ours | 1 | 9 | 3.0 | – |");
  const described = await built(folder, SITES.replace("files", "steps: [text, prompt: { title: 0 }], files"));
  expect(described("attribution.md")).toContain("; changed: HTML to text");
  expect(forTesting("datasheet.md")).toContain("| CC BY-SA 3.0 | 0 | 0 | 1 |");
});

test("says under which licence nobody put one of two texts", async () => {
  const folder = newFolder();
  writeSite(folder, "cooking.stackexchange.com", [
    ...question("Why rest dough?"),
    rowOf({ Id: 8, PostTypeId: 2, ParentId: 7, Score: 4, Body: "x", ContentLicense: "CC BY-SA 4.0" }),
  ]);
  const files = await built(folder, SITES.replace("test", "train"));
  expect(files("train.prompts.jsonl")).toContain('"licence":"CC BY-SA 4.0 and none stated"');
});

test("reads categories from the recipe's folder, lists their file, and does not call one group many", async () => {
  const folder = newFolder();
  write(folder, "wikihowAll.csv", "headline,title,text\nh,How to Sing,Breathe.\nh,How to Bake,Rest.\n");
  write(folder, "by.csv", "title,category\nHow to Sing,Arts\nHow to Bake,Food\n");
  const wikihow = "kind: wikihow, files: [wikihowAll.csv], draw: { groups: evenly, into: { test: 2 } }";
  const files = await built(folder, `categories: by.csv, ${wikihow}`);
  expect(
    files("test.prompts.jsonl")
      .match(/"group":"\w+"/g)
      ?.sort(),
  ).toEqual(['"group":"Arts"', '"group":"Food"']);
  expect(files("datasheet.md")).toMatch(/by\.csv \| 49 \|/);
  expect(files("datasheet.md")).toContain("a group was drawn, all as likely");
  expect((await built(folder, wikihow))("datasheet.md")).toContain("as all are of one group (no category)");
  await expect(built(folder, `categories: no.csv, ${wikihow}`)).rejects.toThrow(/There is no file .*no\.csv/);
});

test("drops prompts without text, and says which prompts for training have no response", async () => {
  const folder = newFolder();
  const rows = [
    { prompt: "<img>" },
    { prompt: "Why rest?", output: "It relaxes." },
    { prompt: "Why knead?" },
  ];
  write(folder, "a.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const files = await built(
    folder,
    "kind: prompts, files: [a.jsonl, ./a.jsonl], steps: [{ text: { in: prompt } }], draw: { into: { train: 9 } }",
  );
  expect(files("train.prompts.jsonl").trim().split("\n")).toHaveLength(2);
  expect(files("train.conversations.jsonl").trim().split("\n")).toHaveLength(1);
  expect(files("datasheet.md")).toContain("1 of the prompts for training have no response");
  expect(files("datasheet.md")).toContain("| No prompt without text. | 3 | 1 | 2 |");
});

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

test("passes over what is nearly the same as a prompt of another source, whatever the split, and names it", async () => {
  const folder = newFolder();
  const asked = "Why does dough rest for a long time before it is baked?";
  write(folder, "a.jsonl", lines([{ prompt_id: "1", prompt: asked, output: "It relaxes." }]));
  write(
    folder,
    "b.jsonl",
    lines([
      { prompt_id: "2", prompt: `${asked}!` },
      { prompt_id: "3", prompt: "What is steel?" },
    ]),
  );
  const recipe = `sources:
  - { name: a, kind: prompts, files: [a.jsonl], draw: { into: { train: 1 } } }
  - { name: b, kind: prompts, files: [b.jsonl], draw: { into: { test: 2 } } }`;
  const files = await builtBy(folder, recipe);
  expect(files("test.prompts.jsonl").trim().split("\n")).toHaveLength(1);
  expect(files("datasheet.md")).toMatch(
    /Passed over in drawing: 1 nearly the same as one:\n\n- `b\/2`: 0\.9\d of 1 like `a\/1`/,
  );
  const all = await builtBy(folder, `near: off\n${recipe}`);
  expect(all("test.prompts.jsonl").trim().split("\n")).toHaveLength(2);
  expect(all("datasheet.md")).not.toContain("Passed over");
});

test("flags what it finds without dropping it, and shows no personal data", async () => {
  const folder = newFolder();
  const long = "Tell me in plain words how a bridge that carries trains is built over a wide river";
  write(
    folder,
    "a.jsonl",
    lines([
      {
        prompt_id: "1",
        prompt: "Write a letter to ann.lee@uni-x.de about bread.",
        category: "x",
        colour: "red",
      },
      { prompt_id: "2", prompt: long, category: "x", colour: "red" },
    ]),
  );
  write(
    folder,
    "sets/train.jsonl",
    lines([{ messages: [{ content: "Hi." }] }, { messages: [{ content: long }] }]),
  );
  const files = await builtBy(
    folder,
    `overlap: { with: [sets] }
sources:
  - name: ours
    kind: prompts
    files: [a.jsonl]
    steps: [{ language: { among: [en, de] } }, personal-data, { languages: { only: [en] } }]
    draw: { strata: [language, length], into: { test: 9 } }`,
  );
  const rows = files("test.prompts.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(rows).toMatchObject([
    { language: "en", flags: ["personal-data: 1 e-mail address in the prompt"] },
    { language: "en", flags: ["overlap: the same text in sets/train.jsonl, row 2"] },
  ]);
  const sheet = files("datasheet.md");
  expect(sheet).not.toContain("ann.lee");
  for (const part of [
    "| en | 0 | 0 | 2 |",
    "| personal-data: 1 e-mail address in the prompt | 0 | 0 | 1 |",
    "| sets/train.jsonl | 2 | 0 | 1 | 0 | 0 |",
    "- `ours/2` (test): the same text in sets/train.jsonl, row 2",
    "| en, under 100 characters | 2 | 2 of 9 |",
    "| test | 2 | 0.93 | 1.00 |",
    "From each combination of language, length its share was drawn",
  ])
    expect(sheet).toContain(part);
  expect(sheet).toMatch(/sets\/train\.jsonl \| \d+ \| [\da-f]{64}/);
});

test("tags what a source marks as unsafe", async () => {
  const folder = newFolder();
  const post = { subreddit: "AskReddit", selftext: "", score: 1 };
  write(
    folder,
    "a.ndjson",
    lines([
      { ...post, id: "1", title: "What &amp; why?", over_18: true },
      { ...post, id: "2", title: "Where is the moon?", over_18: false },
    ]),
  );
  const files = await built(
    folder,
    "kind: reddit, files: [a.ndjson], steps: [unsafe], draw: { into: { test: 9 } }",
  );
  const [first, second] = files("test.prompts.jsonl").trim().split("\n");
  expect(first).toContain('"prompt":"What & why?"');
  expect(first).toContain('"tags":["sensitive"],"flags":["unsafe: marked as for adults"]');
  expect(second).not.toContain("sensitive");
});

test("passes on what the reader of a file remarks", async () => {
  const folder = newFolder();
  write(folder, "x/gpt.csv", "question,response\nWhy rest?,It relaxes.\n");
  const files = await built(folder, "kind: prompts, files: [x/gpt.csv], draw: { into: { test: 9 } }");
  expect(files("datasheet.md")).toContain(
    "- Its reader remarks: x/gpt.csv: “question” is read as the prompt",
  );
  expect(files("datasheet.md")).not.toContain(folder);
});

test("keeps the recipe as it is written, but for another seed", async () => {
  const folder = newFolder();
  write(folder, "a.jsonl", lines([{ prompt: "Why rest?" }]));
  const recipe =
    "# Ours.\nseed: 7\nsources:\n  - { name: ours, kind: prompts, files: [a.jsonl], draw: { into: { test: 1 } } }\n";
  expect((await builtBy(folder, recipe, 7))("recipe.yaml")).toBe(recipe);
  const other = (await builtBy(folder, recipe, 9))("recipe.yaml");
  expect(other).toContain("# Ours.\nseed: 9\n");
  expect(parsePromptRecipe(other, "r").sources).toHaveLength(1);
});

test("finds out before it reads that nothing can be written", () => {
  const folder = newFolder();
  write(folder, "file", "x");
  expect(() => requireNewFolder(path.join(folder, "file", "set"))).toThrow(
    /Nothing can be written into .*file/,
  );
  requireNewFolder(path.join(folder, "set"));
  expect(fs.readdirSync(folder)).toEqual(["file"]);
});
