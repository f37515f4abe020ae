import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { copyDemo } from "../support/demo.ts";
import { freePort } from "../support/postgres.ts";
import { startServer, tiebreak } from "../support/server.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-refusals-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};

describe("what an operator gets wrong", () => {
  it("ends the process with 2, after one line without a stack trace", async () => {
    const env = { DATABASE_URL: path.join(folder, "wrong.db") };
    const away = `postgres://somebody:secret@127.0.0.1:${await freePort()}/study`;
    const cases: [args: string[], env: Record<string, string>, says: RegExp][] = [
      [["invite", "nowhere"], env, /^There is no database/],
      [["serve"], { DATABASE_URL: away }, /does not answer\. Start PostgreSQL/],
      [["serve", "--trust-proxy", "true"], env, /--trust-proxy: “true”/],
      [["serve", "--port", "many"], env, /^--port: “many” is not a port/],
    ];
    for (const [args, given, says] of cases) {
      const { code, stdout, stderr } = await tiebreak(args, given);
      expect([code, stdout, stderr.trimEnd().split("\n").length], stderr).toEqual([2, "", 1]);
      expect(stderr).toMatch(says);
      expect(stderr).not.toContain("secret");
    }
  });

  it("is a port that is taken: another is named, and nothing else is said", async () => {
    const taken = net.createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as net.AddressInfo;
    const env = { DATABASE_URL: path.join(folder, "port.db"), PORT: String(port) };
    const { code, stdout, stderr } = await tiebreak(["serve"], env);
    expect(fs.existsSync(env.DATABASE_URL), "makes no database").toBe(false);
    taken.close();
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`Port ${port} is taken`);
    expect(stderr).toMatch(/PORT=\d+ npm start/);
    expect(stderr).not.toMatch(/RendererClosed|EADDRINUSE|\{| {4}at /);
  });

  it("is not an empty DATABASE_URL: that means the default", async () => {
    const { code } = await tiebreak(["study", "create", "s"], { DATABASE_URL: "" }, folder);
    expect(code).toBe(0);
    expect(fs.existsSync(path.join(folder, "data/tiebreak.db"))).toBe(true);
  });
});

describe("what is printed into a pipe", () => {
  it("may be left unread: whoever has seen enough ends the command without a word", async () => {
    const env = { DATABASE_URL: path.join(folder, "pipe.db") };
    await copyDemo(env.DATABASE_URL);
    const child = spawn(process.execPath, [MAIN, "report", "demo", "--format", "json"], {
      env: { ...process.env, ...env },
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = (await once(child, "close")) as [number];
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("a link from the command line", () => {
  it("carries the address of the server beside it on SQLite", async () => {
    const env = { DATABASE_URL: path.join(folder, "beside.db") };
    const server = await startServer(env);
    const { stdout, stderr } = await tiebreak(["owner-link"], env);
    const elsewhere = await tiebreak(
      ["owner-link", "--port", String(server.port === 8080 ? 8081 : 8080)],
      env,
    );
    await server.stop();
    expect([stdout.startsWith(`${server.origin}/dashboard#`), stderr]).toEqual([true, ""]);
    expect(elsewhere.stdout).toContain(`${server.origin}/dashboard#`);
    expect(elsewhere.stderr).toMatch(/runs at http:\S+, so the link has that address, not port 808\d\.\n$/);
  });
});

describe("Ctrl-C in a load", () => {
  const ROWS = 300_000;

  it("publishes nothing, says so, ends with 130, and lets the next load begin at once", async () => {
    const database = path.join(folder, "stopped.db");
    const env = { DATABASE_URL: database };
    await tiebreak(["study", "create", "s", "--all-pairs"], env);
    const lines = Array.from({ length: ROWS }, (_, i) => `{"prompt_id":${i},"prompt":"Number ${i}?"}\n`);
    const large = write("large.jsonl", lines.join(""));
    const child = spawn(process.execPath, [MAIN, "load", "s", large], { env: { ...process.env, ...env } });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await untilRunning(database);
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number];
    expect(stderr).toContain("Stopping");
    expect(stderr).toContain("Stopped. Nothing was published; run the same command again.");
    expect(code).toBe(130);
    const small = write("small.jsonl", lines.slice(0, 3).join(""));
    const next = await tiebreak(["load", "s", small, "--json"], env);
    expect([next.code, next.stderr]).toEqual([0, ""]);
    expect(JSON.parse(next.stdout)).toMatchObject({ files: [{ prompts: { read: 3, new: 3 } }] });
  });
});

/** Until a load has stored something. */
async function untilRunning(database: string): Promise<void> {
  const handle = new BetterSqlite(database, { readonly: true });
  const rows = handle.prepare("select prompt_id from prompt_text limit 1");
  for (const patience = Date.now() + 60_000; rows.all().length === 0;) {
    if (Date.now() > patience) throw new Error("The load did not begin.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  handle.close();
}
