#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFault, sqliteFault } from "../scripts/sqlite-package.mjs";

/** The `tiebreak` command: builds what is missing or older than its sources, then runs it. */
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const built = path.join(root, "dist/server/main.js");
const SOURCES = ["server", "client", "migrations", "scripts/build.mjs", "vite.config.ts", "package.json"];

function requireNo(fault) {
  if (fault === null) return;
  console.error(fault);
  process.exit(1);
}

requireNo(nodeFault());

function newest(file) {
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...fs.readdirSync(file).map((name) => newest(path.join(file, name))));
}

function isStale() {
  if (!fs.existsSync(built)) return true;
  const sources = SOURCES.map((name) => path.join(root, name)).filter((file) => fs.existsSync(file));
  return Math.max(...sources.map(newest)) > fs.statSync(built).mtimeMs;
}

/** Whether no SQLite file is meant, so that the package for them need not be there. */
function isOnPostgres() {
  const args = process.argv.slice(2);
  const at = args.findIndex((arg) => /^--database(=|$)/.test(arg));
  const said = at < 0 ? process.env.DATABASE_URL : (args[at].split(/=(.*)/s)[1] ?? args[at + 1]);
  return /^postgres(ql)?:/.test(said ?? "");
}

const canBuild = fs.existsSync(path.join(root, "node_modules/esbuild"));
if (!canBuild && !fs.existsSync(built))
  requireNo("Tiebreak is not built, and what builds it is not installed. Run: npm ci");
if (!isOnPostgres()) requireNo(sqliteFault());
if (canBuild && isStale()) {
  console.error("Building …");
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  const build = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], options);
  if (build.status !== 0) process.exit(1);
}

process.setSourceMapsEnabled(true);
await import(built);
