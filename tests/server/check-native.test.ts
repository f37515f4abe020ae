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

  it("is nothing to speak of where the package works", () => {
    const { status, lines } = run(path.join(ROOT, "scripts/check-native.mjs"), []);
    expect([status, lines]).toEqual([0, [""]]);
  });
});
