import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import type { Candidate } from "../../../server/prompt-sets/candidate.ts";
import { type Input } from "../../../server/prompt-sets/sources/input.ts";
import { readNaturalInstructions } from "../../../server/prompt-sets/sources/natural-instructions.ts";
import { readPromptFiles } from "../../../server/prompt-sets/sources/prompt-files.ts";
import { readReddit } from "../../../server/prompt-sets/sources/reddit.ts";
import { SourceTally } from "../../../server/prompt-sets/sources/tally.ts";
import { readWikihow } from "../../../server/prompt-sets/sources/wikihow.ts";

const inputOf = (text: string, name = "file"): Input => ({
  ...{ name, path: null },
  bytes: () => Readable.from([Buffer.from(text)]),
});
const inputOfRows = (rows: readonly unknown[], name?: string): Input =>
  inputOf(rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"), name);

async function gathered(candidates: AsyncIterable<Candidate>): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for await (const one of candidates) all.push(one);
  return all;
}

test("reads Reddit's submissions with their best direct comments, without what was taken back", async () => {
  const tally = new SourceTally();
  const post = {
    id: "a1",
    subreddit: "AskReddit",
    title: "What helped you?",
    selftext: "",
    author: "u",
    score: 8,
    over_18: false,
  };
  const comment = {
    id: "c1",
    subreddit: "AskReddit",
    link_id: "t3_a1",
    parent_id: "t3_a1",
    body: "Sleep.",
    score: 5,
  };
  const rows = [
    comment,
    post,
    { ...post, id: "a2", subreddit: "askreddit", over_18: true, permalink: "/r/AskReddit/comments/a2/x/" },
    { ...post, id: "a3", subreddit: "pics" },
    { ...post, id: "a4", selftext: "[removed]" },
    { ...post, id: "a5", _meta: { was_deleted_later: true } },
    { ...post, id: "a6", author: "[deleted]" },
    post,
    "not json",
    "[1]",
    { subreddit: "AskReddit" },
    { ...comment, id: "c2", parent_id: "t1_c1", score: 99 },
    { ...comment, id: "c3", body: "[deleted]", score: 99 },
    { ...comment, id: "c4", body: "Walks.", score: 6 },
  ];
  const all = await gathered(readReddit([inputOfRows(rows)], { subreddits: ["AskReddit"], tally }));
  expect(
    all.map(({ id, group, isAdult, texts, responseScore, url }) => [
      id,
      group,
      isAdult,
      texts.response,
      responseScore,
      url,
    ]),
  ).toEqual([
    ["reddit/a1", "askreddit", false, "Walks.", 6, "https://www.reddit.com/comments/a1"],
    ["reddit/a2", "askreddit", true, null, null, "https://www.reddit.com/r/AskReddit/comments/a2/x/"],
  ]);
  expect(JSON.stringify(all)).not.toContain('"u"');
  expect(Object.fromEntries(tally.notTaken)).toEqual({
    "deleted or removed": 4,
    "of other subreddits": 1,
    comments: 3,
  });
  expect(tally.unreadableRows.map(({ line, why }) => `${line} ${why}`)).toEqual([
    ...[
      "8 has the id a1 of an earlier row",
      "9 is not a JSON object",
      "10 is not a JSON object",
      "11 has no id",
    ],
  ]);
});

test("reads wikiHow's articles, by category where a file has them", async () => {
  const tally = new SourceTally();
  const csv =
    'headline,title,text\n"Boil. Add.",How to Cook Rice1,"Use two cups.,Stir once."\n,,x\nh,How to Sing,This article sings.\nh,How to Play Chess 960,Set it up.\n';
  const categories = inputOf("title,category\nHow to Cook Rice,Food\nHow to Play Chess 960,Hobbies\n");
  const all = await gathered(readWikihow([inputOf(csv)], { categories, tally }));
  expect(all.map(({ id, group, url, licence }) => [id, group, url, licence])).toEqual([
    ["wikihow/How to Cook Rice1", "Food", "https://www.wikihow.com/Cook-Rice", "CC BY-NC-SA 3.0"],
    [
      ...["wikihow/How to Play Chess 960", "Hobbies"],
      ...["https://www.wikihow.com/Play-Chess-960", "CC BY-NC-SA 3.0"],
    ],
  ]);
  expect([...tally.notTaken]).toEqual([
    ["without a title", 1],
    ["without a category", 1],
  ]);
});

