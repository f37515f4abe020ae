import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FullReport } from "../../server/contract/report.ts";
import type { RunSummary } from "../../server/judges/run.ts";
import { type RunningModelServer, startModelServer } from "../support/model-servers/server.ts";
import { openBrowser } from "../support/browser.ts";
import { prepare } from "../support/in-process.ts";
import { MAIN, startServer, tiebreak, tiebreakOk } from "../support/server.ts";
import { BASELINES, openVicuna } from "../support/vicuna.ts";
import { formatReport } from "../../server/report-document/write/index.ts";
import { loadSqliteDriver } from "../../server/storage/sqlite-driver.ts";

const BetterSqlite = loadSqliteDriver();

const CALLS = 80 * 8 * 2;
const SECRET = "sk-secret-9f8e7d6c5b4a3210";

describe("a scripted judge of 80 prompts and nine systems", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-e2e-"));
  const env = { DATABASE_URL: path.join(folder, "study.db"), THE_KEY: SECRET };
  let model: RunningModelServer;
  let said = "";

  beforeAll(async () => {
    await openVicuna(env, folder, "crowd,judgments=1");
    model = await startModelServer({ behaviour: "longer wins", latencyMs: 10 });
  });
  afterAll(async () => {
    await model?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const argumentsFor = (name: string) => [
    ...["judge", "vicuna", "--group", name, "--annotator", name, "--model", "scripted"],
    ...["--base-url", `${model.url}/v1`, "--orders", "both", "--concurrency", "16", "--key-env", "THE_KEY"],
    "--json",
  ];
  async function judge(name: string): Promise<RunSummary> {
    const { code, stdout, stderr } = await tiebreak(argumentsFor(name), env);
    said += stdout + stderr;
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as RunSummary;
  }
  /** A file of votes in which people mostly prefer the target. */
  function peoplesVotes(): string {
    const votes = Array.from({ length: 80 }, (_, prompt) =>
      BASELINES.map((baseline, b) => {
        const [left, right] = (prompt + b) % 2 === 0 ? ["guanaco-65b", baseline] : [baseline, "guanaco-65b"];
        const choice = (prompt * 7 + b) % 3 === 0 ? right : left;
        return `${prompt + 1},${left},${right},${choice === left ? "left" : "right"},p${prompt % 11}`;
      }),
    ).flat();
    const file = path.join(folder, "votes.csv");
    const header = "prompt_id,left_system,right_system,choice,annotator";
    fs.writeFileSync(file, [header, ...votes, ""].join("\n"));
    return file;
  }
  /** Once both have judged. */
  let report: FullReport;
  function judgeOf(name: string) {
    const found = report.judges.judges.find(({ annotator }) => annotator === name);
    if (!found) throw new Error(`The report has no judge ${name}.`);
    return found;
  }
  const ask = <T>(query: string): T[] => {
    const db = new BetterSqlite(env.DATABASE_URL, { readonly: true });
    const rows = db.prepare(query).all() as T[];
    db.close();
    return rows;
  };

  it("is killed in the middle and goes on, and no finished call is made again", async () => {
    const child = spawn(process.execPath, [MAIN, ...argumentsFor("longer")], {
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
    while (model.count() < CALLS / 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    const [finished] = ask<{ n: number }>("select count(*) as n from judge_call where state = 'answered'");
    expect(finished!.n).toBeGreaterThan(0);
    expect(finished!.n).toBeLessThan(CALLS);

    const before = model.count();
    const summary = await judge("longer");
    expect(summary).toMatchObject({ ending: "done", progress: { judged: CALLS, of: CALLS } });
    expect(model.count() - before).toBe(CALLS - finished!.n);
    const twice = ask(
      `select assignment_id from judge_call where state = 'answered' group by assignment_id having count(*) > 1`,
    );
    expect(twice).toEqual([]);
    const [lost] = ask<{ n: number }>("select count(*) as n from judge_call where state = 'lost'");
    expect(lost!.n).toBeLessThanOrEqual(32);
  });

  it("that always says A is shown as one that chooses a place", async () => {
    model.become({ behaviour: "always A" });
    await judge("always-a");
    report = JSON.parse(await tiebreakOk(["report", "vicuna", "--format", "json"], env)) as FullReport;
    for (const pair of report.pairs.filter(({ group }) => group === "always-a")) {
      expect(pair.halfTieRate).toMatchObject({ value: 0.5 });
      expect(pair.tie).toMatchObject({ count: 80, rate: 1 });
    }
    expect(judgeOf("always-a")).toMatchObject({
      consistency: { value: 0 },
      firstPosition: { value: 1 },
      positionBias: true,
    });
  });

  it("that picks the longer response is shown as one that chooses by length", () => {
    const found = judgeOf("longer");
    expect(found).toMatchObject({
      consistency: { value: 1 },
      positionBias: false,
      length: { prefersLength: true },
    });
    const share = (found.firstPosition as { value: number }).value;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.01);
  });

  it("is told of in words, whatever the format", () => {
    for (const format of ["text", "markdown", "html"] as const) {
      const told = formatReport(report, format)
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ");
      expect(told).toMatch(
        /always-a: 640 verdicts\. Flag: it is constant.{0,190}Flag: it chooses by position/,
      );
      expect(told).toMatch(/longer: 640 verdicts\..{0,250}Flag: its choice goes with length/);
    }
  });

  it("stands beside the people on the results page, down to the texts on which they differ", async () => {
    await prepare(["load", "vicuna", peoplesVotes(), "--group", "people:crowd", "--yes"], env);
    const server = await startServer(env);
    const browser = await openBrowser();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    await page.goto(`${server.origin}/results/vicuna`);
    const bars = page.getByRole("region", { name: "Win, tie and loss" }).locator("svg").first();
    await bars.waitFor();
    const heightsOf = (group: string) =>
      bars
        .locator("text")
        .filter({ hasText: new RegExp(`^${group}$`) })
        .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().top));
    const people = await heightsOf("All people");
    const models = await heightsOf("always-a");
    expect([people.length, models.length]).toEqual([BASELINES.length, BASELINES.length]);
    people.forEach((top, i) => expect(top).toBeLessThan(models[i]!));
    await page.getByRole("link", { name: "Models as annotators", exact: true }).click();
    await page.getByRole("combobox", { name: "Model", exact: true }).selectOption("longer");
    await page.getByText("Flag: its choice goes with length").first().waitFor();
    await page.locator("summary").filter({ hasText: "opposite verdicts" }).click();
    await page.locator("details details[open] tbody th a").first().click();
    const comparison = page.locator(".comparison").first();
    await comparison.locator(".prose").nth(2).waitFor();
    const verdicts = await comparison.locator(".verdict").allTextContents();
    expect(verdicts).toHaveLength(2);
    expect(new Set(verdicts).size).toBe(2);
    await comparison.getByText("judged in both orders").waitFor();
    await browser.close();
    await server.stop();
  });

  it("leaves its key nowhere", async () => {
    await tiebreakOk(["export", "vicuna", "--as", "pack", "--out", path.join(folder, "pack")], env);
    said += await tiebreakOk(["judge", "vicuna", "--list"], env);
    model.become({ behaviour: "unauthorised" });
    const refused = await tiebreak(argumentsFor("refused"), env);
    expect(refused.code).toBe(1);
    said += refused.stdout + refused.stderr;
    expect(model.requests.at(-1)!.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(said).not.toContain(SECRET);
    for (const file of fs.readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const full = path.join(folder, file);
      if (fs.statSync(full).isFile()) expect(fs.readFileSync(full).includes(SECRET), file).toBe(false);
    }
  });
});
