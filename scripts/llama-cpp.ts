import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { GenerationSummary } from "../server/generation/run.ts";
import { importLlamaCpp, installLlamaCpp } from "./llama-cpp/package.ts";
import { writeRandomModel } from "./llama-cpp/random-model.ts";
import { type Reply, serveModel } from "./llama-cpp/serve.ts";

/**
 * A step of `npm run nightly`: the built `generate` and `judge` against a real llama.cpp, whose model has random weights. What
 * they record must be what it has sent: verdicts, calls, tokens, and which replies were cut off. Without npm's registry, or a
 * binary for this machine in it, the step is left out with a line that names what is missing.
 */
const PROMPTS = 6;
const CALLS = 2 * PROMPTS; // each pair in both orders
const FINISHED = 0;
const UNFINISHED = 3;
const SEED = process.env.TIEBREAK_SEED ?? "1";

/** What is used of `judge --list`. */
interface Run {
  readonly annotator: string;
  readonly calls: number;
  readonly answered: number;
  readonly failures: readonly { readonly kind: string; readonly count: number }[];
  readonly promptTokens: number;
  readonly completionTokens: number;
}
/** What is used of `judge --calls`. */
interface Call {
  readonly annotator: string;
  readonly state: string;
  readonly outcome: string;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-llama-"));
try {
  const missing = whyNotInstalled();
  console.log(
    missing === null ? await useLlamaCpp() : `llama.cpp: left out, as npm cannot install it: ${missing}`,
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function whyNotInstalled(): string | null {
  try {
    installLlamaCpp(folder);
    return null;
  } catch (error) {
    return /npm error .*/.exec(String(error))?.[0] ?? String(error);
  }
}

async function useLlamaCpp(): Promise<string> {
  const modelFile = path.join(folder, "random.gguf");
  writeRandomModel(modelFile, "weights"); // the same in every round: some weights would rarely end a reply
  const server = await serveModel(await importLlamaCpp(folder), modelFile);
  try {
    const flags = ["--model", "random", "--base-url", server.baseUrl, "--json"];
    await makeStudy();
    const generated = await checkGenerating(flags, server.replies);
    await tiebreak(["study", "open", "s"]);
    const judged = await checkJudging(flags, server.replies);
    return `llama.cpp: ${generated}; ${judged}`;
  } finally {
    await server.close();
  }
}

async function makeStudy(): Promise<void> {
  const write = (name: string, row: (i: number) => object) => {
    const rows = Array.from({ length: PROMPTS }, (_, i) => JSON.stringify({ prompt_id: `p${i}`, ...row(i) }));
    fs.writeFileSync(path.join(folder, name), rows.join("\n"));
    return path.join(folder, name);
  };
  await tiebreak(["study", "create", "s", "--target", "ours", "--baseline", "random", "--seed", SEED]);
  const prompts = write("prompts.jsonl", (i) => ({ prompt: `What is ${i} + ${i}?` }));
  const ours = write("ours.jsonl", (i) => ({ system: "ours", output: `It is ${i + i}.` }));
  await tiebreak(["load", "s", prompts, ours]);
}

async function checkGenerating(flags: readonly string[], replies: readonly Reply[]): Promise<string> {
  const command = ["generate", "s", "--system", "random", ...flags, "--max-tokens", "100", "--seed", SEED];
  const { progress, truncated, notTaken } = JSON.parse(await tiebreak(command)) as GenerationSummary;
  const { promptTokens, completionTokens, cutOff } = sumOf(replies);
  assert.ok(cutOff > 0, "Most replies of random weights do not end by themselves.");
  assert.deepEqual(
    [progress.stored, progress.calls, progress.promptTokens, progress.completionTokens, truncated.count],
    [PROMPTS, replies.length, promptTokens, completionTokens, cutOff],
  );
  assert.deepEqual(notTaken, ["repetition_penalty"]);
  const marked = (await tiebreak(["export", "s", "--as", "texts"])).match(/"truncated":true/g) ?? [];
  assert.equal(marked.length, cutOff);
  return `${progress.stored} responses generated, ${cutOff} of them marked as cut off`;
}

async function checkJudging(flags: readonly string[], replies: readonly Reply[]): Promise<string> {
  const judge = ["judge", "s", "--group", "models", ...flags];
  const before = replies.length;
  // At temperature 0, random weights may repeat themselves for ever.
  await tiebreak([...judge, "--annotator", "whole", "--temperature", "1", "--seed", SEED]);
  const between = replies.length;
  const cut = ["--annotator", "cut", "--max-tokens", "2", "--attempts", "1"];
  await tiebreak([...judge, ...cut], UNFINISHED);

  const runs = JSON.parse(await tiebreak(["judge", "s", "--list", "--json"])) as Run[];
  const sent = { whole: replies.slice(before, between), cut: replies.slice(between) };
  assert.deepEqual(recordOf(runs, "whole"), { ...sumOf(sent.whole), verdicts: CALLS });
  assert.deepEqual(recordOf(runs, "cut"), { ...sumOf(sent.cut), verdicts: 0 });
  assert.equal(sumOf(sent.cut).cutOff, CALLS);

  const lines = (await tiebreak(["judge", "s", "--calls", "--json"])).trim().split("\n");
  const calls = lines.map((line) => JSON.parse(line) as Call);
  const verdicts = calls.filter(({ state }) => state === "answered").map(({ outcome }) => outcome);
  assert.deepEqual(verdicts.sort(), verdictsIn(sent.whole).sort());
  return `${verdicts.length} of ${CALLS} pairs judged (${verdicts.join(", ")}), ${CALLS} replies of 2 tokens recorded as cut off`;
}

function sumOf(replies: readonly Reply[]) {
  return {
    calls: replies.length,
    cutOff: replies.filter(({ isCutOff }) => isCutOff).length,
    promptTokens: replies.reduce((sum, reply) => sum + reply.promptTokens, 0),
    completionTokens: replies.reduce((sum, reply) => sum + reply.completionTokens, 0),
  };
}

function recordOf(runs: readonly Run[], name: string): object {
  const { calls, answered, failures, promptTokens, completionTokens } = runs.find(
    ({ annotator }) => annotator === name,
  )!;
  const [failure, ...others] = failures;
  assert.deepEqual(others, []);
  assert.equal(failure?.kind ?? "truncated", "truncated");
  return { calls, cutOff: failure?.count ?? 0, promptTokens, completionTokens, verdicts: answered };
}

/** What the replies that are whole chose. */
function verdictsIn(replies: readonly Reply[]): (string | undefined)[] {
  const options: Readonly<Record<string, string>> = { A: "left", tie: "tie", B: "right" };
  return replies
    .filter(({ isCutOff }) => !isCutOff)
    .map(({ text }) => options[(JSON.parse(text) as { verdict: string }).verdict]);
}

/** Runs the built command line, and returns what it printed. */
function tiebreak(args: readonly string[], status = FINISHED): Promise<string> {
  const env = { ...process.env, DATABASE_URL: path.join(folder, "study.db") };
  return new Promise((resolve, reject) => {
    const ended = (error: Error | null, stdout: string, stderr: string) => {
      if (child.exitCode === status) resolve(stdout);
      else
        reject(
          new Error(`${args.join(" ")} ended with ${child.exitCode}: ${stderr}${stdout}`, { cause: error }),
        );
    };
    const child = execFile(process.execPath, ["dist/server/main.js", ...args], { env }, ended);
  });
}