test.each([
  ["a,b\n1,2\n", /has no column “headline” and “title” and “text”; it has a, b/],
  ['headline,title,text\n"a,b,c\n', /cannot be read as CSV/],
  ["headline,title,text\nh,How to Sing,Breathe in, then out\n", /cannot be read as CSV.*got 4/],
])("refuses %j as wikiHow's file", async (text, message) => {
  await expect(
    gathered(readWikihow([inputOf(text)], { categories: null, tally: new SourceTally() })),
  ).rejects.toThrow(message);
});

test("reads tasks of Natural Instructions, and counts what is none", async () => {
  const tally = new SourceTally();
  const task = {
    ...{ Categories: ["Paraphrasing"], Definition: ["Say it otherwise."], "Instance License": ["CC BY 4.0"] },
    Instances: [
      { id: "t1-1", input: "It rained.", output: ["Rain fell."] },
      { id: "t1-2", input: "x" },
      { id: "t1-1", input: "It snowed.", output: ["Snow fell."] },
      null,
    ],
  };
  const inputs = [
    inputOf(JSON.stringify(task), "tasks/task1.json"),
    inputOf("{", "task2.json"),
    inputOf("{}", "task3.json"),
  ];
  const [one, ...none] = await gathered(readNaturalInstructions(inputs, { tally }));
  expect(none).toEqual([]);
  expect(one).toMatchObject({
    ...{ id: "task1/t1-1", group: "task1", tags: ["Paraphrasing"], licence: "CC BY 4.0" },
    texts: { prompt: "Say it otherwise.\n\nIt rained.", response: "Rain fell." },
  });
  expect(tally.unreadableRows.map(({ file, why }) => `${file} ${why}`)).toEqual([
    "task2.json is not JSON",
    "task3.json has no Definition, or no Instances: it is no task of Natural Instructions",
    "tasks/task1.json is an instance without output",
    "tasks/task1.json has the id t1-1 of an earlier instance",
    "tasks/task1.json is an instance without input",
  ]);
  expect(tally.unreadable).toBe(5);
  const twice = [inputs[0]!, { ...inputs[0]!, name: "more/task1.json" }];
  await expect(gathered(readNaturalInstructions(twice, { tally: new SourceTally() }))).rejects.toThrow(
    /Two files are called task1/,
  );
});

describe("prompts of files", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-sources-"));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const write = (name: string, rows: readonly object[]): Input => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return { ...inputOf(""), path: file, name };
  };

  test("come with their responses, whichever file is read first", async () => {
    const tally = new SourceTally();
    const answers = write("answers.jsonl", [
      { prompt_id: "p1", output: "Sleep." },
      { prompt_id: "p1", output: "Walks." },
      { prompt_id: "p9", output: "Nothing." },
    ]);
    const prompts = write("prompts.jsonl", [
      { prompt_id: "p1", prompt: "What helps?" },
      { prompt: "Why rest?" },
      { prompt: "Why rest?" },
    ]);
    const all = await gathered(readPromptFiles([answers, prompts], tally));
    expect(all.map(({ id, texts }) => [id, texts.prompt, texts.response])).toEqual([
      ["p1", "What helps?", "Sleep."],
      [expect.stringMatching(/^text-[\da-f]{16}$/), "Why rest?", null],
    ]);
    expect(Object.fromEntries(tally.notTaken)).toEqual({
      "the same prompt again": 1,
      "responses without a prompt": 1,
    });
  });

  test("are refused where one id has two texts", async () => {
    const files = ["a.jsonl", "b.jsonl"].map((name) =>
      write(name, [{ prompt_id: "1", prompt: `Of ${name}.` }]),
    );
    await expect(gathered(readPromptFiles(files, new SourceTally()))).rejects.toThrow(
      /a.jsonl and b.jsonl have prompts with the id 1 and different texts/,
    );
  });
});
