import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { emptyDatabaseUrl, testContext } from "../support/context.ts";
import { freePort } from "../support/postgres.ts";
import { startServer } from "../support/server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-running-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it("a server that is asked to stop says so at /readyz, and answers until its time is over", async () => {
  const context = await testContext("sqlite");
  const server = await startServer({ DATABASE_URL: context.url, DRAIN_SECONDS: "3" });
  const status = async (route: string) => (await fetch(`${server.origin}${route}`)).status;
  expect(await status("/readyz")).toBe(200);
  const [, check = ""] =
    /"-e", "(.*)"\]$/m.exec(fs.readFileSync(path.join(ROOT, "Dockerfile"), "utf8")) ?? [];
  const isWell = (port: number) =>
    spawnSync(process.execPath, ["-e", check.replace("8080", String(port))]).status;
  expect([isWell(server.port), isWell(await freePort())]).toEqual([0, 1]);
  const stopped = server.stop();
  while (!server.output().includes("Stopping")) await new Promise((resolve) => setTimeout(resolve, 10));
  expect([await status("/readyz"), await status("/healthz"), await status("/judge")]).toEqual([
    503, 200, 200,
  ]);
  await stopped;
  await expect(fetch(`${server.origin}/healthz`)).rejects.toThrow();
});

it("everything works on PostgreSQL where the package for SQLite is not installed", async () => {
  const parts = [
    "bin",
    "dist",
    "fixtures/demo",
    "scripts/sqlite-package.mjs",
    "server/loading/reading/recipes/built-in",
    "sqlite-driver/index.cjs",
    "package.json",
  ];
  for (const part of parts) fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  fs.mkdirSync(path.join(folder, "node_modules"));
  const packages = fs.readdirSync(path.join(ROOT, "node_modules"));
  const others = packages.filter((name) => !name.startsWith(".") && !/better-sqlite3|esbuild/.test(name));
  for (const name of others)
    fs.symlinkSync(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
  const main = path.join(folder, "bin/tiebreak.mjs");
  const server = await startServer({ DATABASE_URL: await emptyDatabaseUrl("postgres") }, { main, args: [] });
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  expect((await fetch(`${server.origin}/desk`)).status).toBe(200);
  await server.stop();
  const refused = await startServer({ DATABASE_URL: path.join(folder, "a.db") }, { main }).catch(String);
  expect(refused).toMatch(/better-sqlite3 .*(?:is not installed|missing)/);
});
