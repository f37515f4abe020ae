import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { prepare } from "../support/in-process.ts";
import { commandsOf, runCommand } from "../support/page-commands.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-feedback-page-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Opens the page's study, with annotators who can be answered. */
async function openWithAnnotators(): Promise<void> {
  const rows = {
    prompts: { prompt: "Write a haiku about rain." },
    ours: { output: "Rain." },
    theirs: { output: "More rain." },
  };
  const files = Object.entries(rows).map(([name, row]) => {
    const file = path.join(folder, `${name}.jsonl`);
    fs.writeFileSync(file, `${JSON.stringify({ prompt_id: "p1", ...row })}\n`);
    return file;
  });
  await prepare(["load", "haiku", ...files], env);
  await prepare(["study", "open", "haiku"], env);
  await prepare(["invite", "haiku", "--group", "crowd", "--count", "7"], env);
}

it("the page about saying more than a choice has commands that work, one after the other", async () => {
  const commands = commandsOf("docs/feedback.md");
  expect(commands.length).toBeGreaterThan(6);
  for (const command of commands) {
    if (command.args[1] === "reply") await openWithAnnotators();
    expect(await runCommand(command, { env, folder })).toMatch(/: 0/);
  }
});
