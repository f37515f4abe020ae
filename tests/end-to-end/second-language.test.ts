import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, headingIs } from "../support/annotator-page.ts";
import { bracketedClient } from "../support/bracketed-client.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

/** The name of this project, and what is of a study: its question, choices and note. */
const NO_WORDS_OF_THE_PAGE = [
  "Tiebreak",
  "Which answer is better?",
  "Put yourself in the place of the person who wrote this, wanting help. Which answer would serve you better?",
  "A is significantly better",
  "Neither is significantly better",
  "B is significantly better",
  "Demo: all texts were written for it, and all judgments but those of the group “visitors” are simulated.",
];
/** The beginning of an address, and a time with its zone. */
const NO_WORDS = /^https:\/\/$|^[\d :-]+UTC$/;

let study: BrowserStudy;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  study = await browserStudy({ prompts: 4, each: 2, guidelines: "Read both answers." });
  await prepare(["demo", "simulated"], study.env);
  browser = await openBrowser();
  context = await browser.newContext({ serviceWorkers: "block" });
  const serveBracketed = await bracketedClient();
  await serveBracketed(context);
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

/** What a page shows or reads out, and has ready to show: all texts but code and those of the study or the report. */
async function textsOf(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: (string | null)[] = [document.title];
    for (const element of document.querySelectorAll("body, body *")) {
      if (
        element.closest(
          "script, style, noscript, #incomplete, code, pre, bdi, option[dir=auto], .prose, .guidelines, .choice label",
        )
      )
        continue;
      for (const name of ["title", "alt", "placeholder", "aria-label"])
        found.push(element.getAttribute(name));
      for (const node of element.childNodes) if (node instanceof Text) found.push(node.data);
    }
    return found;
  });
  return texts.filter((text) => text !== null).map(inOneLine);
}

const inOneLine = (text: string): string =>
  text
    .replace(/[\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** What of a text stands outside of all brackets. */
function outside(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, " ");
  return rest === text ? inOneLine(text) : outside(rest);
}

/** The words on a page that come from no dictionary and are not of the study; `others`: further texts that may be there. */
async function ownWords(page: Page, others = ""): Promise<string[]> {
  const texts = (await textsOf(page)).map(outside);
  expect(texts.length).toBeGreaterThan(5);
  const isOwn = (text: string) =>
    /\p{L}{2}/u.test(text) &&
    !NO_WORDS.test(text) &&
    !NO_WORDS_OF_THE_PAGE.includes(text) &&
    !others.includes(text);
  return [...new Set(texts.filter(isOwn))];
}

describe("in a second language", () => {
  let page: Page;
  beforeAll(async () => {
    page = await context.newPage();
  });

  it("the planning page has no word of its own", async () => {
    await page.goto(`${study.server.origin}/plan`);
    await page.getByText("⟦431 prompts").waitFor();
    expect(await ownWords(page)).toEqual([]);
  });

  it("the annotator’s page has none, nor has the page for joining", async () => {
    await page.goto(await study.openLink());
    await page.locator(".notice.invitation").waitFor();
    expect(await ownWords(page)).toEqual([]);
    const [link] = await study.invite(1);
    await page.goto(link!);
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    expect(await ownWords(page)).toEqual([]);
    await chooseByClick(page);
    await chooseByClick(page);
    await headingIs(page, /thank you/i);
    expect(await ownWords(page)).toEqual([]);
    await page.goto(`${study.server.origin}/judge#no-such-link-aaaaaaaaaaaaaaaaaaaaaaaa`);
    await headingIs(page, /⟦/);
    expect(await ownWords(page)).toEqual([]);
  });

  it("the dashboard has none", async () => {
    await page.goto(`${study.server.origin}/dashboard`);
    await headingIs(page, /⟦/);
    expect(await ownWords(page)).toEqual([]);
    await page.goto(await study.ownerLink());
    await page.getByRole("link", { name: "study", exact: true }).waitFor();
    expect(await ownWords(page)).toEqual([]);
    await page.getByRole("link", { name: "study", exact: true }).click();
    await page.getByText("⟦Instructions to the model⟧").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await ownWords(page)).toEqual([]);
  });

  it("the dashboard speaks Chinese to a browser that prefers it, and axe finds nothing", async () => {
    const chinese = await (await browser.newContext({ locale: "zh-CN" })).newPage();
    await chinese.goto(await study.ownerLink());
    await headingIs(chinese, "研究");
    await chinese.goto(`${study.server.origin}/dashboard/study`);
    await chinese.getByText("给模型的指令").waitFor();
    expect(await chinese.getAttribute("html", "lang")).toBe("zh-Hans");
    expect(await axeFaults(chinese)).toEqual([]);
    await chinese.close();
  });

  it("the results page has none but those of the report", async () => {
    await page.goto(`${study.server.origin}/results/demo`);
    const sections = page.locator("section.further");
    await sections.first().waitFor();
    for (const section of await sections.all()) await section.locator(":scope:not(.waiting)").waitFor();
    const file = await browser.newPage();
    await file.setContent(await prepare(["report", "demo", "--format", "html"], study.env));
    const whole = await file.evaluate(() => document.body.textContent);
    expect(await ownWords(page, inOneLine(`${(await textsOf(file)).join(" ")} ${whole}`))).toEqual([]);
  });

  it("the judgments behind a figure, and a page without a report, have none", async () => {
    await page.locator("summary").first().click();
    await page.locator("td.number a").first().click();
    await page.locator("main.judged .comparison").first().waitFor();
    await page.locator(".with-contents[hidden]").evaluate((results) => results.remove());
    expect(await ownWords(page)).toEqual([]);
    await page.goto(`${study.server.origin}/results/none`);
    await headingIs(page, /⟦/);
    expect(await ownWords(page)).toEqual([]);
  });
});
