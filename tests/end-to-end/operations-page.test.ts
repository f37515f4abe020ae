import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDatabaseUrl } from "../support/context.ts";
import { commandsOf, type PageGround, readPage, runCommand } from "../support/page-commands.ts";
import { startServer, tiebreakOk } from "../support/server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
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
  await tiebreakOk(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
  await tiebreakOk(["load", "haiku", prompts, theirs], env);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function runAll(page: string, ground: PageGround, atLeast: number): Promise<void> {
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThanOrEqual(atLeast);
  for (const command of commands) expect(await runCommand(command, ground)).toMatch(/: 0/);
}

describe("the commands of", () => {
  it("the page about files load what it says", async () => {
    await runAll("docs/formats.md", { env, folder }, 1);
    const shown = await tiebreakOk(["study", "show", "haiku", "--json"], env);
    const { systemList } = JSON.parse(shown) as { systemList: { name: string; responses: number }[] };
    expect(systemList.find(({ name }) => name === "ours")?.responses).toBe(1);
  });

  it("the page about operations work, one after the other", async () => {
    await tiebreakOk(["study", "open", "haiku"], env);
    const postgres = await emptyDatabaseUrl("postgres");
    const instead = { "postgres://user@db.example.org/tiebreak": postgres };
    await runAll("docs/operations.md", { env, folder, instead }, 5);
    const recompute = path.join(folder, "haiku-pack", "recompute.mjs");
    expect(fs.existsSync(recompute)).toBe(true);
  });

  it("the page about operations copy a database while a server is at work on it", async () => {
    const [, script = ""] = /^node -e '(.+)'$/m.exec(readPage("docs/operations.md")) ?? [];
    const copy = path.join(folder, "copy.db");
    const server = await startServer(env);
    const here = script.replace("data/tiebreak.db", file).replace('"copy.db"', JSON.stringify(copy));
    execFileSync(process.execPath, ["-e", here], { cwd: ROOT });
    await server.stop();
    const db = new BetterSqlite(copy, { readonly: true });
    expect(db.prepare("select name from study").all()).toEqual([{ name: "haiku" }]);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
  });
});
