import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GenerationSummary } from "../../server/generation/run.ts";
import { type RunningModelServer, startModelServer } from "../support/model-servers/server.ts";
import { prepare } from "../support/in-process.ts";
import { MAIN, tiebreak, tiebreakOk } from "../support/server.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const PROMPTS = 60;
const SECRET = "sk-secret-4f3e2d1c0b9a8765";

describe("missing responses at the command line", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-e2e-"));
  const env = { DATABASE_URL: path.join(folder, "study.db"), THE_KEY: SECRET };
  const said: string[] = [];
  let model: RunningModelServer;

  beforeAll(async () => {
    model = await startModelServer({ latencyMs: 40 });
    const prompts = path.join(folder, "prompts.jsonl");
    const rows = Array.from({ length: PROMPTS }, (_, i) => ({ prompt_id: `p${i}`, prompt: `What is ${i}?` }));
    fs.writeFileSync(prompts, rows.map((row) => JSON.stringify(row)).join("\n"));
    await prepare(["study", "create", "s", "--target", "ours", "--baseline", "theirs"], env);
    await prepare(["load", "s", prompts], env);
  });
  afterAll(async () => {
    await model?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const argumentsFor = (system: string, ...more: string[]) => [
    ...["generate", "s", "--system", system, "--model", "scripted", "--base-url", `${model.url}/v1`],
    ...["--concurrency", "4", "--key-env", "THE_KEY", ...more],
  ];
  async function generate(system: string, ...more: string[]) {
    const outcome = await tiebreak(argumentsFor(system, ...more), env);
    said.push(outcome.stdout, outcome.stderr);
    return outcome;
  }
  function start(system: string): { child: ChildProcess; output: () => string } {
    const child = spawn(process.execPath, [MAIN, ...argumentsFor(system)], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return { child, output: () => output };
  }
  async function countReaches(count: number): Promise<void> {
    while (model.count() < count) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  function stored(system: string): number {
    const db = new BetterSqlite(env.DATABASE_URL, { readonly: true });
    const query = `select count(*) as n from response r join system s on s.id = r.system_id where s.name = ?`;
    const { n } = db.prepare(query).get(system) as { n: number };
    db.close();
    return n;
  }

  it("are asked for after a kill from where it was, and none that came is asked for again", async () => {
    const { child } = start("ours");
    const gone = once(child, "exit");
    await countReaches(PROMPTS / 3);
    child.kill("SIGKILL");
    await gone;
    const [asked, kept] = [model.count(), stored("ours")];
    expect(kept).toBeGreaterThanOrEqual(asked - 4);
    const { code, stdout, stderr } = await generate("ours", "--json");
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout) as GenerationSummary).toMatchObject({
      ...{ ending: "done", progress: { stored: PROMPTS - kept, of: PROMPTS - kept, calls: PROMPTS - kept } },
    });
    expect(model.count() - asked).toBe(PROMPTS - kept);
    expect(stored("ours")).toBe(PROMPTS);
  });

  it("stop at Ctrl-C with those under way stored, and say where", async () => {
    const before = model.count();
    const { child, output } = start("theirs");
    const gone = once(child, "exit") as Promise<[number | null]>;
    await countReaches(before + PROMPTS / 3);
    child.kill("SIGINT");
    const [code] = await gone;
    said.push(output());
    expect(code).toBe(3);
    expect(output()).toContain("waiting for the responses in progress");
    const kept = model.count() - before;
    expect(output()).toContain(`${kept} of ${PROMPTS} responses`);
    expect(output()).toContain("Run the same command again to continue.");
    expect(stored("theirs")).toBe(kept);
    const rest = await generate("theirs");
    expect(rest.code, rest.stderr).toBe(0);
    expect(rest.stdout).toContain("No response of theirs is missing.");
    expect(model.count() - before).toBe(PROMPTS);
  });

  it("end with a code and a sentence where they cannot be had", async () => {
    const options = await tiebreak(["generate", "s"], env);
    expect([options.code, options.stderr]).toEqual([2, expect.stringContaining("--system NAME")]);
    const study = await tiebreak(argumentsFor("ours").with(1, "none"), env);
    expect([study.code, study.stderr]).toEqual([2, expect.stringContaining("There is no study “none”")]);
    const top = await generate("new", "--top-p", "1.5");
    expect([top.code, top.stderr]).toEqual([2, expect.stringContaining("at most 1")]);
    const limit = await generate("new", "--max-calls", "2");
    expect([limit.code, limit.stdout]).toEqual([3, expect.stringContaining("after 2 of 60 responses")]);
    model.become({ behaviour: "unauthorised" });
    const closed = await generate("new");
    expect([closed.code, closed.stdout]).toEqual([1, expect.stringContaining("answered 401")]);
    model.become({ behaviour: "empty", times: 2 }); // it is asked twice
    const empty = await generate("new", "--concurrency", "1");
    expect([empty.code, empty.stdout]).toEqual([3, expect.stringMatching(/Not generated, empty: 1 \(p\d/)]);
  });

  it("tell in a dry run what they would come to, and send nothing", async () => {
    const before = model.count();
    const prices = path.join(folder, "prices.yaml");
    fs.writeFileSync(prices, "scripted: {input: 1, output: 10}\n");
    const { stdout, stderr, code } = await generate("other", "--dry-run", "--prices", prices);
    expect(code).toBe(0);
    expect(stdout).toMatch(/60 responses of other are missing: 60 calls to http/);
    expect(stdout).toMatch(/About \$0\.\d+; at most about \$1\.23/);
    expect(stderr).toContain("no annotator will see other");
    expect(model.count()).toBe(before);
  });

  it("leave their key nowhere", async () => {
    expect(model.requests[0]!.headers.authorization).toBe(`Bearer ${SECRET}`);
    await tiebreakOk(["export", "s", "--as", "pack", "--out", path.join(folder, "pack")], env);
    const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    for (const name of files.map((file) => path.join(folder, file))) {
      if (fs.statSync(name).isFile()) expect(fs.readFileSync(name).includes(SECRET), name).toBe(false);
    }
    expect(said.join("\n")).not.toContain(SECRET);
  });
});
