import fs from "node:fs";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { chooseByClick, headingIs, progressIs } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { lookOf } from "../support/page-look.ts";
import { prepare } from "../support/in-process.ts";

/** The main states of the pages, kept as files: CONTRIBUTING.md says how to write them anew. */
const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const EACH = 2;
/** A page may still be loading a part when the network has been quiet for a moment. */
const SETTLES_WITHIN_MS = 10_000;

let study: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  // Which answer stands left, and which prompt comes first, is drawn: the texts differ in nothing that shows.
  const texts = (i: number): [string, string, string] => [
    `Question ${i}?`,
    `Answer ab ${i}.`,
    `Answer ba ${i}.`,
  ];
  study = await browserStudy({ prompts: 4, each: EACH, texts, guidelines: "Read **both** answers." });
  await prepare(["demo", "simulated"], study.env);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

const hide = (text: string): string =>
  text
    .replaceAll(study.server.origin, "http://server")
    .replaceAll(/(?<=#)[\w-]{20,}/g, "TOKEN")
    .replaceAll(/Question \d/g, "Question N")
    .replaceAll(/Answer (?:ab|ba) \d/g, "Answer ab N")
    .replaceAll(/\d{1,2} \w{3,9} \d{4}|\b[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{4}-\d\d-\d\d/g, "DAY")
    .replaceAll(/\d{1,2}:\d\d(?: [AP]M)?/g, "TIME");

/** The look of a page once it is the kept one, or once it has had time to become it. */
async function settledLook(page: Page, file: string): Promise<string> {
  const kept = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const end = Date.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const look = await lookOf(page, hide);
    if (look === kept || Date.now() > end) return look;
    await page.waitForTimeout(250);
  }
}

async function inEachScreen(show: (page: Page, keep: (state: string) => Promise<void>) => Promise<void>) {
  for (const [screen, options] of Object.entries(SCREENS)) {
    const context = await browser.newContext({
      ...options,
      bypassCSP: true,
      timezoneId: "UTC",
      locale: "en-GB",
    });
    const page = await context.newPage();
    await show(page, async (state) => {
      const file = path.join(import.meta.dirname, "looks", `${state}-${screen}.txt`);
      await expect(await settledLook(page, file)).toMatchFileSnapshot(file);
    });
    await context.close();
  }
}

it("keeps the look of the researcher's pages", async () => {
  await inEachScreen(async (page, keep) => {
    await page.goto(await study.ownerLink());
    await headingIs(page, "Studies");
    await page.getByRole("link", { name: "study", exact: true }).waitFor();
    await page.locator(".today").waitFor();
    await keep("researcher-studies");
    await page.getByRole("link", { name: "demo", exact: true }).click();
    await page.getByRole("heading", { name: "Material" }).waitFor();
    await page.locator(".annotators table").waitFor();
    await page.locator("#progress .scroller table").waitFor();
    await keep("researcher-study");
  });
});

it("keeps the look of the annotator's page", async () => {
  await inEachScreen(async (page, keep) => {
    const [link] = await study.invite(1);
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    await keep("annotator-pair");
    await page.getByRole("button", { name: "Guidelines" }).click();
    await page.locator("#panel-guidelines").waitFor();
    await keep("annotator-guidelines");
    await page.getByRole("button", { name: "Guidelines" }).click();
    for (let judged = 0; judged < EACH; judged++) await chooseByClick(page);
    await headingIs(page, /thank you/i);
    await keep("annotator-done");
  });
});

it("keeps the look of the plan and of the results", async () => {
  await inEachScreen(async (page, keep) => {
    await page.goto(`${study.server.origin}/plan`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await keep("plan");
    await page.goto(await study.ownerLink());
    await headingIs(page, "Studies");
    await page.goto(`${study.server.origin}/results/demo`);
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    await expect.poll(() => page.locator(".further.waiting").count(), { timeout: 60_000 }).toBe(0);
    await keep("results");
  });
});

it("keeps the look of a closed study", async () => {
  const links = await study.invite(2);
  await prepare(["study", "close", "study"], study.env);
  await inEachScreen(async (page, keep) => {
    await page.goto(links.pop()!);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await keep("annotator-closed");
  });
});
