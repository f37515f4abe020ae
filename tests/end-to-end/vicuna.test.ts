import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../server/contract/report.ts";
import { openBrowser } from "../support/browser.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { BASELINES, openVicuna } from "../support/vicuna.ts";

const EACH = 12;

describe("80 prompts and nine systems", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-e2e-"));
  const env = { DATABASE_URL: path.join(folder, "study.db") };
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    await openVicuna(env, folder, `crowd,judgments=1,each=${EACH}`);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it("are judged in a browser by two annotators at once, and reported", async () => {
    const { links } = JSON.parse(await prepare(["invite", "vicuna", "--count", "2", "--json"], env)) as {
      links: { url: string }[];
    };
    const tallies = await Promise.all(links.map(({ url }, i) => judgeAll(url, i)));
    const report = JSON.parse(await prepare(["report", "vicuna", "--format", "json"], env)) as Report;
    expect(report.judgments).toBe(2 * EACH);
    expect(report.annotators).toBe(2);
    expect(report.comparisons).toBe(2 * EACH);
    const people = report.pairs.filter((pair) => pair.group === null);
    expect(people.map((pair) => pair.against).sort()).toEqual([...BASELINES].sort());
    expect(people.every((pair) => pair.system === "guanaco-65b")).toBe(true);
    const ties = people.reduce((sum, pair) => sum + pair.tie.count, 0);
    expect(ties).toBe(tallies.reduce((sum, tally) => sum + tally.tie, 0));
    const decided = people.reduce((sum, pair) => sum + pair.win.count + pair.loss.count, 0);
    expect(decided).toBe(2 * EACH - ties);
  });

  /** Judges until there is no more: one with the mouse, one with the keyboard. */
  async function judgeAll(url: string, who: number): Promise<{ tie: number }> {
    const page = await (await browser.newContext()).newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(url);
    let tie = 0;
    for (let i = 0; i < EACH; i++) {
      await page.getByText(`${i} of ${EACH}`, { exact: true }).waitFor();
      const choice = (["left", "tie", "right"] as const)[(i + who) % 3]!;
      if (choice === "tie") tie++;
      await choose(page, choice, who === 0 ? "mouse" : "keyboard");
    }
    await page.getByRole("heading", { name: "All done. Thank you" }).waitFor();
    await page.getByText("saved").first().waitFor();
    expect(problems).toEqual([]);
    return { tie };
  }
});

async function choose(
  page: Page,
  choice: "left" | "tie" | "right",
  how: "mouse" | "keyboard",
): Promise<void> {
  if (how === "keyboard") {
    await page.locator(`.choice.${choice}:not([aria-disabled=true])`).waitFor();
    await page.keyboard.press({ left: "1", tie: "2", right: "3" }[choice]);
  } else await page.locator(`.choice.${choice}:not([aria-disabled=true])`).click();
}
