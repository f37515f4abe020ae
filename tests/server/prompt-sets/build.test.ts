import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { buildPromptSet } from "../../../server/prompt-sets/build.ts";
import { inputsOf } from "../../../server/prompt-sets/inputs.ts";
import { parsePromptRecipe } from "../../../server/prompt-sets/recipes/parse.ts";
import { filesOf } from "../../../server/prompt-sets/write/folder.ts";
import { rowOf, writeSite } from "../../support/prompt-dumps.ts";

const base = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-build-"));
afterAll(() => fs.rmSync(base, { recursive: true }));
const newFolder = (): string => fs.mkdtempSync(path.join(base, "x"));
const write = (folder: string, name: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};

/** The files of a set of one source, called ours, whose files lie in a folder. */
async function built(folder: string, source: string): Promise<(name: string) => string> {
  const recipe = parsePromptRecipe(`sources: [{ name: ours, ${source} }]`, "r");
  const inputs = inputsOf({ recipe, folder, named: new Map(), without: [], stdin: process.stdin });
  const files = filesOf(await buildPromptSet({ recipe, seed: 1, inputs }));
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
