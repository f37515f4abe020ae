import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { tiebreakInProcess } from "../../support/in-process.ts";
import { commandsOf, runCommand } from "../../support/page-commands.ts";

const PAGE = "docs/papers.md";

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

it("the commands of the page about papers go from files to a figure, a table, the methods and their references", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-papers-"));
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const ids = Array.from({ length: 12 }, (_, i) => `p${i}`);
  write("prompts.jsonl", lines(ids.map((id) => ({ prompt_id: id, prompt: `Question ${id}?` }))));
  for (const system of ["ours", "theirs"])
    write(`${system}.jsonl`, lines(ids.map((id) => ({ prompt_id: id, output: `${system} ${id}` }))));
  const votes = ids.flatMap((id, i) =>
    ["ann", "bo"].map((who) => `${id},ours,theirs,${["left", "tie", "right", "left"][i % 4]!},${who}`),
  );
  write("votes.csv", ["prompt_id,left_system,right_system,choice,annotator", ...votes, ""].join("\n"));

  const commands = commandsOf(PAGE).filter(({ args }) => args.length > 1);
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands) {
    const at = command.args.indexOf(">");
    const args = at === -1 ? command.args : command.args.slice(0, at);
    expect(await runCommand({ ...command, args }, { env, folder })).toMatch(/: 0 /);
  }
  expect(read("pairs.pdf").slice(0, 5)).toBe("%PDF-");
  expect(read("pairs.svg")).toContain("<title");
  expect(fs.readFileSync(path.join(folder, "pairs.png")).toString("latin1", 1, 4)).toBe("PNG");
  expect(read("pairs.tex")).toMatch(
    /\\usepackage\{booktabs\}[^]*\\caption\{[^]*\\label\{tab:haiku-pairs-1\}/,
  );

  const cited = [...read("methods.tex").matchAll(/\\cite\{([^}]+)\}/g)].flatMap(([, keys]) =>
    keys!.split(","),
  );
  const defined = [...read("references.bib").matchAll(/^@\w+\{(\w+),$/gm)].map(([, key]) => key!);
  expect(cited).toContain("tiebreak");
  expect([...new Set(cited)].sort()).toEqual(defined);
  expect(read("methods.tex")).toContain("12 prompts");
  expect(read("methods.tex")).toContain("2 annotators, 24 judgments");

  const refused = async (...flags: string[]) =>
    (await tiebreakInProcess(["report", "haiku", ...flags], env)).stderr;
  expect(await refused("--figure", "pairs")).toContain("name it with --out");
  expect(await refused("--figure", "pairs", "--out", "x.gif")).toContain(".pdf, .svg or .png");
  expect(await refused("--figure", "unknown", "--out", "x.pdf")).toContain("It has pairs");
  expect(await refused("--table", "pairs", "--format", "html")).toContain("takes no --format");
  expect(await refused("--table", "pairs", "--bibtex")).toContain("One at a time");
  expect(await refused("--out", "x.pdf")).toContain("go with --figure");
  fs.rmSync(folder, { recursive: true, force: true });
});
