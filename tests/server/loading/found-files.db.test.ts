import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { findFiles } from "../../../server/loading/find-files.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { reportText } from "../../../server/loading/report-text.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { ownerHeaders, testApp } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";
import { contents } from "./loading-support.ts";
import { tarOf, zipOf, zstandardOf } from "./packing.ts";
import { workbookOf } from "./workbook.ts";

const base = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-found-"));
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const rows = (text: string) =>
  [1, 2].map((i) => `${JSON.stringify({ prompt: `Question ${i}?`, output: `${text} ${i}` })}\n`).join("");
const OURS = rows("One answer");
const THEIRS = rows("Another answer");

/** A folder of these files. */
function folderOf(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(base, name, file)), { recursive: true });
    fs.writeFileSync(path.join(base, name, file), content);
  }
  return path.join(base, name);
}

async function load(...paths: string[]) {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const said = { format: null, system: null, group: null, annotator: null, map: new Map<string, never>() };
  const files = paths.map((fileName) => ({ path: fileName, options: { ...said, fileName } }));
  const request = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test" };
  const report = await loadFiles(context, { ...request, ...(await findFiles(files)) });
  const all = await contents(context);
  const systems = (all.system as { name: string }[]).map(({ name }) => name).sort();
  return { report, systems, responses: all.response?.length, text: reportText(report) };
}

const named = (report: { files: { file: string }[] }) =>
  report.files.map(({ file }) => path.relative(base, file));

describe("a folder", () => {
  it("is loaded file by file in the order of their names, and names what it leaves out", async () => {
    const folder = folderOf("mixed", {
      "b/theirs.jsonl.zst": zstandardOf(THEIRS),
      "a/ours.jsonl.gz": zlib.gzipSync(OURS),
      "README.md": "# Runs",
      "notes.txt": "Nothing to see.\nAt all.",
      "config.json": JSON.stringify({ temperature: 0.7, stop: ["\n"] }),
      "empty.jsonl": "",
      ".cache/x.jsonl": OURS,
      "plot.png": "\x89PNG",
      "inner.zip": zipOf({ "x.jsonl": OURS }),
    });
    const { report, systems, responses, text } = await load(folder);
    expect(named(report)).toEqual(["mixed/a/ours.jsonl.gz", "mixed/b/theirs.jsonl.zst"]);
    expect(systems).toEqual(["ours", "theirs"]);
    expect(responses).toBe(4);
    const reasons = Object.fromEntries(
      report.leftOut.map(({ file, reason }) => [path.relative(folder, file), reason]),
    );
    expect(reasons).toEqual({
      "README.md": ".md is no file of rows",
      "notes.txt": "its first lines are no rows",
      "config.json": "one object, no rows",
      "empty.jsonl": "empty",
      ".cache": "hidden",
      "plot.png": ".png is no file of rows",
      "inner.zip": "an archive within an archive: unpack it first",
    });
    expect(text).toContain(`  ${folder}/README.md: .md is no file of rows`);
  });

  it("does not lead out of itself by a link, nor in a circle", async () => {
    const outside = folderOf("outside", { "secret.jsonl": THEIRS });
    const folder = folderOf("linked", { "runs/ours.jsonl": OURS });
    fs.symlinkSync(path.join(outside, "secret.jsonl"), path.join(folder, "secret.jsonl"));
    fs.symlinkSync(outside, path.join(folder, "away"));
    fs.symlinkSync("..", path.join(folder, "runs/up"));
    fs.symlinkSync("nowhere", path.join(folder, "broken"));
    const { report } = await load(folder);
    expect(named(report)).toEqual(["linked/runs/ours.jsonl"]);
    expect(report.leftOut.map(({ reason }) => reason)).toEqual([
      "a link that leads out of the folder",
      "a link that leads nowhere",
      "a link to a folder",
      "a link that leads out of the folder",
    ]);
  });

  it("of files called alike gives each system the name of its folder", async () => {
    const folder = folderOf("alike", { "ours/outputs.jsonl": OURS, "theirs/outputs.jsonl": THEIRS });
    expect((await load(folder)).systems).toEqual(["ours", "theirs"]);
  });

  it("loads a file of text that is a table, and refuses a file of rows that cannot be read", async () => {
    const table = folderOf("table", { "ours.txt": "prompt\toutput\nQ?\tA.\n" });
    expect((await load(table)).systems).toContain("ours");
    const broken = folderOf("broken", { "ours.jsonl": OURS, "theirs.jsonl": "{no json" });
    const { report } = await load(broken);
    expect(report.done).toBe(false);
    expect(report.files.map(({ outcome }) => outcome)).not.toContain("published");
  });

  it("without a file of rows is refused with what it holds", async () => {
    await expect(load(folderOf("none", { "README.md": "#" }))).rejects.toThrow(
      /none holds no file with rows\. Left out: .*README\.md \(\.md is no file of rows\)/,
    );
  });
});

