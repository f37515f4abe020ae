import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAs } from "../support/annotator-states.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const progress = { judged: 23, of: 1_040 };
/** What takes the most room: the messages and a running figure. */
const FULLEST = {
  ...{ name: "the fullest page", seen: ".choice" },
  replies: { work: { progress }, sheet: { runningFigure: { every: 10 } } },
};

describe("the annotator's page on a narrow phone", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    const flags = ["--messages", "--comments", "left"];
    study = await browserStudy({ prompts: 6, judgments: 20, languages: ["en", "zh", "ar"], flags });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  /** How many lines an element has, and whether it is cut. */
  const written = (page: Page, selector: string) =>
    page.locator(selector).evaluate((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      return { lines: tops.size, isCut: one.scrollWidth > one.clientWidth + 1 };
    });

  it.each([
    ["en-GB", 320],
    ["en-GB", 360],
    ["zh-CN", 320],
    ["zh-CN", 360],
    ["ar-EG", 320],
    ["ar-EG", 360],
  ])("cuts neither the time left nor the state: %s at %i px", async (locale, width) => {
    const [link] = await study.invite(1);
    const context = await browser.newContext({ locale, viewport: { width, height: 640 }, isMobile: true });
    const page = await context.newPage();
    await answerAs(page, () => FULLEST);
    await page.goto(link!);
    await page.locator(".time-left").waitFor();
    await page.locator(".beside .saved-state").getByText("✓").waitFor();
    expect(await written(page, ".time-left")).toEqual({ lines: 1, isCut: false });
    expect(await written(page, ".beside .saved-state")).toEqual({ lines: 1, isCut: false });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  });
});
