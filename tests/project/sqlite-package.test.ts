import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-native-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const SCRIPT = "scripts/sqlite-package.mjs";
const COMMAND = "bin/tiebreak.mjs";

/** A copy of the project's own scripts that has no packages beside it, as after an install that failed. */
function copyOf(name: string): string {
  const copy = path.join(folder, name);
  for (const file of [SCRIPT, COMMAND, "sqlite-driver/index.cjs", "package-lock.json"])
    fs.cpSync(path.join(ROOT, file), path.join(copy, file));
  fs.mkdirSync(path.join(copy, "dist/server"), { recursive: true });
  fs.writeFileSync(path.join(copy, "dist/server/main.js"), 'console.log("reached")');
  return copy;
}

/** Runs a script where these tools are found and no others, under what calls itself this Node.js. */
function run(
  script: string,
  { node = "20.20.0", tools = [] as readonly string[], env = {} as object, args = [] as string[] },
) {
  const bin = fs.mkdtempSync(path.join(folder, "bin-"));
  for (const tool of tools) fs.writeFileSync(path.join(bin, tool), "", { mode: 0o755 });
  const version = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${node}"})`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", version, script, ...args], {
    env: { PATH: bin, ...env },
    encoding: "utf8",
  });
  return { status, stdout: stdout.trim(), lines: stderr.trimEnd().split("\n") };
}

const addPackage = (folder: string, code: string) => {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "index.js"), code);
};

describe("a Node.js that cannot run Tiebreak", () => {
  it.each(["18.20.4", "20.19.5", "21.7.3"])("is refused in one line: %s", (node) => {
    const copy = copyOf("node");
    for (const script of [SCRIPT, COMMAND]) {
      const { status, stdout, lines } = run(path.join(copy, script), { node });
      expect([status, stdout, lines]).toEqual([
        1,
        "",
        [`Tiebreak needs Node.js 22 or newer, or 20.20; this is ${node}.`],
      ]);
    }
  });
});

describe("on Node.js 20", () => {
  it("a compiler that is missing is named in one line, with what to install and the way around", () => {
    const copy = copyOf("compiler");
    const cases: [tools: string[], says: string][] = [
      [[], "python3, make and g++ are missing (on Debian or Ubuntu: apt-get install python3 make g++)"],
      [["python3", "make"], "g++ is missing (on Debian or Ubuntu: apt-get install g++)"],
      [["python3", "clang++"], "make is missing"],
      [["python3", "make", "g++"], "npm ci --prefix"],
    ];
    for (const [tools, says] of cases) {
      const { status, stdout, lines } = run(path.join(copy, SCRIPT), { tools });
      const [installing, fault, ...more] = lines;
      expect([status, stdout, more], tools.join()).toEqual([1, "", []]);
      expect(installing, tools.join()).toMatch(/^Node\.js 20: installing better-sqlite3 12/);
      expect(fault, tools.join()).toContain(says);
      expect(run(path.join(copy, COMMAND), { tools }).lines, tools.join()).toEqual([fault]);
    }
  });

  it("a package without its binary was installed without its script", () => {
    const copy = copyOf("skipped");
    const message = 'throw new Error("Could not locate the bindings file. Tried: …")';
    addPackage(path.join(copy, "sqlite-driver/node_modules/better-sqlite3"), message);
    const { status, lines } = run(path.join(copy, COMMAND), {});
    expect([status, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/without its script.*npm ci --prefix .*sqlite-driver --ignore-scripts=false/);
  });
});

describe("on newer releases of Node.js", () => {
  const node = "24.1.0";
  const cases: [name: string, code: string | null, says: RegExp][] = [
    ["left out", null, /is not installed.*npm ci --include=optional$/],
    [
      "for another machine",
      'require("./build/Release/better_sqlite3.node")',
      /has no binary for \S+.*x64.*PostgreSQL/,
    ],
    ["broken", 'throw new Error("bad ELF\\nmore")', /cannot be loaded on \S+.*\(bad ELF\)\..*npm ci/],
  ];
  it.each(cases)("a package that is %s is one line", (name, code, says) => {
    const copy = copyOf(name);
    if (code !== null) addPackage(path.join(copy, "node_modules/better-sqlite3"), code);
    for (const script of [SCRIPT, COMMAND]) {
      const { status, stdout, lines } = run(path.join(copy, script), { node });
      expect([status, stdout, lines.length]).toEqual([1, "", 1]);
      expect(lines[0]).toMatch(says);
    }
  });
});

describe("the package for SQLite", () => {
  it("is not asked for on PostgreSQL, nor where optional packages were left out", () => {
    const copy = copyOf("postgres");
    const url = "postgres://user@db.example/tiebreak";
    const command = (args: string[], env: Record<string, string> = {}) =>
      run(path.join(copy, COMMAND), { args, env }).stdout;
    expect(command(["study", "list", "--database", url])).toBe("reached");
    expect(command([`--database=${url}`, "study", "list"])).toBe("reached");
    expect(command(["study", "list"], { DATABASE_URL: url })).toBe("reached");
    expect(command(["study", "list", "--database", "a.db"], { DATABASE_URL: url })).toBe("");
    expect(command(["study", "list"])).toBe("");
    const omitted = run(path.join(copy, SCRIPT), { env: { npm_config_omit: "dev optional" } });
    expect([omitted.status, omitted.lines]).toEqual([0, [""]]);
  });

  it("is nothing to speak of where it works", () => {
    const { status, lines } = run(path.join(ROOT, SCRIPT), { node: process.versions.node });
    expect([status, lines]).toEqual([0, [""]]);
  });

  it("is locked so that npm compiles nothing: npm ci takes binding.gyp for a script where the lock file says no other", () => {
    const lock = JSON.parse(fs.readFileSync(path.join(ROOT, "package-lock.json"), "utf8")) as {
      packages: Record<string, { gypfile?: boolean }>;
    };
    expect(lock.packages["node_modules/better-sqlite3"]).toMatchObject({ optional: true, gypfile: false });
  });
});
