import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPrices } from "../../server/model-servers/prices.ts";
import { openServers } from "../../server/model-servers/servers.ts";
import { type RunningModelServer, startModelServer } from "../support/model-servers/server.ts";
import { commandsOf, readPage, runCommand } from "../support/page-commands.ts";
import { prepare } from "../support/in-process.ts";
import { tiebreak } from "../support/server.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const PAGE = readPage("docs/judges.md");
const PROMPTS = ["p1", "p2", "p3"];

describe("the page about models as annotators", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-judges-page-"));
  const env = {
    DATABASE_URL: path.join(folder, "study.db"),
    LOCAL_KEY: "sk-local",
    OPENAI_API_KEY: "sk-open",
  };
  let model: RunningModelServer;
  const write = (name: string, rows: readonly object[]) =>
    fs.writeFileSync(path.join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

  beforeAll(async () => {
    model = await startModelServer({ behaviour: "longer wins" });
    write("texts.jsonl", [
      ...PROMPTS.map((id) => ({
        prompt_id: id,
        prompt: `Write a haiku about ${id}.`,
        reference: "A haiku.",
      })),
      ...["ours", "theirs", "qwen"].flatMap((system) =>
        PROMPTS.slice(system === "qwen" ? 2 : 0).map((id) => ({
          prompt_id: id,
          system,
          output: `${system}, ${id}.`,
        })),
      ),
    ]);
    await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
    await prepare(["load", "haiku", path.join(folder, "texts.jsonl")], env);
    await prepare(["study", "open", "haiku"], env);
  });
  afterAll(async () => {
    await model?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("holds commands that do what it says, one after the other", async () => {
    const commands = commandsOf("docs/judges.md");
    expect(commands.length).toBeGreaterThanOrEqual(14);
    const [prices = "", method = "", jury = "", servers = ""] = yamlOf(PAGE);
    fs.writeFileSync(path.join(folder, "prices.yaml"), prices);
    fs.writeFileSync(path.join(folder, "method.yaml"), method);
    const here = jury.replace(/http:\/\/127\.0\.0\.1:8080|https:\/\/api\.openai\.com/g, model.url);
    fs.writeFileSync(path.join(folder, "judges.yaml"), here);
    fs.writeFileSync(path.join(folder, "model-servers.yaml"), servers);
    writePairFile();
    const ground = { env, folder, instead: { "http://127.0.0.1:8080": model.url } };
    for (const command of commands) {
      if (command.text.includes("--batch-in")) answerBatch();
      expect(await runCommand(command, ground)).toMatch(/: 0/);
    }
    const report = JSON.parse(await prepare(["report", "haiku", "--format", "json"], env)) as {
      judges: { judges: { group: string; consistency: object }[]; juries: object[] };
    };
    const groups = report.judges.judges.map(({ group }) => group);
    expect(groups).toEqual(["batched", "gpt-4", "hosted", "jury", "jury", "local", "local"]);
    expect(report.judges.judges[5]).toMatchObject({ consistency: { value: 1 } });
    expect(report.judges.juries).toMatchObject([
      { group: "jury", judges: 2 },
      { group: "local", judges: 2 },
    ]);
    const keys = new Set(model.requests.map(({ headers }) => headers.authorization));
    expect(keys).toEqual(new Set([undefined, "Bearer sk-local", "Bearer sk-open"]));
    const db = new BetterSqlite(env.DATABASE_URL, { readonly: true });
    const generated = db
      .prepare("select count(*) as n from response where metadata like '%generation%'")
      .get();
    db.close();
    expect(generated).toEqual({ n: 2 });
  });

  it("says how a run ends by its exit code", async () => {
    const judge = (annotator: string, ...more: string[]) => {
      const flags = ["--group", "codes", "--annotator", annotator, "--model", "m", ...more];
      return tiebreak(["judge", "haiku", ...flags, "--base-url", `${model.url}/v1`], env, folder);
    };
    model.become({ behaviour: "truncated" });
    const left = await judge("left", "--attempts", "1");
    expect(left.stdout).toContain("6 of 6 have no verdict");
    expect(left.code).toBe(3);
    model.become({ behaviour: "longer wins" });
    expect((await judge("left", "--max-calls", "1")).code).toBe(3);
    expect((await judge("left")).code).toBe(0);
    expect((await judge("left", "--orders", "three")).code).toBe(2);
    model.become({ behaviour: "unauthorised" });
    expect((await judge("other")).code).toBe(1);
  });

  it("shows files of prices and of servers as they are read", async () => {
    const [prices = "", , , servers = ""] = yamlOf(PAGE);
    expect(readPrices(prices).priceOf("gpt-4o-mini")).not.toBeNull();
    const opened = await openServers(servers, { OPENAI_API_KEY: "sk-open" });
    expect(opened.map(({ key }) => key !== null)).toEqual([false, true]);
    const [text = ""] = yamlOf(readPage("docs/operations.md"));
    const keyFile = path.join(folder, "key");
    fs.writeFileSync(keyFile, "sk-file\n", { mode: 0o600 });
    const both = await openServers(text.replace("/run/secrets/model-key", keyFile), {
      ANTHROPIC_API_KEY: "k",
    });
    expect(both.map(({ key }) => key !== null)).toEqual([true, true]);
  });

  const yamlOf = (page: string) =>
    [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);

  /** A game of a model in both orders, as FastChat keeps it. */
  function writePairFile(): void {
    const games = { g1_winner: "model_1", g2_winner: "tie", g1_judgment: "[[A]]", g2_judgment: "[[C]]" };
    const systems = { model_1: "ours", model_2: "theirs", judge: ["gpt-4", "pair-v2"] };
    write("gpt-4_pair.jsonl", [{ question_id: "p1", ...systems, ...games, turn: 1, tstamp: 1690000000.5 }]);
  }

  /** What a provider would send back: all verdicts but one, which expired. */
  function answerBatch(): void {
    const calls = fs
      .readFileSync(path.join(folder, "calls.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { custom_id: string });
    expect(calls).toHaveLength(2 * PROMPTS.length); // both orders
    const content = JSON.stringify({ reasoning: "Better.", verdict: "A" });
    const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
    const body = { model: "gpt-4o-2024-08-06", choices, usage: { prompt_tokens: 9, completion_tokens: 9 } };
    const [expired, ...answered] = calls.reverse();
    write(
      "output.jsonl",
      answered.map(({ custom_id }) => ({ custom_id, response: { status_code: 200, body }, error: null })),
    );
    const error = { code: "batch_expired", message: "This request could not be executed in time." };
    write("errors.jsonl", [{ custom_id: expired!.custom_id, response: null, error }]);
  }
});