describe("the parts of a divided file", () => {
  it("are outputs of one system, named by the folder that says something", async () => {
    const shard = (i: number) =>
      Buffer.from(
        parquetWriteBuffer({
          columnData: [
            { name: "prompt", data: [`Question ${i}?`], type: "STRING" },
            { name: "output", data: [`Answer ${i}`], type: "STRING" },
          ],
        }),
      );
    const folder = folderOf("sets", {
      "gpt-x/README.md": "---",
      "gpt-x/data/train-00000-of-00002.parquet": shard(1),
      "gpt-x/data/train-00001-of-00002.parquet": shard(2),
    });
    const { report, systems, responses } = await load(folder);
    expect(report.files.map(({ prompts }) => prompts.new)).toEqual([1, 1]);
    expect([systems.filter((name) => name !== "ours" && name !== "theirs"), responses]).toEqual([
      ["gpt-x"],
      2,
    ]);
  });
});

it("a workbook of several sheets names those that are not read, and what its cells cut off", async () => {
  const sheet = (text: string) => [
    ["prompt", "output"],
    ["Question 1?", text],
  ];
  const sheets = { Ours: sheet("A".repeat(32_767)), "By others": sheet("B"), Empty: [] };
  const folder = folderOf("sheets", { "ours.xlsx": workbookOf(sheets) });
  const { report, responses, text } = await load(folder);
  expect(responses).toBe(1);
  expect(report.warnings.listed.map(({ name }) => name)).toContain("OtherSheets");
  expect(text).toContain("Only the sheet “Ours” is read; there are rows in By others too.");
  expect(text).toMatch(/32,767/);
});

describe("a pattern", () => {
  it.each([
    ["*/out.jsonl", ["theirs", "ours"]],
    ["**/out.jsonl", ["theirs", "ours", "deep/theirs"]],
    ["[!t]*/out.jsonl", ["ours"]],
    ["?urs/*.jsonl", ["ours"]],
  ])("%s stands for the files that fit", async (pattern, folders) => {
    const folder = folderOf("runs+1", {
      "ours/out.jsonl": OURS,
      "theirs/out.jsonl": THEIRS,
      "deep/theirs/out.jsonl": THEIRS,
      ".hidden/out.jsonl": OURS,
    });
    const { report } = await load(path.join(folder, pattern));
    expect(named(report)).toEqual(folders.map((one) => `runs+1/${one}/out.jsonl`).sort());
  });

  it("that nothing fits is refused", async () => {
    await expect(load(path.join(base, "no*.jsonl"))).rejects.toThrow(/No file fits .*no\*\.jsonl/);
    await expect(load(path.join(base, "[z-a].jsonl"))).rejects.toThrow("“[z-a].jsonl” is no pattern");
  });
});

