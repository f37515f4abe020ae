import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Audit } from "../../server/contract/accounts.ts";
import { emptyDatabaseUrl } from "../support/context.ts";
import { commandsOf, type PageGround, runCommand } from "../support/page-commands.ts";
import { prepare } from "../support/in-process.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-operations-"));
const file = path.join(folder, "study.db");
const env = { DATABASE_URL: file };
const write = (name: string, rows: readonly object[]): string => {
  const written = path.join(folder, name);
  fs.writeFileSync(written, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return written;
};

beforeAll(async () => {
  const prompts = write("prompts.jsonl", [{ prompt_id: 1, prompt: "Name a fish." }]);
  const theirs = write("theirs.jsonl", [{ prompt_id: 1, output: "Hake." }]);
  write("answers.jsonl", [{ question_id: 1, text: "Cod.", prompt: "as it was sent" }]);
  fs.mkdirSync(path.join(folder, "outputs"));
  write("outputs/theirs.jsonl", [{ prompt_id: 1, output: "Hake." }]);
  await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
  await prepare(["load", "haiku", prompts, theirs], env);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function runAll(page: string, ground: PageGround, atLeast: number): Promise<void> {
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThanOrEqual(atLeast);
  for (const command of commands) expect(await runCommand(command, ground)).toMatch(/: 0/);
}

describe("the commands of", () => {
  it("the page about files load what it says", async () => {
    await runAll("docs/formats.md", { env, folder }, 2);
    const shown = await prepare(["study", "show", "haiku", "--json"], env);
    const { systemList } = JSON.parse(shown) as { systemList: { name: string; responses: number }[] };
    expect(systemList.find(({ name }) => name === "ours")?.responses).toBe(1);
  });

  it("the page about teams make a token, end it, and list that", async () => {
    await runAll("docs/teams.md", { env, folder }, 6);
    const { entries } = JSON.parse(await prepare(["audit", "--json"], env)) as Audit;
    const made = entries
      .filter(({ verb }) => verb.endsWith("token"))
      .map(({ verb, object }) => [verb, object]);
    expect(made).toEqual([
      ["revoke token", "notebook"],
      ["create token", "notebook"],
    ]);
    expect(entries.map(({ via }) => via)).toContain("command line");
  });

  it("the page about a pilot make its studies, and take them back to where they were", async () => {
    const ground = { env: { DATABASE_URL: path.join(folder, "pilot.db") }, folder };
    const texts = path.resolve(import.meta.dirname, "../../fixtures/demo");
    await runAll("docs/pilot.md", { ...ground, instead: { "fixtures/demo": texts } }, 10);
    const links = JSON.parse(await prepare(["links", "pilot", "--json"], ground.env)) as { links: object[] };
    expect(links.links).toHaveLength(2);
  });

  it("the page about operations work, one after the other", async () => {
    await prepare(["study", "open", "haiku"], env);
    const postgres = await emptyDatabaseUrl("postgres");
    const instead = {
      "postgres://user@db.example.org/tiebreak": postgres,
      "https://id.example.org": "http://127.0.0.1:1", // nobody there: the server starts all the same
    };
    await runAll("docs/operations.md", { env, folder, instead }, 8);
    const recompute = path.join(folder, "haiku-pack", "recompute.mjs");
    expect(fs.existsSync(recompute)).toBe(true);
  });
});
