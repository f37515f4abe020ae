import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptBytes } from "../../scripts/bench/page.ts";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { spokenOn } from "../support/page-language.ts";

/** Of each language: its tag on the page, and a word by which its page is known. */
const LANGUAGES = [
  { tag: "en", left: "Answer A" },
  { tag: "zh-Hans", left: "回答 A" },
  { tag: "ar", left: "الإجابة A" },
] as const;
const [, CHINESE, ARABIC] = LANGUAGES;

describe("the annotator's page in every language", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6, each: 2, judgments: 20, languages: ["en", "zh", "ar"] });
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });
  const opened = async (options: BrowserContextOptions): Promise<Page> =>
    (await browser.newContext(options)).newPage();

  it("changes with the language of the question, at once, and keeps the focus", async () => {
    const page = await opened({ locale: "en-GB" });
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.getByRole("button", { name: "Text and display" }).click();
    await page.getByLabel("Language of the question").focus();
    await page.getByLabel("Language of the question").selectOption("ar");
    await page.getByRole("heading", { name: ARABIC.left }).waitFor();
    expect(await spokenOn(page)).toEqual({ tag: "ar", dir: "rtl" });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    await page.locator(".languages select").selectOption("zh");
    await page.getByRole("heading", { name: CHINESE.left }).waitFor();
    expect(await spokenOn(page)).toEqual({ tag: "zh-Hans", dir: "ltr" });
  });

  it("opens without network in the language that it had", async () => {
    const page = await opened({ locale: "zh-TW" });
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.getByRole("heading", { name: CHINESE.left }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: CHINESE.left }).waitFor();
    await page.context().setOffline(false);
  });

  it("says that it is incomplete where its words do not come", async () => {
    const page = await opened({ locale: "ar", serviceWorkers: "block" });
    await page.route(/assets\/annotator-ar/, (route) => route.abort());
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.getByText("This page could not be loaded completely.").waitFor();
    await page.unroute(/assets\/annotator-ar/);
    await page.reload();
    await page.getByRole("heading", { name: ARABIC.left }).waitFor();
  });

  it.each(LANGUAGES)("loads at most 30 kB of JavaScript before the first pair, in $tag", ({ tag }) => {
    const { gzip } = scriptBytes("judge.html", `annotator-${tag.slice(0, 2)}`);
    expect(gzip).toBeGreaterThan(10_000); // or none was found
    expect(gzip).toBeLessThanOrEqual(30_000);
  });
});

it("follows the wording of a study that has one language, whatever the browser prefers", async () => {
  const study = await browserStudy({ prompts: 2, languages: ["ar"] });
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ locale: "en-US" })).newPage();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.getByRole("heading", { name: ARABIC.left }).waitFor();
    expect(await spokenOn(page)).toEqual({ tag: "ar", dir: "rtl" });
    await chooseByClick(page);
    await chooseByClick(page);
    await headingIs(page, "انتهى كل شيء. شكرًا لك");
  } finally {
    await browser.close();
    await study.end();
  }
});
