import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { commandsOf, runCommand } from "../support/page-commands.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-feedback-page-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it("the page about saying more than a choice has commands that work, one after the other", async () => {
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  for (const command of commandsOf("docs/feedback.md"))
    expect(await runCommand(command, { env, folder })).toMatch(/: 0/);
});
