import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from "vitest";
import { openDatabase } from "../../../server/storage/open.ts";
import { tiebreakInProcess } from "../../support/in-process.ts";

/** What somebody at a terminal answers, and what was there when they were asked. */
const terminal = {
  isThere: true,
  answer: "",
  asked: [] as unknown[],
  look: (): Promise<unknown> => Promise.resolve(),
};

/** Keys that are pressed once somebody waits for them. */
function keys(): Readable {
  let isPressed = false;
  const stdin = new Readable({
    read() {
      if (isPressed) return;
      isPressed = true;
      void terminal.look().then((seen) => {
        terminal.asked.push(seen);
        stdin.push(`${terminal.answer}\n`);
      });
    },
  });
  return Object.assign(stdin, { isTTY: true });
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "apply-asks-"));
const env = { DATABASE_URL: path.join(folder, "study.db") };
const file = path.join(folder, "study.yaml");
beforeAll(() => fs.copyFileSync(inject("sqliteTemplate"), env.DATABASE_URL));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
async function apply(title: string, ...flags: string[]) {
  fs.writeFileSync(file, `study: haiku\ntitle: ${title}\n`);
  const stdin = keys();
  vi.spyOn(process, "stdin", "get").mockReturnValue(stdin as typeof process.stdin);
  const before = process.stderr.isTTY;
  Object.assign(process.stderr, { isTTY: terminal.isThere });
  try {
    return await tiebreakInProcess(["study", "apply", file, ...flags], env);
  } finally {
    Object.assign(process.stderr, { isTTY: before });
  }
}
async function titles(): Promise<string[]> {
  const database = openDatabase(env.DATABASE_URL);
  const rows = await database.read(({ db }) => db.selectFrom("study").select("public_title").execute());
  await database.close();
  return rows.map((row) => row.public_title);
}
beforeEach(() => Object.assign(terminal, { asked: [], isThere: true, answer: "n" }));
afterEach(() => vi.restoreAllMocks());

it("lists what would change, and does it after a yes alone", async () => {
  const refused = await apply("One");
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/Would be done:\n {2}create the study haiku\n[^]*Nothing was changed\./),
  ]);
  expect([await titles(), terminal.asked]).toEqual([[], [undefined]]);
  terminal.answer = "y";
  terminal.asked.length = 0;
  terminal.look = titles;
  expect((await apply("One")).stdout).toBe("Done:\n  create the study haiku\n");
  expect([await titles(), terminal.asked]).toEqual([["One"], [[]]]); // asked before it was made
  expect((await apply("One")).stdout).toBe("Nothing to change.\n");
  expect(terminal.asked).toHaveLength(1); // nothing to ask about
});

it("asks nobody where --yes answers, or where there is no terminal, and lists there all the same", async () => {
  const { stdout, stderr } = await apply("Two", "--yes");
  expect([stdout, stderr]).toEqual([expect.stringMatching(/^Done:\n {2}change the title/), ""]);
  terminal.isThere = false;
  const script = await apply("Three");
  expect(script.stderr).toMatch(/^Would be done:\n {2}change the title from “Two” to “Three”/);
  expect(script.stdout).toMatch(/^Done:\n {2}change the title/);
  expect([await titles(), terminal.asked]).toEqual([["Three"], []]);
});
