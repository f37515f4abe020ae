import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepare } from "../support/in-process.ts";
import { commandsOf, readPage, runCommand } from "../support/page-commands.ts";
import { tiebreak } from "../support/server.ts";

const PAGE = "docs/recipes.md";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-recipes-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };

const block = (kind: string): string =>
  new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readPage(PAGE))?.[1] ?? "";

beforeAll(async () => {
  fs.writeFileSync(path.join(folder, "votes.jsonl"), block("jsonl votes"));
  fs.writeFileSync(path.join(folder, "fish.yaml"), block("yaml recipe"));
  await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it("the commands of the page about recipes work", async () => {
  const commands = commandsOf(PAGE);
  expect(commands).toHaveLength(4);
  for (const command of commands) expect(await runCommand(command, { env, folder })).toMatch(/: 0/);
});

it("its recipe of twenty lines reads its rows", async () => {
  expect(block("yaml recipe").trim().split("\n").length).toBeLessThanOrEqual(20);
  const file = path.join(folder, "votes.jsonl");
  const recipe = path.join(folder, "fish.yaml");
  const { code, stdout } = await tiebreak(["load", "haiku", file, "--recipe", recipe], env);
  expect(code).toBe(0);
  expect(stdout).toContain("2 rows");
  expect(stdout).toContain("read as fish");
  expect(stdout).toContain("judgments: 3 read, 3 new");
  expect(stdout).toContain("chosen: ours 2, tie 1, both bad 0");
  expect(stdout).toContain("Votes of the fish shop: The shop did not keep who was shown left.");
  expect(stdout).toContain("winner is read from ann: “-1” as a (1), “1” as b (1).");
  const manifest = path.join(folder, "files.yaml");
  fs.writeFileSync(manifest, "files:\n  - { file: votes.jsonl, recipe: fish.yaml }\n");
  const again = await tiebreak(["load", "haiku", "--manifest", manifest], env);
  expect(again.stdout).toContain("haiku already has all of this.");
});

it("a recipe that is wrong, or whose example is, is refused with exit code 2", async () => {
  const wrong = path.join(folder, "wrong.yaml");
  fs.writeFileSync(wrong, "mapp: { prompt: task }\n");
  const refused = await tiebreak(["recipe", "check", wrong], env);
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain("at its top: “mapp” is not known here");
  fs.writeFileSync(wrong, block("yaml recipe").replace("winner: tie", "winner: b"));
  const failing = await tiebreak(["recipe", "check", wrong], env);
  expect(failing).toMatchObject({ code: 2 });
  expect(failing.stdout).toContain('row 2, winner: must be "b", is "tie"');
  const none = await tiebreak(["load", "haiku", wrong, "--recipe", "nosuch"], env);
  expect(none.stderr).toContain("“nosuch” is neither a file nor a built-in recipe.");
});
