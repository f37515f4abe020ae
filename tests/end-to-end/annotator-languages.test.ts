import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptBytes } from "../../scripts/bench/page.ts";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

/** Of each language: its tag on the page, its direction, and words by which a state is known. */
const LANGUAGES = [
  {
    locale: "en-GB",
    tag: "en",
    dir: "ltr",
    left: "Answer A",
    start: "Start",
    reading: "Text and display",
    invalid: "This link is not valid",
  },
  {
    locale: "zh-CN",
    tag: "zh-Hans",
    dir: "ltr",
    left: "回答 A",
    start: "开始",
    reading: "文字与显示",
    invalid: "此链接无效",
  },
  {
    locale: "ar-EG",
    tag: "ar",
    dir: "rtl",
    left: "الإجابة A",
    start: "ابدأ",
    reading: "النص والعرض",
    invalid: "هذا الرابط غير صالح",
  },
] as const;
const [ENGLISH, CHINESE, ARABIC] = LANGUAGES;
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

const spokenOn = (page: Page): Promise<{ tag: string; dir: string }> =>
  page.evaluate(() => ({ tag: document.documentElement.lang, dir: document.documentElement.dir }));

/** Letters of English in what a page shows, but for those of the study's texts and of keys. */
const english = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [];
    for (const element of document.querySelectorAll("body, body *")) {
      if (element.closest("script, noscript, #incomplete, .prose, .languages, .own-link, code, bdi"))
        continue;
      for (const node of element.childNodes) if (node instanceof Text) texts.push(node.data);
      texts.push(element.getAttribute("aria-label") ?? "");
    }
    return texts.flatMap((text) => text.match(/[a-z]{3,}/gi) ?? []);
  });

/** The last ones are the title of the study. */
const NAMES = ["Tiebreak", "Cookie", "Which", "answer", "better"];
const ownEnglish = async (page: Page) => (await english(page)).filter((word) => !NAMES.includes(word));

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

  it.each(LANGUAGES)(
    "is $tag for a browser of $locale, in each state, without a fault of axe",
    async (words) => {
      for (const shape of [{}, { ...PHONE, colorScheme: "dark" as const }]) {
        const page = await opened({ locale: words.locale, ...shape });
        const states: string[][] = [];
        const look = async () => {
          expect(await spokenOn(page)).toEqual({ tag: words.tag, dir: words.dir });
          if (words !== ENGLISH) states.push(await ownEnglish(page));
          expect(await axeFaults(page)).toEqual([]);
          const beyond = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(beyond).toBeLessThanOrEqual(0);
        };
        await page.goto(await study.openLink());
        await page.getByRole("button", { name: words.start }).waitFor();
        await look();
        const [link] = await study.invite(1);
        await page.goto(link!);
        await page.getByRole("heading", { name: words.left }).waitFor();
        await look();
        await page.getByRole("button", { name: words.reading, exact: true }).click();
        await look();
        await page.keyboard.press("Escape");
        await chooseByClick(page);
        await chooseByClick(page);
        await page.locator("main.notice h1").waitFor();
        await look();
        await page.goto(`${study.server.origin}/judge#no-such-link-aaaaaaaaaaaaaaaaaaaaaaaa`);
        await page.getByRole("heading", { name: words.invalid }).waitFor();
        await look();
        expect(states.flat()).toEqual([]);
        await page.context().close();
      }
    },
  );

  it("changes with the language of the question, at once, and keeps the focus", async () => {
    const page = await opened({ locale: "en-GB" });
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.getByRole("button", { name: ENGLISH.reading }).click();
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