describe.each([
  { kind: "zip", name: "all.zip", pack: zipOf },
  { kind: "tar", name: "all.tar", pack: tarOf },
  {
    kind: "gzip",
    name: "all.tar.gz",
    pack: (files: Parameters<typeof tarOf>[0]) => zlib.gzipSync(tarOf(files)),
  },
])("an archive, $name", ({ kind, name, pack }) => {
  const files = { "outputs/ours.jsonl": OURS, "outputs/theirs.jsonl": THEIRS, "__MACOSX/._ours.jsonl": "x" };

  it("is loaded like a folder, in whole or in part", async () => {
    const folder = folderOf(`packed ${kind}`, { [name]: pack(files) });
    const whole = await load(path.join(folder, name));
    expect(named(whole.report)).toEqual([
      `packed ${kind}/${name}/outputs/ours.jsonl`,
      `packed ${kind}/${name}/outputs/theirs.jsonl`,
    ]);
    expect(whole.report.leftOut).toMatchObject([{ reason: "hidden" }]);
    expect(whole.responses).toBe(4);
    expect((await load(path.join(folder, name, "outputs"))).responses).toBe(4);
    expect((await load(path.join(folder, name, "outputs/ours.jsonl"))).systems).toContain("ours");
    await expect(load(path.join(folder, name, "nothing.jsonl"))).rejects.toThrow(
      /holds no file nothing\.jsonl/,
    );
  });

  it("that is damaged is refused before anything is loaded", async () => {
    const folder = folderOf(`damaged ${kind}`, {
      [name]: pack(files).subarray(0, kind === "tar" ? 700 : 200),
    });
    await expect(load(path.join(folder, name))).rejects.toThrow(/all\.\S+: The .*cannot be unpacked/);
  });
});

describe("an archive", () => {
  const files = { "outputs/ours.jsonl": OURS, "outputs/theirs.jsonl": THEIRS, "__MACOSX/._ours.jsonl": "x" };

  it("is uploaded like a file", async () => {
    const context = await testContext("sqlite");
    const app = await testApp(context);
    await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
    const headers = { ...(await ownerHeaders(app, context)), "content-type": "application/zip" };
    const upload = (payload: Buffer) =>
      app.inject({ method: "POST", url: "/api/studies/s/files?name=all.zip", headers, payload });
    const reply = await upload(zipOf(files));
    expect(reply.json()).toMatchObject({
      done: true,
      files: [{ file: "all.zip/outputs/ours.jsonl" }, { file: "all.zip/outputs/theirs.jsonl" }],
      leftOut: [{ file: "all.zip/__MACOSX/._ours.jsonl" }],
    });
    const refused = await upload(zipOf(files).subarray(0, 200));
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ error: "FileUnusable" });
    expect(refused.body).not.toContain(os.tmpdir());
  });
});

it("a compressed copy of a file that is loaded brings nothing new", async () => {
  const context = await testContext("sqlite");
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  const vote = JSON.stringify({ prompt_id: "p", system_a: "a", system_b: "b", winner: "a", annotator: "w" });
  const prompt = JSON.stringify({ prompt_id: "p", prompt: "Q?" });
  const answers = ["a", "b"].map((system) =>
    JSON.stringify({ prompt_id: "p", system, output: `Of ${system}` }),
  );
  const text = [prompt, ...answers, vote].join("\n");
  const folder = folderOf("copies", { "all.jsonl": text, "all.jsonl.gz": zlib.gzipSync(text) });
  const said = { format: null, system: null, group: null, annotator: null, map: new Map<string, never>() };
  const outcomes = [];
  for (const name of ["all.jsonl", "all.jsonl.gz"]) {
    const file = { path: path.join(folder, name), options: { ...said, fileName: name } };
    const flags = { dryRun: false, skipBad: false, yes: false };
    const report = await loadFiles(context, { ...flags, study: "s", files: [file] });
    outcomes.push(report.files.map(({ outcome }) => outcome));
  }
  expect(outcomes).toEqual([["published"], ["unchanged"]]);
});
