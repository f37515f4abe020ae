import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { tiebreakInProcess } from "../../support/in-process.ts";
import { madeUpSources } from "../../support/made-up-sources.ts";
import { commandsOf, readPage, runCommand } from "../../support/page-commands.ts";

const PAGE = "docs/prompts.md";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-prompts-page-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };
const build = async (...args: readonly string[]) => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await tiebreakInProcess(["prompts", "build", ...args], env);
  } finally {
    process.chdir(before);
  }
};

beforeAll(() => {
  madeUpSources(folder, 3);
  const site = "cooking.stackexchange.com";
  fs.symlinkSync(path.join(folder, "dumps", site), path.join(folder, site));
  const recipe = /^```yaml recipe\n([\s\S]*?)^```$/m.exec(readPage(PAGE))?.[1] ?? "";
  fs.writeFileSync(path.join(folder, "cooking.yaml"), recipe);
});

it("the commands of the page about prompts lead from dumps to a study", async () => {
  const commands = commandsOf(PAGE);
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) {
    const args = command.args.filter((arg, at, all) => arg !== ">" && all[at - 1] !== ">");
    expect(await runCommand({ ...command, args }, { env, folder })).toMatch(/: 0 /);
  }
  const rows = fs
    .readFileSync(path.join(folder, "cooking-set", "test.prompts.jsonl"), "utf8")
    .trim()
    .split("\n");
  expect(rows).toHaveLength(20);
  expect(JSON.parse(rows[0]!)).toMatchObject({
    source: "cooks",
    split: "test",
    group: "cooking.stackexchange.com",
  });
  const { stdout } = await tiebreakInProcess(["study", "show", "cooks"], env);
  expect(stdout).toContain("cooks");
  for (const study of ["march", "april"])
    expect((await tiebreakInProcess(["study", "show", study, "--json"], env)).stdout).toMatch(
      /"prompts":8\b/,
    );
});

it("writes nothing where something is wrong, and says what", async () => {
  const before = fs.readdirSync(folder).sort();
  const refusals: readonly [readonly string[], RegExp][] = [
    [["nowhere"], /neither a file nor a built-in recipe. The built-in ones are lima/],
    [["lima"], /Nothing says where the files of stem, other, .* are. Name them after the recipe: stem=FILE /],
    [["lima", "stem"], /is not SOURCE=FILE/],
    [["lima", "trunk=dumps"], /has no source “trunk”. Its sources are stem, other/],
    [["cooking.yaml", "cooks=nowhere"], /There is no file nowhere/],
    [["cooking.yaml", "cooks=tasks"], /holds no file that cooks \(stack-exchange\) can be read from/],
    [["cooking.yaml", "cooks=b.jsonl"], /The site of b.jsonl is not known/],
    [["cooking.yaml", "--out", "tasks"], /tasks is there already/],
    [["cooking.yaml", "--out", "no/such"], /There is no folder/],
    [["cooking.yaml", "--seed", "x"], /whole number/],
    [["cooking.yaml", "--without", "cooks"], /No source is left/],
  ];
  for (const [args, message] of refusals) {
    const { code, stderr, stdout } = await build(...args);
    expect(code, args.join(" ")).not.toBe(0);
    expect(stderr, args.join(" ")).toMatch(message);
    expect(stdout).toBe("");
  }
  fs.writeFileSync(path.join(folder, "cut.xml"), "<posts>\n");
  fs.writeFileSync(
    path.join(folder, "site.yaml"),
    fs
      .readFileSync(path.join(folder, "cooking.yaml"), "utf8")
      .replace("    files", "    site: a.com\n    files"),
  );
  expect((await build("site.yaml", "cooks=cut.xml")).stderr).toMatch(/cut.xml ends before <\/posts>/);
  expect(fs.readdirSync(folder).sort()).toEqual([...before, "cut.xml", "site.yaml"].sort());
});
