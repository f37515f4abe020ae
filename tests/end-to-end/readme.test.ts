import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emptyDatabaseUrl } from "../support/context.ts";
import { commandsOf, runCommand } from "../support/page-commands.ts";
import { tiebreak } from "../support/server.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-readme-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

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
  fs.writeFileSync(path.join(folder, "study.yaml"), "study: haiku\ntitle: Which haiku is better?\n");
  const votes = ids.map((id) => `${id},ours,theirs,left,me`);
  fs.writeFileSync(
    path.join(folder, "votes.csv"),
    ["prompt_id,left_system,right_system,choice,annotator", ...votes, ""].join("\n"),
  );
}

describe("the README", () => {
  it("holds commands that do what it says, one after the other, each in a process of its own", async () => {
    writeExample();
    const commands = commandsOf("README.md");
    expect(commands.length).toBeGreaterThanOrEqual(20);
    const env = { DATABASE_URL: path.join(folder, "study.db") };
    const instead = {
      "0.0.0.0": "127.0.0.1",
      "postgres://user@db.example.org/tiebreak": await emptyDatabaseUrl("postgres"),
    };
    for (const command of commands)
      expect(await runCommand(command, { env, folder, instead }, tiebreak)).toMatch(/: 0/);
    const report = await tiebreak(["report", "haiku", "--format", "json"], env, folder);
    expect(JSON.parse(report.stdout)).toMatchObject({ study: "haiku", judgments: 3 });
  });
});
