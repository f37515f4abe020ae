import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { calledFrom, commandIn } from "../../server/commands/support/called-as.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");

interface Manifest {
  name: string;
  bin: Record<string, string>;
}
const manifest = JSON.parse(read("package.json")) as Manifest;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-name-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  it("has a name of its own and both commands, in the lock file too", () => {
    expect(manifest.name).toBe("tiebreak-eval");
    expect(Object.keys(manifest.bin)).toEqual(["tiebreak", manifest.name]);
    for (const file of Object.values(manifest.bin))
      expect(fs.existsSync(path.join(ROOT, file)), file).toBe(true);
    const lock = JSON.parse(read("package-lock.json")) as Manifest & { packages: Record<string, Manifest> };
    expect(lock.name).toBe(manifest.name);
    expect(lock.packages[""]).toMatchObject({ name: manifest.name, bin: manifest.bin });
  });

  it("is called on every page by a command that it brings", () => {
    const pages = [
      "README.md",
      "CONTRIBUTING.md",
      ...fs.readdirSync(path.join(ROOT, "docs")).map((one) => `docs/${one}`),
    ];
    const called = pages
      .filter((page) => page.endsWith(".md"))
      .flatMap((page) => [...read(page).matchAll(/npx (tiebreak[\w-]*)/g)].map(([, name = ""]) => name));
    expect([...new Set(called)].sort()).toEqual(Object.keys(manifest.bin));
  });

  it("says in the README which command works where", () => {
    const readme = read("README.md").replace(/\s+/g, " ");
    expect(readme).toContain("in a clone, where `npx tiebreak` is this package");
    expect(readme).toContain(`run \`npx ${manifest.name}\` anywhere`);
  });
});

describe("commands that are shown", () => {
  const made = (...names: string[]): string => {
    const at = path.join(folder, ...names);
    fs.mkdirSync(at, { recursive: true });
    return at;
  };

  it.each([
    ["in the clone", ROOT, "npx tiebreak"],
    ["below it", path.join(ROOT, "docs", "decisions"), "npx tiebreak"],
    ["in no package", folder, "npx tiebreak-eval"],
    ["at the top of the disk", path.parse(ROOT).root, "npx tiebreak-eval"],
  ])("%s work there", (_, at, command) => {
    expect(commandIn(at, ROOT)).toBe(command);
  });

  it("work in somebody else's package, also one within the clone's folder", () => {
    const clone = made("clone");
    fs.writeFileSync(path.join(clone, "package.json"), "{}");
    made("clone", "study", "node_modules");
    expect(commandIn(made("clone", "study", "data"), clone)).toBe("npx tiebreak-eval");
    expect(commandIn(made("clone", "data"), clone)).toBe("npx tiebreak");
    fs.symlinkSync(clone, path.join(folder, "linked"));
    expect(commandIn(path.join(folder, "linked"), clone)).toBe("npx tiebreak");
  });

  it("are put in place of what stands in a text, once", () => {
    const text = "Run:\n  npx tiebreak study open haiku\nor npx tiebreak-eval --help, with npx tiebreak.";
    const elsewhere =
      "Run:\n  npx tiebreak-eval study open haiku\nor npx tiebreak-eval --help, with npx tiebreak-eval.";
    expect(calledFrom(text, "npx tiebreak-eval")).toBe(elsewhere);
    expect(calledFrom(elsewhere, "npx tiebreak-eval")).toBe(elsewhere);
    expect(calledFrom(text, "npx tiebreak")).toBe(text);
  });
});
