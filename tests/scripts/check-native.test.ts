import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-native-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A copy of the project's own scripts that has no packages beside it, as after an install that failed. */
function copyOf(name: string, files: readonly string[]): string {
  const copy = path.join(folder, name);
  for (const file of files) fs.cpSync(path.join(ROOT, file), path.join(copy, file));
  return copy;
}

/** Runs a script where these tools are found and no others. */
function run(script: string, tools: readonly string[]) {
  const bin = fs.mkdtempSync(path.join(folder, "bin-"));
  for (const tool of tools) fs.writeFileSync(path.join(bin, tool), "", { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { PATH: bin },
    encoding: "utf8",
  });
  return { status, stdout, lines: stderr.trimEnd().split("\n") };
}

describe("a compiler that is missing", () => {
  it("is named in one line, with what to install", () => {
    const script = path.join(copyOf("install", ["scripts/check-native.mjs"]), "scripts/check-native.mjs");
    const cases: [tools: string[], says: string][] = [
      [[], "python3, make and g++ are missing (on Debian or Ubuntu: apt-get install python3 make g++)"],
      [["python3", "make"], "g++ is missing (on Debian or Ubuntu: apt-get install g++)"],
      [["python3", "clang++"], "make is missing"],
      [["python3", "make", "g++"], "npm ci --foreground-scripts"],
    ];
    for (const [tools, says] of cases) {
      const { status, stdout, lines } = run(script, tools);
      expect([status, stdout, lines.length], tools.join()).toEqual([1, "", 1]);
      expect(lines[0], tools.join()).toContain(says);
    }
  });

  it("is named by the command too, before anything else is tried", () => {
    const copy = copyOf("start", ["bin/tiebreak.mjs", "scripts/check-native.mjs"]);
    fs.mkdirSync(path.join(copy, "dist/server"), { recursive: true });
    fs.writeFileSync(path.join(copy, "dist/server/main.js"), 'throw new Error("not reached")');
    const { status, lines } = run(path.join(copy, "bin/tiebreak.mjs"), ["make"]);
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain("python3 and g++ are missing");
  });

  it("is not asked for on PostgreSQL, nor where optional packages were left out", () => {
    const files = ["bin/tiebreak.mjs", "scripts/check-native.mjs"];
    const copy = copyOf("postgres", files);
    fs.mkdirSync(path.join(copy, "dist/server"), { recursive: true });
    fs.writeFileSync(path.join(copy, "dist/server/main.js"), 'console.log("reached")');
    const url = "postgres://user@db.example/tiebreak";
    const command = (args: string[], env: Record<string, string> = {}) => {
      const script = path.join(copy, "bin/tiebreak.mjs");
      return spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" }).stdout.trim();
    };
    expect(command(["study", "list", "--database", url])).toBe("reached");
    expect(command([`--database=${url}`, "study", "list"])).toBe("reached");
    expect(command(["study", "list"], { DATABASE_URL: url })).toBe("reached");
    expect(command(["study", "list", "--database", "a.db"], { DATABASE_URL: url })).toBe("");
    expect(command(["study", "list"])).toBe("");
    const install = path.join(copy, "scripts/check-native.mjs");
    const env = { npm_config_omit: "dev optional" };
    expect(spawnSync(process.execPath, [install], { env }).status).toBe(0);
  });

  it("is not what is missing where scripts were skipped", () => {
    const copy = copyOf("skipped", ["scripts/check-native.mjs"]);
    const bare = path.join(copy, "node_modules/better-sqlite3");
    const there = path.join(ROOT, "node_modules/better-sqlite3");
    for (const part of ["package.json", "lib"])
      fs.cpSync(path.join(there, part), path.join(bare, part), { recursive: true });
    for (const name of ["bindings", "file-uri-to-path"])
      fs.cpSync(path.join(ROOT, "node_modules", name), path.join(copy, "node_modules", name), {
        recursive: true,
      });
    const { status, lines } = run(path.join(copy, "scripts/check-native.mjs"), []);
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain("--ignore-scripts");
    expect(lines[0]).toContain("npm rebuild better-sqlite3");
  });

  it("is nothing to speak of where the package works", () => {
    const { status, lines } = run(path.join(ROOT, "scripts/check-native.mjs"), []);
    expect([status, lines]).toEqual([0, [""]]);
  });
});
