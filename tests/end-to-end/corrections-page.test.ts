import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";
import { prepare, tiebreakInProcess } from "../support/in-process.ts";
import type { Revision } from "../../server/contract/amendments.ts";
import { commandsOf, runCommand } from "../support/page-commands.ts";
import { MAIN } from "../support/server.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-corrections-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (name: string, rows: readonly object[]): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
};

it("the page about taking back has commands that work, one after the other", async () => {
  const env = { DATABASE_URL: path.join(folder, "page.db") };
  write("prompts.jsonl", [{ prompt_id: "1.0", prompt: "Write a haiku about rain." }]);
  const ours = write("ours.jsonl", [{ prompt_id: "1.0", output: "Rain." }]);
  write("theirs.jsonl", [{ prompt_id: "1.0", output: "More rain." }]);
  await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
  const commands = commandsOf("docs/corrections.md");
  expect(commands.length).toBeGreaterThan(7);
  for (const command of commands) {
    if (command.args[0] === "report") await prepare(["report", "haiku", "--snapshot"], env);
    if (command.args.includes("ours=ours-v2")) await prepare(["load", "haiku", ours], env);
    if (command.args.includes("--merge"))
      await prepare(
        [
          "load",
          "haiku",
          write("more.jsonl", [{ prompt_id: "1", output: "Rain." }]),
          "--system",
          "ours-final",
        ],
        env,
      );
    expect(await runCommand(command, { env, folder })).toMatch(/: 0/);
  }
  expect(fs.readdirSync(folder).filter((name) => name.startsWith("haiku-before-delete"))).toHaveLength(1);
  expect(JSON.parse(await prepare(["study", "list", "--json"], env))).toEqual([]);
});

it("the page about amending has commands that work, one after the other", async () => {
  const env = { DATABASE_URL: path.join(folder, "amending.db") };
  const prompts = write("asked.jsonl", [{ prompt_id: "p1", prompt: "Write a haiku about rain." }]);
  const texts = ["ours", "theirs"].map((system) =>
    write(`${system}.jsonl`, [{ prompt_id: "p1", output: `${system} rains` }]),
  );
  write("fixed.jsonl", [{ prompt_id: "p1", system: "ours", output: "Soft rain." }]);
  const asked = { prompt_id: "p2", prompt: "And about law?" };
  write("more.jsonl", [
    { ...asked, system: "ours", output: "The law is dry." },
    { ...asked, system: "theirs", output: "The law is long." },
  ]);
  await prepare(["study", "create", "haiku", "--target", "ours", "--baseline", "theirs"], env);
  await prepare(["load", "haiku", prompts, ...texts], env);
  await prepare(["study", "open", "haiku"], env);
  fs.writeFileSync(path.join(folder, "study.yaml"), "study: haiku\nprotocol: { recruitment: friends }\n");
  const commands = commandsOf("docs/amending.md");
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) expect(await runCommand(command, { env, folder })).toMatch(/: 0/);
  const [more, loaded, , again] = (
    JSON.parse(await prepare(["study", "revisions", "haiku", "--json"], env)) as Revision[]
  ).slice(1);
  expect([more?.reason, again?.reason]).toEqual(["wider intervals than planned", "a reviewer asks for more"]);
  expect(loaded).toMatchObject({
    reason: "too few prompts about law",
    changes: [{ kind: "material", prompts: 1, comparisons: 1 }],
  });
  await prepare(["load", "haiku", ...texts], env); // changes nothing, the corrected text included
});

it("a study is deleted only by its name, typed once more", async () => {
  const env = { DATABASE_URL: path.join(folder, "named.db") };
  await prepare(["study", "create", "haiku", "--all-pairs"], env);
  for (const args of [[], ["--yes", "haikus"]]) {
    const { code, stderr } = await tiebreakInProcess(["study", "delete", "haiku", ...args], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Nothing was deleted|Unknown|--yes haiku/);
  }
  expect(JSON.parse(await prepare(["study", "list", "--json"], env))).toHaveLength(1);
  await prepare(["study", "delete", "haiku", "--yes", "haiku", "--no-copy"], env);
  expect(JSON.parse(await prepare(["study", "list", "--json"], env))).toEqual([]);
  expect(await prepare(["audit"], env)).toMatch(/command line .*delete study.* haiku/);
});

