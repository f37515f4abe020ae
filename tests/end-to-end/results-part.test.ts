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

describe("the results of part of the prompts", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-part-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const counts = (own: Page) => own.locator(".heading").textContent();

  it("are chosen by keyboard, stand in the address, and are left again", async () => {
    await page.goto(`${server.origin}/results/demo?group=crowd`);
    await page.getByRole("button", { name: "Choose a part…" }).press("Enter");
    const parts = page.getByRole("combobox", { name: "Part of the prompts" });
    await parts.waitFor();
    await expect.poll(() => parts.evaluate((select) => select === document.activeElement)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await parts.selectOption({ label: "advice" });
    await page.getByRole("button", { name: "Show", exact: true }).press("Enter");
    await page.waitForURL(/prompts-of=source&prompts=advice/);
    await page.getByText("Only the 6 prompts with source").waitFor();
    expect(await counts(page)).toContain("125 judgments of 30 comparisons on 6 prompts");
    expect(await page.getByRole("radio", { name: "crowd", exact: true }).isChecked()).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole("link", { name: "Show all prompts" }).click();
    await page.getByText("790 judgments").first().waitFor();
    expect(page.url()).toBe(`${server.origin}/results/demo?group=crowd`);
  });

  it("lead to the judgments of that part alone, and are downloaded as they are shown", async () => {
    await page.goto(`${server.origin}/results/demo?prompts-of=source&prompts=arabic`);
    await page.getByText("Only the prompt with source").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(".downloads").getByRole("button", { name: "JSON" }).click(),
    ]);
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const saved = JSON.parse(fs.readFileSync(file, "utf8")) as { prompts: number };
    expect(saved.prompts).toBe(1);
    await page.getByText("Every pair in words and numbers").click();
    await page.locator("table.numbers").first().locator("th[scope=row] a").first().click();
    await page.locator(".comparison").first().waitFor();
    expect(await page.locator(".look li").allTextContents()).toContain("source arabic×");
    expect(await page.locator(".comparison").count()).toBe(1);
    await page.getByRole("button", { name: "Back to the results" }).click();
    await page.getByText("Only the prompt with source").waitFor();
  });

  it("say that nothing belongs to a part that there is not, and are part of a live share link", async () => {
    await page.goto(`${server.origin}/results/demo?prompts-of=source&prompts=nowhere`);
    await page.getByRole("heading", { name: "No prompt of this study matches." }).waitFor();
    await page.getByRole("link", { name: "Show all prompts" }).click();
    await page.getByText("790 judgments").first().waitFor();
    for (const frozen of [false, true]) {
      const reply = await page.request.post(`${server.origin}/api/studies/demo/share`, {
        headers: { origin: server.origin },
        data: { frozen },
      });
      const url = new URL(((await reply.json()) as { url: string }).url);
      const reader = await (await browser.newContext()).newPage();
      await reader.goto(`${url.origin}${url.pathname}?prompts-of=source&prompts=advice${url.hash}`);
      await reader.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
      expect(await counts(reader)).toContain(frozen ? "790 judgments" : "125 judgments");
      expect(await reader.locator(".prompt-filter").count()).toBe(frozen ? 0 : 1);
      await reader.context().close();
    }
  });
});
