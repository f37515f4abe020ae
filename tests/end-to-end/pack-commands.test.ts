import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { FullReport } from "../../server/contract/report.ts";
import { copyDemo } from "../support/demo.ts";
import { prepare } from "../support/in-process.ts";
import { tiebreakOk } from "../support/server.ts";

const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");

describe("a replication pack", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-pack-"));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, database: string) => {
    const own = command.replaceAll("npx tiebreak-eval", `"${process.execPath}" "${MAIN}"`);
    const env = { ...process.env, DATABASE_URL: path.join(folder, database) };
    return spawnSync("sh", ["-ec", own], { cwd: path.join(folder, "pack"), env, encoding: "utf8" });
  };

  it("is checked and loaded again elsewhere by the commands of its README", async () => {
    const env = { DATABASE_URL: path.join(folder, "here.db") };
    await copyDemo(env.DATABASE_URL);
    await tiebreakOk(["export", "demo", "--as", "pack", "--out", path.join(folder, "pack")], env);
    const readme = fs.readFileSync(path.join(folder, "pack/README.md"), "utf8");
    const [check = "", again = ""] = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, one]) => one);
    const checked = run(check, "none.db");
    expect([checked.status, checked.stderr]).toEqual([0, ""]);
    expect(checked.stdout).toContain("All figures match the report.");
    expect(checked.stdout).toContain("judgments.jsonl: OK");
    const loaded = run(again, "there.db");
    expect(loaded.status, loaded.stderr).toBe(0);
    expect(loaded.stdout).toContain(
      "790 judgments of 170 comparisons on 34 prompts by 9 annotators and 1 model",
    );
    const report = run("npx tiebreak-eval report demo-again --format json", "there.db");
    const there = JSON.parse(report.stdout) as FullReport;
    const here = JSON.parse(fs.readFileSync(path.join(folder, "pack/report.json"), "utf8")) as FullReport;
    /** A group in which nobody has judged does not come back; a draft declares nothing, and so holds back no p value. */
    const comparable = (block: unknown): unknown =>
      JSON.parse(
        JSON.stringify(block).replace(/"status":"\w+"/g, '"status":""'),
        (key: string, value: unknown) => {
          if (/^p($|[A-Z])|P$/.test(key) && typeof value === "number") return null;
          if (!Array.isArray(value)) return value;
          return (value as unknown[]).filter(
            (one) => typeof one !== "object" || !JSON.stringify(one).includes('"visitors"'),
          );
        },
      );
    const blocks = ["pairs", "groups", "agreement", "ranking", "position", "byAnnotator"] as const;
    const more = ["judges", "aggregation", "effects", "slices"] as const;
    for (const block of [...blocks, ...more])
      expect(comparable(there[block]), block).toEqual(comparable(here[block]));
  });

  it("is loaded again without texts too, where none were ever loaded", async () => {
    const env = { DATABASE_URL: path.join(folder, "here.db") };
    await prepare(["demo", "lima"], env);
    fs.rmSync(path.join(folder, "pack"), { recursive: true });
    await tiebreakOk(["export", "lima", "--as", "pack", "--out", path.join(folder, "pack")], env);
    const readme = fs.readFileSync(path.join(folder, "pack/README.md"), "utf8");
    for (const [, commands = ""] of readme.matchAll(/```sh\n([\s\S]*?)```/g))
      expect(run(commands, "lima.db")).toMatchObject({ status: 0 });
    const { stdout } = run("npx tiebreak-eval report lima-again", "lima.db");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "LIMA was preferred to Alpaca 65B in 53.0 % of 300 judgments",
    );
  });

  it("may be read as far as somebody likes", () => {
    const read = run("node recompute.mjs | head -1", "none.db");
    expect([read.stdout.split("\n").length, read.stderr]).toEqual([2, ""]);
  });
});