describe("a load of several files that is killed", () => {
  const PROMPTS = 4000;
  const files = [
    write(
      "many.jsonl",
      Array.from({ length: PROMPTS }, (_, i) => ({ prompt_id: i, prompt: `Number ${i}?` })),
    ),
    ...["a", "b", "c"].map((system) =>
      write(
        `${system}.jsonl`,
        Array.from({ length: PROMPTS }, (_, i) => ({ prompt_id: i, output: `${system} ${i}` })),
      ),
    ),
  ];
  const states = (database: string): string[] => {
    const handle = new (loadSqliteDriver())(database, { readonly: true });
    try {
      return (handle.prepare("select state from load order by id").all() as { state: string }[]).map(
        ({ state }) => state,
      );
    } finally {
      handle.close();
    }
  };

  /** As for a command that begins when the killed one is known to be dead. */
  const forget = (database: string): void => {
    const handle = new (loadSqliteDriver())(database);
    handle.prepare("update load set heartbeat_at = '2026-01-01T00:00:00.000Z' where state = 'running'").run();
    handle.close();
  };
  type Loaded = { files: { outcome: string }[] };

  it.each([1, 2, 3, 4])(
    "in the middle of file %i leaves none of them, and the next load finds an empty study",
    async (file) => {
      const database = path.join(folder, `killed-${file}.db`);
      const env = { DATABASE_URL: database };
      await prepare(["study", "create", "s", "--all-pairs"], env);
      const child = spawn(process.execPath, [MAIN, "load", "s", ...files], {
        env: { ...process.env, ...env },
      });
      const gone = once(child, "exit");
      const isThere = () => states(database).length >= file || child.exitCode !== null;
      await expect.poll(isThere, { interval: 1, timeout: 60_000 }).toBe(true);
      child.kill("SIGKILL");
      await gone;
      const left = states(database);
      const isWhole = left.every((state) => state === "published");
      expect(isWhole || left.every((state) => state !== "published"), left.join()).toBe(true);
      const detail = JSON.parse(await prepare(["study", "show", "s", "--json"], env)) as {
        prompts: number;
        systems: number;
      };
      expect([detail.prompts, detail.systems]).toEqual(isWhole ? [PROMPTS, 3] : [0, 0]);
      forget(database);
      const again = JSON.parse(await prepare(["load", "s", ...files, "--json"], env)) as Loaded;
      expect(again.files.map(({ outcome }) => outcome)).toEqual(
        Array(4).fill(isWhole ? "unchanged" : "published"),
      );
      expect(states(database).filter((state) => state === "published")).toHaveLength(4);
    },
  );

  it("shows nothing of what is unloaded when that is killed, either, and what is left is cleared away", async () => {
    const database = path.join(folder, "unloading.db");
    const env = { DATABASE_URL: database };
    await prepare(["study", "create", "s", "--all-pairs"], env);
    await prepare(["load", "s", ...files], env);
    const child = spawn(process.execPath, [MAIN, "unload", "s", "--all"], {
      env: { ...process.env, ...env },
    });
    const gone = once(child, "exit");
    const isHidden = () => !states(database).includes("published") || child.exitCode !== null;
    await expect.poll(isHidden, { interval: 1, timeout: 60_000 }).toBe(true);
    child.kill("SIGKILL");
    await gone;
    const shown = await prepare(["study", "show", "s", "--json"], env);
    expect(JSON.parse(shown)).toMatchObject({ prompts: 0, systems: 0 });
    forget(database);
    const again = JSON.parse(await prepare(["load", "s", ...files, "--json"], env)) as Loaded;
    expect(again.files.map(({ outcome }) => outcome)).toEqual(Array(4).fill("published"));
    expect(states(database).filter((state) => state === "unloaded")).toHaveLength(4);
  });
});
