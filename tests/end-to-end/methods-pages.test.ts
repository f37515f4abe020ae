import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { hostServer } from "../support/hosted-server.ts";
import type { RunningServer } from "../support/server.ts";

const LOOKS: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a phone", { colorScheme: "dark", viewport: { width: 390, height: 844 }, isMobile: true }],
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-methods-"));
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await hostServer(path.join(folder, "methods.db"));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("the pages of the methods", () => {
  it.each(LOOKS)(
    "are read from the list to a place in a page, without a fault, in %s",
    async (_look, options) => {
      const page = await (await browser.newContext(options)).newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(`${server.origin}/methods`);
      await page.getByRole("heading", { level: 1, name: "Methods" }).waitFor();
      await expectClean(page);
      await page.getByRole("main").getByRole("link", { name: "Intervals", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Intervals" }).waitFor();
      await expectClean(page);
      await page.getByRole("navigation", { name: "On this page" }).getByText("Coverage").click();
      await page.waitForURL(/\/methods\/intervals#coverage$/);
      expect(await page.locator("h2#coverage").boundingBox()).toMatchObject({
        y: expect.closeTo(15, -1) as number,
      });
      await page
        .getByRole("navigation", { name: "Methods" })
        .getByRole("link", { name: "Agreement" })
        .click();
      await page.getByRole("heading", { level: 1, name: "Agreement" }).waitFor();
      await expectClean(page);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it("are kept by whoever has them, until they change, and are nowhere else", async () => {
    const first = await fetch(`${server.origin}/methods/pairs`);
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "public, no-cache"]);
    expect(first.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const again = await fetch(`${server.origin}/methods/pairs`, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    for (const name of ["README", "pairs.md", "..%2fARCHITECTURE", "nothing"])
      expect((await fetch(`${server.origin}/methods/${name}`)).status, name).toBe(404);
  });
});

async function expectClean(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width).toBeLessThanOrEqual(screen ?? 0);
}
