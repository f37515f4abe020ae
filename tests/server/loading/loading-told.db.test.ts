import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { parseFieldMap } from "../../../server/loading/reading/field-map.ts";
import { reportText } from "../../../server/loading/report-text.ts";
import { revealingOutputs } from "../../../server/loading/warnings/revealing-outputs.ts";
import { notHandedOut } from "../../../server/studies/not-handed-out.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents } from "./loading-support.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-told-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Row = Record<string, unknown>;
interface Given {
  readonly file: string;
  readonly rows: readonly Row[] | string;
  readonly map?: string;
}

/** A study of two systems, and what loads files of these rows into it. */
async function newStudy(kind: (typeof DATABASES)[number]) {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const load = async (files: readonly Given[], over: { skipBad?: boolean; near?: boolean } = {}) => {
    const { near = false, ...flags } = over;
    const said = { format: null, system: null, group: null, annotator: null, near };
    const list = files.map(({ file, rows, map = "" }) => {
      const target = path.join(folder, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(
        target,
        typeof rows === "string" ? rows : rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
      );
      return { path: target, options: { ...said, map: parseFieldMap(map), fileName: target } };
    });
    const request = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test", ...flags };
    const report = await loadFiles(context, { ...request, files: list });
    const warned = report.warnings.listed.filter(({ name }) => name !== "SystemWithoutOutputs");
    return { report, text: reportText(report), warned: warned.map(({ name }) => name) };
  };
  const prompts = async () =>
    ((await contents(context)).prompt as { external_id: string }[]).map((row) => row.external_id);
  return { context, load, prompts };
}

const answer = (system: string, uid: string, output: string) => ({
  ...{ uid, ans_id: `${system}-${uid}`, model: system },
  messages: [
    { role: "user", content: `Text of ${uid}?` },
    { role: "assistant", content: { answer: output } },
  ],
});
const QUESTIONS = {
  file: "question.jsonl",
  rows: ["u1", "u2"].map((uid) => ({ uid, category: "hard", prompt: `Text of ${uid}?` })),
};
const OURS = { file: "a.jsonl", rows: [answer("ours", "u1", "Bee."), answer("ours", "u2", "Fly.")] };
const THEIRS = { file: "b.jsonl", rows: [answer("theirs", "u1", "Ant."), answer("theirs", "u2", "Moth.")] };

describe.each(DATABASES)("what a load takes for granted, on %s", (kind) => {
  it.each([[[QUESTIONS, OURS, THEIRS]], [[THEIRS, OURS, QUESTIONS]]])(
    "is one prompt a question, in any order of files",
    async (files) => {
      for (const calls of [[files], files.map((file) => [file])]) {
        const { load, prompts } = await newStudy(kind);
        let warned: string[] = [];
        for (const call of calls) ({ warned } = await load(call));
        expect((await prompts()).sort()).toEqual(["u1", "u2"]);
        expect(warned.filter((name) => name !== "OtherColumnsNotKept")).toEqual([]);
      }
    },
  );

  it("is no second prompt where a text is there under another id that nobody said to be one", async () => {
    const { load, prompts } = await newStudy(kind);
    await load([{ file: "p.jsonl", rows: [{ prompt_id: "p1", prompt: "Q?" }] }]);
    await load([{ file: "q.jsonl", rows: [{ uid: "x9", prompt: "Q?" }] }]);
    expect(await prompts()).toEqual(["p1"]);
  });

  it("is told where one text stands under two ids", async () => {
    const { load } = await newStudy(kind);
    await load([{ file: "p.jsonl", rows: [{ prompt_id: "p1", prompt: "Q?" }] }]);
    const { report } = await load([{ file: "q.jsonl", rows: [{ prompt_id: "p2", prompt: "Q?" }] }]);
    expect(report.warnings.listed).toContainEqual(
      expect.objectContaining({ name: "PromptTwice", file: "q.jsonl", line: 1 }),
    );
    const message = report.warnings.listed.find(({ name }) => name === "PromptTwice")?.message;
    expect(message).toContain("“p2” and “p1” (p.jsonl, line 1)");
  });

  it("names the first of many prompts with one text, once for each other one", async () => {
    const { load } = await newStudy(kind);
    const rows = Array.from({ length: 12 }, (_, i) => ({
      prompt_id: `p${i}`,
      prompt: i < 9 ? "Q?" : `Q${i}?`,
    }));
    const { report } = await load([{ file: "p.jsonl", rows }]);
    const told = report.warnings.listed.filter(({ name }) => name === "PromptTwice");
    expect(told.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { message } of told) expect(message).toContain("and “p0” (p.jsonl, line 1)");
  });

  it("is never that a file is there already of which no row can be read", async () => {
    for (const [file, rows] of [
      ["broken.jsonl", "{\n{\n{\n"],
      ["choices.csv", "prompt_id,left_system,right_system,choice,annotator\n1,a,b,upper,w\n"],
      ["semicolons.csv", "a;b\n1;2\n"],
    ] as const) {
      const { load } = await newStudy(kind);
      const { report, text } = await load([{ file, rows }], { skipBad: true });
      expect(report.done).toBe(false);
      expect(text.split("\n")[0]).toBe("Nothing was loaded into s.");
      expect(text).not.toContain("--skip-bad");
    }
  });

  it("offers to skip bad rows only where few are bad, by chance, and says how many would stay", async () => {
    const { load } = await newStudy(kind);
    const good = Array.from({ length: 5 }, (_, i) => ({ prompt_id: i, output: "x" }));
    const few = await load([{ file: "few.jsonl", rows: [...good, { prompt_id: 9, output: 5 }] }]);
    expect(few.text).toContain("To load the valid rows (5 of 6) and skip the others, add --skip-bad.");
    const most = await load([
      {
        file: "most.jsonl",
        rows: [...good.slice(0, 2), ...[7, 8, 9].map((id) => ({ prompt_id: id, output: 5 }))],
      },
    ]);
    expect(most.text).not.toContain("--skip-bad");
    const votes = ["left", "right", "left", "even"].map((choice, i) => ({
      prompt_id: i,
      left_system: "a",
      right_system: "b",
      choice,
      annotator: "w",
    }));
    expect((await load([{ file: "votes.jsonl", rows: votes }])).text).not.toContain("--skip-bad");
  });

  it("counts what judgments chose, and lists what is kept as metadata", async () => {
    const { load } = await newStudy(kind);
    const vote = { prompt_id: 1, left_system: "ours", right_system: "theirs", annotator: "w" };
    const rows = [
      { ...vote, choice: "left", annotator: "w1", confidence: 3 },
      { ...vote, choice: "right", annotator: "w2" },
      { ...vote, choice: "left", annotator: "w3", side_known: false },
      { ...vote, choice: "both_bad", annotator: "w4", "final verdict": "a" },
    ];
    const { report, text, warned } = await load([{ file: "v.jsonl", rows }]);
    expect(report.files[0]).toMatchObject({
      verdicts: {
        left: 2,
        right: 1,
        tie: 0,
        both_bad: 1,
        sidesUnknown: 1,
        won: [
          { system: "ours", judgments: 2 },
          { system: "theirs", judgments: 1 },
        ],
      },
      kept: ["confidence", "final verdict"],
    });
    expect(text).toContain("  chosen: ours 2, theirs 1, tie 0, both bad 1");
    expect(text).toContain("  kept as metadata: confidence, final verdict");
    expect(warned).toContain("ColumnsKept");
  });

  it("is told of judgments that become a model's", async () => {
    const { context, load } = await newStudy(kind);
    const rows = [
      { prompt_id: 1, left_system: "ours", right_system: "theirs", choice: "left", annotator: "gpt-4" },
    ];
    const { report } = await load([{ file: "v.jsonl", rows }]);
    expect(report.warnings.listed).toContainEqual(expect.objectContaining({ name: "TakenForModel" }));
    expect((await contents(context)).annotator_group).toMatchObject([{ name: "gpt-4", kind: "model" }]);
  });

  it("is the folder's system where files have one name, both told apart", async () => {
    const { load } = await newStudy(kind);
    const of = (output: string) => [{ prompt: "Q?", output }];
    const { report, text } = await load([
      { file: "m1/outputs.jsonl", rows: of("Bee.") },
      { file: "m2/outputs.jsonl", rows: of("Fly.") },
      { file: "x/deep/run.jsonl", rows: of("Ant.") },
      { file: "y/deep/run.jsonl", rows: of("Moth.") },
    ]);
    expect(report.files.map(({ file }) => file)).toEqual([
      ...["m1/outputs.jsonl", "m2/outputs.jsonl", "x/deep/run.jsonl", "y/deep/run.jsonl"],
    ]);
    expect(text).toContain("There are outputs of m1, m2, x, y.");
    expect(report.warnings.listed.filter(({ name }) => name === "SystemFromFolder")).toHaveLength(4);
  });

  it("loads nothing of a call of which one file is wrong, by its rows or by what is there", async () => {
    const { context, load } = await newStudy(kind);
    const first = { file: "first.jsonl", rows: [{ prompt_id: 1, prompt: "Q?" }] };
    const bad = { file: "bad.jsonl", rows: [{ prompt_id: 1, output: 5 }] };
    const before = await contents(context);
    expect((await load([first, bad])).report.files.map(({ outcome }) => outcome)).toEqual([
      "held back",
      "refused",
    ]);
    const clash = {
      file: "clash.jsonl",
      rows: [
        { prompt_id: 1, system: "a", output: "x" },
        { prompt_id: 1, system: "a", output: "y" },
      ],
    };
    expect((await load([first, clash])).report.done).toBe(false);
    expect({ ...(await contents(context)), load: [] }).toEqual(before); // only how the refused files failed is kept
  });

  it("names prompts that are nearly the same, and joins them when told", async () => {
    const files = [
      {
        file: "ours.jsonl",
        rows: [
          { prompt: "Name a cafe\u0301.", output: "Zoe" },
          { prompt: "One?", output: "1" },
        ],
      },
      {
        file: "theirs.jsonl",
        rows: [
          { prompt: "Name  a caf\u00e9. \n", output: "Max" },
          { prompt: "One?", output: "one" },
        ],
      },
    ];
    const apart = await newStudy(kind);
    const { warned, text } = await apart.load(files);
    expect(warned).toContain("PromptNearlySame");
    expect(text).not.toMatch(/prompts: text-/);
    expect(await apart.prompts()).toHaveLength(3);
    const joined = await newStudy(kind);
    expect((await joined.load(files, { near: true })).warned).toEqual([]);
    expect(await joined.prompts()).toHaveLength(2);
  });

  it.each([
    ["1", "1.0"],
    ["7", "007"],
    ["12", " 12 "],
  ])("names the id %j that may be %j, and joins them when told", async (one, other) => {
    const files = [
      { file: "p.csv", rows: `prompt_id,prompt\n${one},Q?\n` },
      { file: "ours.csv", rows: `prompt_id,output\n${other},Bee.\n` },
    ];
    const apart = await newStudy(kind);
    expect((await apart.load(files)).warned).toContain("IdNearlySame");
    const joined = await newStudy(kind);
    await joined.load(files, { near: true });
    expect(await joined.prompts()).toEqual([one]);
  });

  it("says which pairs cannot be handed out, and why, and which outputs reveal their system", async () => {
    const { context, load } = await newStudy(kind);
    const rows = [
      { prompt_id: 1, prompt: ["A?", "B?"] },
      { prompt_id: 1, system: "ours", output: ["a"] },
      { prompt_id: 1, system: "theirs", output: ["c", "d"] },
      { prompt_id: 2, prompt: "C?" },
      { prompt_id: 2, system: "ours", output: "Same." },
      { prompt_id: 2, system: "theirs", output: "Same." },
      { prompt_id: 3, prompt: "D?" },
      { prompt_id: 3, system: "ours", output: "I am here.<|im_end|>" },
      { prompt_id: 4, system: "theirs", output: "Of nothing." },
      { prompt_id: 5, prompt: "E?" },
      { prompt_id: 5, system: "ours", output: "e" },
      { prompt_id: 5, system: "theirs", output: "f" },
    ];
    const { report, warned } = await load([{ file: "all.jsonl", rows }]);
    expect(warned).toEqual(expect.arrayContaining(["TurnsDiffer", "OutputHasToken"]));
    expect(report.warnings.listed.find(({ name }) => name === "TurnsDiffer")?.message).toContain(
      "ours answers 1 of 2 turns of the prompt “1”",
    );
    expect(await notHandedOut(context, "s")).toEqual({
      pairs: 4,
      of: 5,
      reasons: [
        { why: "ours does not answer the turn that is shown", pairs: 1, prompts: ["1"] },
        { why: "both outputs are the same", pairs: 1, prompts: ["2"] },
        { why: "no output of theirs", pairs: 1, prompts: ["3"] },
        { why: "the prompt has no text", pairs: 1, prompts: ["4"] },
      ],
    });
    expect(await revealingOutputs(context, "s")).toEqual([
      { message: expect.stringContaining("<|im_end|>") as string, outputs: 1 },
    ]);
  });
});
