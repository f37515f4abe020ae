import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { tiebreak } from "../support/server.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-readme-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Commands that start a server: tested by themselves. */
const SERVES = /tiebreak serve/;

/** Every `npx tiebreak …` of a page, from its blocks and its running text, in order. */
function commandsOf(page: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, page), "utf8");
  return [...text.matchAll(/npx tiebreak ([^`\n#]+)/g)].map((match) => (match[1] ?? "").trim());
}

/** As a shell would have them. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);

/** The files that the README's example speaks of. */
function writeExample(): void {
  const write = (name: string, rows: readonly object[]) =>
    fs.writeFileSync(path.join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const ids = ["p1", "p2", "p3"];
  write(
    "prompts.jsonl",
    ids.map((id) => ({ prompt_id: id, prompt: `Write a haiku about ${id}.` })),
  );
  for (const system of ["ours", "theirs"]) {
    write(
      `${system}.jsonl`,
      ids.map((id) => ({ prompt_id: id, output: `A haiku by ${system} about ${id}.` })),
    );
  }
  const votes = ids.map((id) => `${id},ours,theirs,left,me`);
  fs.writeFileSync(
    path.join(folder, "votes.csv"),
    ["prompt_id,left_system,right_system,choice,annotator", ...votes, ""].join("\n"),
  );
}

describe("the README", () => {
  it("holds commands that do what it says, one after the other", async () => {
    writeExample();
    const commands = commandsOf("README.md").filter((command) => !SERVES.test(`tiebreak ${command}`));
    expect(commands.length).toBeGreaterThanOrEqual(11);
    const env = { DATABASE_URL: path.join(folder, "study.db") };
    for (const command of commands) {
      const outcome = await tiebreak(wordsOf(command), env, folder);
      expect(`${command}: ${outcome.code} ${outcome.stderr}`).toMatch(/: 0/);
    }
    const report = await tiebreak(["report", "haiku", "--format", "json"], env, folder);
    expect(JSON.parse(report.stdout)).toMatchObject({ study: "haiku", judgments: 3 });
  });

  it("names only files that exist", () => {
    const pages = [
      "README.md",
      "CONTRIBUTING.md",
      ...fs.readdirSync(path.join(ROOT, "docs")).map((f) => `docs/${f}`),
    ];
    for (const page of pages.filter((name) => name.endsWith(".md"))) {
      const text = fs.readFileSync(path.join(ROOT, page), "utf8");
      const links = [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? "");
      const missing = links.filter((link) => !fs.existsSync(path.join(ROOT, path.dirname(page), link)));
      expect(missing, page).toEqual([]);
    }
  });
});
