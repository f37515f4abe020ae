import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { copyDemo } from "../support/demo.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";

describe("the judgments behind a row of a table", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-rows-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    { part: "Slices", row: "advice", look: ["plain against terse×", "source advice×"] },
    { part: "Tests and precision", row: "florid", look: ["plain against florid×", "all people"] },
    { part: "One label per comparison", row: "florid", look: ["plain against florid×", "all people"] },
    { part: "Ranking", row: "terse", look: ["terse against any other×", "all people"] },
    { part: "Agreement", row: "authors", look: ["group authors×", "judged by"] },
    { part: "Position", row: "crowd", look: ["all comparisons", "group crowd×"] },
  ])("are a link away from the rows of $part", async ({ part, row, look }) => {
    await page.goto(`${server.origin}/results/demo`);
    const heading = page.getByRole("heading", { name: part, exact: true });
    const section = page.locator("section").filter({ has: heading }).last();
    const tables = async () => {
      await heading.scrollIntoViewIfNeeded(); // what loads above it may push it away again
      return section.locator("table").count();
    };
    await expect.poll(tables, { timeout: 60_000 }).toBeGreaterThan(0);
    await section.locator("details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));
    await section.locator("th[scope=row] a", { hasText: row }).first().click();
    await page.getByRole("heading", { name: "Reading room", exact: true }).waitFor();
    await page.locator(".comparison").first().waitFor();
    const shown = (await page.locator(".look li").allTextContents()).join(" | ");
    for (const one of look) expect(shown).toContain(one);
    await page.goBack();
    await heading.waitFor();
  });

  it("are a link away from a cell of the agreement between groups", async () => {
    await page.goto(`${server.origin}/results/demo`);
    const table = page.getByRole("table", { name: /^Tie-discounted agreement \(macro\) between groups/ });
    await page.getByRole("link", { name: "Agreement", exact: true }).click();
    await table
      .getByRole("row", { name: /^judge/ })
      .getByRole("link")
      .nth(1)
      .click();
    await page.locator(".comparison").first().waitFor();
    const look = (await page.locator(".look li").allTextContents()).join(" | ");
    expect(look).toContain("group crowd×");
    expect(look).toContain("and judge×");
    /** The levels of headings inside a text are those that its system wrote. */
    expect(await axeFaults(page, (axe) => axe.disableRules("heading-order"))).toEqual([]);
    await page.goBack();
  });

  it("are printed whole: on paper nothing can be unfolded", async () => {
    await page.goto(`${server.origin}/results/demo?judgments&system=plain&against=terse`);
    const folded = page.locator(".comparison .long-text.folded").first();
    await folded.waitFor();
    const hidden = () => folded.evaluate((text) => text.scrollHeight - text.clientHeight);
    expect(await hidden()).toBeGreaterThan(0);
    await page.emulateMedia({ media: "print" });
    expect(await hidden()).toBe(0);
    expect(await page.getByRole("button", { name: "Show all" }).first().isVisible()).toBe(false);
  });
});
