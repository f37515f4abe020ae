import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");
const isThere = (file: string): boolean => fs.existsSync(path.join(ROOT, file));

const PAGES = [".", "docs", "docs/decisions", "docs/methods"].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join(folder, name)),
);

/** Which test runs the commands of a page. */
const RUN_BY: Readonly<Record<string, string>> = {
  "README.md": "tests/end-to-end/readme.test.ts",
  "docs/amending.md": "tests/end-to-end/corrections-page.test.ts",
  "docs/corrections.md": "tests/end-to-end/corrections-page.test.ts",
  "docs/crowd.md": "tests/end-to-end/crowd-page.test.ts",
  "docs/feedback.md": "tests/end-to-end/feedback-page.test.ts",
  "docs/formats.md": "tests/end-to-end/operations-page.test.ts",
  "docs/judges.md": "tests/end-to-end/judges-page.test.ts",
  "docs/papers.md": "tests/server/commands/papers-page.db.test.ts",
  "docs/recipes.md": "tests/end-to-end/recipes-page.test.ts",
  "docs/operations.md": "tests/end-to-end/operations-page.test.ts",
  "docs/pilot.md": "tests/end-to-end/operations-page.test.ts",
  "docs/python.md": "tests/end-to-end/python-page.test.ts",
  "docs/teams.md": "tests/end-to-end/operations-page.test.ts",
};

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

describe.each(PAGES)("%s", (page) => {
  const text = read(page);

  it("leads only to files that exist", () => {
    const links = matches(text, /\]\(([^)#:]+)(?:#[^)]*)?\)/g);
    expect(links.filter((link) => !isThere(path.join(path.dirname(page), link)))).toEqual([]);
    const named = matches(
      text,
      /`((?:server|client|tests|scripts|docs|migrations|fixtures|bin)\/[\w./-]+)`/g,
    );
    expect(named.filter((file) => !isThere(file))).toEqual([]);
  });

  it("shows commands that a test runs, and says of others that they were not run", () => {
    const runner = RUN_BY[page];
    expect(text.includes("npx tiebreak"), "has commands").toBe(runner !== undefined);
    if (runner) expect(read(runner)).toContain(`"${page}"`);
    expect(strangeCommands(text)).toEqual([]);
  });

  it("names only scripts and test projects that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = matches(text, /\bnpm run (?:-s )?([\w:-]+)/g);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(matches(text, /\bnpx tsx ([\w./-]+)/g).filter((file) => !isThere(file))).toEqual([]);
    const projects = matches(read("vitest.config.ts"), /name: "([\w-]+)"/g);
    expect(projects.length).toBeGreaterThan(2);
    expect(matches(text, /--project [\w-]+ (tests\S+)/g).filter((file) => !isThere(file))).toEqual([]);
    expect(matches(text, /--project ([\w-]+)/g).filter((name) => !projects.includes(name))).toEqual([]);
  });

  it("speaks of no machine's folders", () => {
    expect(text).not.toMatch(/(?:^|[\s`"(])(?:\/(?:work|home|root|tmp|Users|mnt)\/|[A-Z]:\\)/m);
  });
});

/** Lines of shell blocks, and of blocks without a language, that are no command of ours and not marked as untried. */
function strangeCommands(page: string): string[] {
  const blocks = [...page.matchAll(/([^\n]*(?:\n[^\n`]+)*)\n\n```(?:sh)?\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, before = "", block = ""]) => {
    const isMarked = /not run here/.test(before) || isTree(block);
    const lines = block.split("\n").filter((line) => line !== "");
    return isMarked ? [] : lines.filter((line) => !OURS.test(line));
  });
}

const OURS = /^(?:[A-Z_]+=\S+ )*(?:npx (?:tiebreak|vitest|tsx) |npm |node -e )/;
const isTree = (block: string): boolean => block.includes("\n  ");

describe("the first version", () => {
  it("is named alike wherever it is named", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(matches(read("CHANGELOG.md"), /^## (\d\S*)$/gm)[0]).toBe(version);
    expect(matches(read("CITATION.cff"), /^version: (\S+)$/gm)).toEqual([version]);
  });
});
