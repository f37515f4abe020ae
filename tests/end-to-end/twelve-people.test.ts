import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headingIs } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { start } from "../support/entry-page.ts";
import { prepare } from "../support/in-process.ts";
import { PROLIFIC_ID, setPlatform, type TestPlatform } from "../support/platform.ts";

/** Pairs, judgments of each, and pairs asked of each person: what three of twelve leave behind, the others have room for. */
const [PROMPTS, OVERLAP, EACH, PEOPLE] = [9, 3, 3, 12];
const REWARD = 4;
const [EXCLUDED, WITHDRAWN, ERASED] = [1, 2, 3];
const id = (n: number): string => PROLIFIC_ID + String(n).padStart(4, "0");

describe("twelve people in twelve browsers", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let platform: TestPlatform;
  beforeAll(async () => {
    study = await browserStudy({ prompts: PROMPTS, judgments: OVERLAP, each: EACH });
    browser = await openBrowser({ serviceWorkers: "allow" });
    platform = await setPlatform(study, "prolific");
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const arrive = async (n: number): Promise<Page> => {
    const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
    await page.goto(platform.addressFor(n));
    await start(page);
    return page;
  };
  /** Judges by key until so many are saved. */
  const judge = async (page: Page, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
      const before = await page.locator(".pair-screen").textContent();
      await page.keyboard.press("2");
      await page.waitForFunction(
        (was) => (document.querySelector(".pair-screen")?.textContent ?? "") !== was,
        before,
      );
    }
  };
  const finish = async (page: Page): Promise<void> => {
    await judge(page, EACH);
    await headingIs(page, "All done. Thank you");
    await page.getByText(platform.codeOf("completed"), { exact: true }).waitFor();
  };
  const saved = (page: Page) => page.getByText("✓ saved").waitFor();
  const leave = async (page: Page, way: string): Promise<void> => {
    await page.getByRole("button", { name: "Leave this study" }).click();
    await page.getByRole("button", { name: way }).click();
    await page.getByRole("dialog").locator("button.primary").click();
  };

  it("finish a study with exact overlap, though one is excluded, one withdraws and one is erased half-way", async () => {
    const excluded = await arrive(EXCLUDED);
    await judge(excluded, 2);
    await saved(excluded);
    await prepare(["exclude", "study", "--annotator", "annotator-1", "--rule", "a rule"], study.env);
    await excluded.reload();
    await headingIs(excluded, "Your part in this study is over");
    await excluded.getByText(platform.codeOf("ended"), { exact: true }).waitFor();

    const withdrawn = await arrive(WITHDRAWN);
    await judge(withdrawn, 1);
    await saved(withdrawn);
    await leave(withdrawn, "Withdraw my judgments");
    await headingIs(withdrawn, "You have withdrawn");
    await withdrawn.getByText(platform.codeOf("stopped"), { exact: true }).waitFor();

    const erased = await arrive(ERASED);
    await judge(erased, 2);
    await saved(erased);
    await leave(erased, "Erase my data");
    await headingIs(erased, "Your data has been erased");
    await erased.getByText(platform.codeOf("stopped"), { exact: true }).waitFor();

    for (const first of [4, 7, 10]) {
      const three = await Promise.all([first, first + 1, first + 2].map(arrive));
      await Promise.all(three.map(finish));
      await Promise.all(three.map((page) => page.context().close()));
    }

    const detail = JSON.parse(await prepare(["study", "show", "study", "--json"], study.env)) as {
      judged: number;
      wanted: number;
    };
    expect(detail).toMatchObject({ judged: PROMPTS * OVERLAP, wanted: PROMPTS * OVERLAP });
    const report = JSON.parse(await prepare(["report", "study", "--format", "json"], study.env)) as {
      judgments: number;
      exclusions: { annotators: number; judgments: number; rules: string[] };
    };
    expect(report.judgments).toBe(PROMPTS * OVERLAP);
    expect(report.exclusions).toMatchObject({
      ...{ annotators: 3, judgments: 5 },
      rules: ["a rule", "erased on request", "withdrew"],
    });
    expect(await overlaps()).toEqual(Array.from({ length: PROMPTS }, () => OVERLAP));
  });

  it("are paid to the cent, by how much they did and nothing else", async () => {
    await prepare(["study", "close", "study"], study.env);
    const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "twelve-")), "payments");
    await prepare(
      ["export", "study", "--as", "payments", "--reward", REWARD.toFixed(2), "--out", out],
      study.env,
    );
    const read = (name: string) => fs.readFileSync(path.join(out, name), "utf8").trim().split(/\r?\n/);
    const rows = read("payments.csv")
      .slice(1)
      .map((line) => line.split(","));
    const list = rows.map((row) => [row[1], row[4], row[5], row[9], row[10]].join(" "));
    const part = "pay the part done";
    expect(list).toEqual([
      `${id(EXCLUDED)} ended 2 ${part} 2.67`,
      `${id(WITHDRAWN)} stopped 1 ${part} 1.34`,
      ` stopped 2 ${part} 2.67`,
      ...Array.from(
        { length: PEOPLE - 3 },
        () => expect.stringMatching(/^\w{24} completed 3 approve 4\.00$/) as unknown,
      ),
    ]);
    const cents = rows.reduce((sum, row) => sum + Math.round(Number(row[10]) * 100), 0);
    expect(cents).toBe(267 + 134 + 267 + 9 * 400);
    expect(read("prolific-bonuses.csv")).toEqual([`${id(EXCLUDED)},2.67`, `${id(WITHDRAWN)},1.34`]);
    expect(read("prolific-approve.txt")).toHaveLength(PEOPLE - 3);
    expect(fs.readFileSync(path.join(out, "payments.csv"), "utf8")).not.toContain(id(ERASED));
  });

  /** How many judgments that count each pair has. */
  async function overlaps(): Promise<number[]> {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "twelve-")), "judgments.jsonl");
    await prepare(["export", "study", "--as", "jsonl", "--out", file], study.env);
    const lines = fs.readFileSync(file, "utf8").trim().split("\n");
    const counts = new Map<string, number>();
    for (const line of lines) {
      const row = JSON.parse(line) as { prompt_id?: string; status?: string };
      if (row.prompt_id === undefined || row.status !== "counted") continue;
      counts.set(row.prompt_id, (counts.get(row.prompt_id) ?? 0) + 1);
    }
    return [...counts.values()];
  }
});
