import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { prepare } from "../../support/in-process.ts";
import { benchmarkFiles } from "../../support/uploads.ts";

const PROMPTS = 8;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-few-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };
const at = (name: string): string => path.join(folder, name);
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs commands one after the other. @returns what the last one printed */
async function few(commands: readonly string[][]): Promise<string> {
  expect(commands.length).toBeLessThanOrEqual(5);
  let last = "";
  for (const command of commands) last = await prepare(command, env);
  return last;
}

it("files as they were published become an open study with an invite link in five commands at most, and judgments a figure and a table", async () => {
  fs.mkdirSync(at("outputs"));
  for (const { name, text } of benchmarkFiles(PROMPTS)) fs.writeFileSync(at(name), text);
  // in two of the files `text` is the prompt, and the answer stands in another column
  const generations = `${at("outputs/*-generations.jsonl")}:prompt_id=question_id,prompt=text,output=generation_truncated`;
  const [target, baseline] = ["13b-generations", "alpha:20230327"];
  const link = await few([
    ["study", "create", "bench", "--target", target, "--baseline", baseline, "--group", "crowd,judgments=2"],
    ["load", "bench", at("outputs/questions.jsonl"), generations, at("outputs/answer_*.jsonl")],
    ["study", "open", "bench"],
    ["invite", "bench", "--open"],
  ]);
  expect(link).toMatch(/\/join#[\w-]{20,}$/m);

  const votes = Array.from({ length: PROMPTS }, (_, i) =>
    ["ann", "bo"].map(
      (who, j) => `${i + 1},${target},${baseline},${["left", "tie", "right"][(i + j) % 3]!},${who}`,
    ),
  ).flat();
  fs.writeFileSync(
    at("votes.csv"),
    ["prompt_id,left_system,right_system,choice,annotator", ...votes, ""].join("\n"),
  );
  const table = await few([
    ["load", "bench", at("votes.csv"), "--group", "authors:author"],
    ["report", "bench", "--figure", "pairs", "--out", at("pairs.pdf")],
    ["report", "bench", "--table", "pairs"],
  ]);
  expect(fs.readFileSync(at("pairs.pdf"), "latin1")).toMatch(/^%PDF-/);
  expect(table).toContain("\\toprule");
});
