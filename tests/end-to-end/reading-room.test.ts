import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { copyDemo } from "../support/demo.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { LOOKS } from "../support/looks.ts";

/** Judgments of systems that the demo has, on prompts that it has not. */
const ROWS = Array.from({ length: 40 }, (_, i) => ({
  ...{ prompt_id: `other-${String(i)}`, left_system: "plain", right_system: i % 2 ? "terse" : "florid" },
  ...{ choice: i % 5 === 0 ? "right" : "left", annotator: `crowd-${String(i % 8)}`, group: "crowd" },
}));

describe("the reading room", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-reading-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const faults = async (page: Page) => [
    ...(await axeFaults(page, (axe) => axe.disableRules("heading-order"))),
    ...(await axeFaults(page, (axe) => axe.withRules("heading-order").exclude(".prose"))),
  ];
  const wide = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  it("sorts, is searched, goes by keys, keeps notes and an answer, and is one address", async () => {
    const page = await browser.newPage();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    await page.goto(`${server.origin}/results/demo`);
    await page.getByRole("link", { name: "Read the comparisons that divide annotators most" }).click();
    await page.getByRole("heading", { name: "Reading room" }).waitFor();
    await page.locator(".comparison").first().waitFor();
    expect(await page.locator(".measures").first().textContent()).toMatch(/people (1\.000|\.[5-9]\d+) apart/);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const focused = () => page.evaluate(() => document.activeElement?.closest("li")?.matches(":first-child"));
    expect(await focused()).toBe(true);

    await page.getByLabel("Order").selectOption({ label: "people and models disagree most" });
    await page.getByLabel("Text in the prompt or a response").fill("MONEY");
    await page.getByRole("button", { name: "Search" }).click();
    await page.locator(".look").getByText("contains").waitFor();
    const first = page.locator(".comparison").first();
    await first.waitFor();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("models");

    await first.locator("summary", { hasText: "Notes and adjudicated answer" }).click();
    await first.getByLabel("New note").fill("ملاحظة: كلاهما قصير.\nBoth are short.");
    await first.getByRole("button", { name: "Add the note" }).click();
    await first.getByText("Both are short.").waitFor();
    await first.getByRole("radio").first().check();
    await first.getByLabel("Reason").fill("It answers the question.");
    await first.getByRole("button", { name: "Record the answer" }).click();
    await first.getByText("It answers the question.").waitFor();
    const address = page.url();
    for (const [, options] of LOOKS) {
      const context = await browser.newContext({
        ...options,
        storageState: await page.context().storageState(),
      });
      const other = await context.newPage();
      await other.goto(address);
      await other.getByText("1 note, adjudicated").click();
      await other.getByText("Both are short.").waitFor();
      expect(await faults(other)).toEqual([]);
      expect(await wide(other)).toBeLessThanOrEqual(0);
      await context.close();
    }
    await page.getByLabel("Only").selectOption({ label: "adjudicated" });
    await page.getByText("1 comparison shown").waitFor();
    await page.close();
  });

  it("has, for two studies, what both share side by side, from the results, the dashboard and as text", async () => {
    const outputs = path.join(folder, "judgments.jsonl");
    fs.writeFileSync(outputs, ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await prepare(["study", "create", "another"], env);
    await prepare(["load", "another", outputs], env);
    const page = await browser.newPage();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    await page.goto(`${server.origin}/results/demo`);
    await page.getByRole("link", { name: "Compare with another study" }).click();
    await page.getByRole("link", { name: "another" }).click();
    await page.getByRole("heading", { name: "demo and another" }).waitFor();
    await page.goto(`${server.origin}/dashboard/demo?show=results`);
    await page.getByLabel("Another study, side by side:").selectOption("another");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { name: "demo and another" }).waitFor();
    const text = await prepare(["report", "demo", "--beside", "another"], env);
    for (const item of await page.locator(".beside .plain-list li").allTextContents())
      expect(text.replace(/\s+/g, " ")).toContain(item.trim().replace(/\s+/g, " "));
    expect(await page.locator("#table-beside-differences tbody tr").count()).toBeGreaterThan(0);
    for (const [, options] of LOOKS) {
      const context = await browser.newContext({
        ...options,
        storageState: await page.context().storageState(),
      });
      const other = await context.newPage();
      await other.goto(page.url());
      await other.getByRole("heading", { name: "demo and another" }).waitFor();
      expect(await axeFaults(other)).toEqual([]);
      expect(await wide(other)).toBeLessThanOrEqual(0);
      await context.close();
    }
    await page.close();
  });
});
