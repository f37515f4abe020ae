import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const PARAGRAPHS = Array.from({ length: 40 }, (_, i) => `Paragraph ${i} of an answer that has to be read.`);
const CODE = Array.from({ length: 60 }, (_, i) => `line_${i} = ${"a_long_name + ".repeat(14)}end`).join("\n");
const LONG = `${PARAGRAPHS.join("\n\n")}\n\nThe end of the long answer.`;
const ASKED = Array.from({ length: 60 }, (_, i) => `Line ${i} of a long question.`).join("\n");
const GUIDELINES = PARAGRAPHS.map((one) => `- ${one}`).join("\n");

/** What is where in the window, measured in the page. */
const places = (page: Page) =>
  page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
    const sides = ["left", "right"].map((side) => box(`[data-judged=${side}] .prose`));
    const code = [...document.querySelectorAll("[data-judged] pre")].map((one) => [
      one.clientWidth,
      one.scrollWidth,
    ]);
    return {
      bar: box(".choice-bar").top,
      widths: sides.map(({ width }) => width),
      answers: ["left", "right"].map((side) => ({
        isLong: document.querySelector(`[data-judged=${side}]`)!.textContent.includes("The end of"),
        top: box(`[data-judged=${side}]`).top,
        bottom: box(`[data-judged=${side}]`).bottom,
      })),
      prompt: box(".turn.last .prompt").height,
      code: code[0]!,
      scrollY,
    };
  });

describe("reading a pair", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    const earlier = Array.from({ length: 3 }, (_, turn) => `Turn ${turn + 1}`);
    study = await browserStudy({
      prompts: 2,
      judgments: 40,
      guidelines: GUIDELINES,
      texts: () => [
        [...earlier, ASKED],
        [...earlier.map(() => LONG), LONG],
        [...earlier.map(() => LONG), `Short.\n\n\`\`\`\n${CODE.split("\n")[0]}\n\`\`\``],
      ],
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const opened = async (width = 1280, height = 800): Promise<Page> => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext({ viewport: { width, height } })).newPage();
    await page.goto(link!);
    await page.locator(".pair").waitFor();
    return page;
  };

  it("begins near the top: earlier turns and a long prompt are folded, and the choices are awake", async () => {
    const page = await opened();
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    const { prompt, answers, bar } = await places(page);
    expect(prompt).toBeLessThan(0.45 * 800);
    for (const { top } of answers) expect(top).toBeLessThan(bar - 48);
    expect(await page.getByText("Turn 2", { exact: true }).isVisible()).toBe(false);
    await page.getByText("The 3 turns before this one").click();
    expect(await page.getByText("Turn 2", { exact: true }).isVisible()).toBe(true);
    await page.context().close();
  });

  it("folds a prompt that is longer than 0.4 screens, and no shorter one", async () => {
    const page = await opened();
    await page.getByRole("button", { name: "Show all" }).click();
    const { height } = (await page.locator(".turn.last .prompt .long-text").boundingBox())!;
    for (const [more, buttons] of [
      [-4, 1],
      [4, 0],
    ] as const) {
      await page.setViewportSize({ width: 1280, height: Math.round(height / 0.4) + more });
      await page.reload();
      await page.locator(".choice.left").waitFor();
      expect(await page.locator(".turn.last .prompt button[aria-expanded]").count()).toBe(buttons);
    }
    await page.context().close();
  });

  it.each([1280, 1281, 1366, 1920, 2560])("gives both sides the same width at %i px", async (width) => {
    const page = await opened(width);
    const [left, right] = (await places(page)).widths;
    // the browser counts in 64ths of a pixel
    expect(Math.abs(left! - right!)).toBeLessThan(0.05);
    await page.context().close();
  });

  it("keeps the shorter answer in view, and the question, the state and the guidelines", async () => {
    const page = await opened();
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.locator(".prompt-strip button").waitFor();
    const { answers, bar } = await places(page);
    const short = answers.find(({ isLong }) => !isLong)!;
    expect(short.top).toBeGreaterThanOrEqual(0);
    expect(short.bottom).toBeLessThanOrEqual(bar);
    for (const one of [".question", ".saved-state", "[aria-controls=panel-guidelines]"]) {
      const { top, bottom } = await page.locator(one).evaluate((found) => found.getBoundingClientRect());
      expect(top).toBeGreaterThan(0);
      expect(bottom).toBeLessThanOrEqual(800);
    }
    await page.context().close();
  });

  it("gives code the window's width, and wraps it where a reader wants that, also next time", async () => {
    const usual = await opened();
    const wide = await opened(2560);
    const [narrow, all] = (await places(usual)).code;
    expect((await places(wide)).code[0]).toBeGreaterThan(narrow! + 200);
    expect(all).toBeGreaterThan(narrow!);
    await usual.getByRole("button", { name: "Wrap long lines" }).first().click();
    const isWrapped = () => {
      const code = document.querySelector("[data-judged] pre");
      return code !== null && code.scrollWidth <= code.clientWidth;
    };
    await usual.waitForFunction(isWrapped);
    await usual.reload();
    await usual.waitForFunction(isWrapped);
    expect(await usual.getByRole("button", { name: "Wrap long lines", pressed: true }).count()).toBe(2);
    for (const page of [usual, wide]) await page.context().close();
  });

  it("shows the guidelines beside a page that keeps its place, and they keep theirs", async () => {
    const page = await opened();
    await page.evaluate(() => window.scrollTo(0, 400));
    const button = page.getByRole("button", { name: "Guidelines" });
    await button.click();
    const text = page.locator(".guidelines-text");
    await text.evaluate((one) =>
      new Promise((scrolled) => {
        one.addEventListener("scroll", scrolled, { once: true }); // which the page notices, too
        one.scrollTo(0, 300);
      }).then(() => undefined),
    );
    await page.keyboard.press("Escape");
    await page.locator("#panel-guidelines").waitFor({ state: "hidden" });
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
    await button.click();
    await expect.poll(() => text.evaluate((one) => one.scrollTop)).toBe(300);
    expect((await places(page)).scrollY).toBe(400);
    await page.context().close();
  });

  it("has the size and the letters that the reader wants, also next time, and nobody else's", async () => {
    const page = await opened();
    const letters = () =>
      page
        .locator("[data-judged] .prose")
        .first()
        .evaluate((one) => {
          const { fontSize, fontFamily } = getComputedStyle(one);
          return { size: parseFloat(fontSize), family: fontFamily };
        });
    const usual = await letters();
    await page.getByRole("button", { name: "Text and display" }).click();
    await page.getByRole("button", { name: "Larger" }).click();
    await page.getByLabel("Sans serif").check();
    const wanted = await letters();
    expect(wanted.size).toBeCloseTo(1.15 * usual.size, 1);
    expect(wanted.family).not.toBe(usual.family);
    await page.reload();
    await page.locator(".pair").waitFor();
    expect(await letters()).toEqual(wanted);
    const [other] = await study.invite(1);
    await page.goto(other!);
    await page.locator(".pair").waitFor();
    await expect.poll(letters).toEqual(usual);
    await page.context().close();
  });

  it("is light or dark as the reader wants, also next time", async () => {
    const page = await opened();
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByRole("button", { name: "Text and display" }).click();
    await page.getByLabel("Dark").check();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.locator(".pair").waitFor();
    expect(await paper()).toBe(dark);
    // somebody else on the same device keeps to their own
    const [other] = await study.invite(1);
    await page.goto(other!);
    await page.locator(".pair").waitFor();
    await expect.poll(paper).toBe(light);
    await page.context().close();
  });
});

describe("the font for formulas", () => {
  it("is asked for where a formula is, and nowhere else", async () => {
    const browser = await openBrowser();
    const asksFor = async (answer: string) => {
      const study = await browserStudy({ prompts: 1, texts: () => ["Q", answer, "Short."] });
      const [link] = await study.invite(1);
      const page = await browser.newPage();
      const fonts: string[] = [];
      page.on("request", (request) => {
        if (/stix/i.test(request.url())) fonts.push(request.url());
      });
      await page.goto(link!);
      await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
      await page.evaluate(() => document.fonts.ready);
      const formulas = await page.locator("[data-judged] math").count();
      await page.context().close();
      await study.end();
      return { fonts: fonts.length, formulas };
    };
    expect(await asksFor("A half.")).toEqual({ fonts: 0, formulas: 0 });
    expect(await asksFor("$\\frac{1}{2}$")).toEqual({ fonts: 1, formulas: 1 });
    await browser.close();
  });
});

describe("code that ends below the window", () => {
  it("has a scroll bar in the window", async () => {
    const texts = (): [string, string, string] => ["Q", `\`\`\`\n${CODE}\n\`\`\``, "Short."];
    const study = await browserStudy({ prompts: 1, texts });
    const browser = await openBrowser();
    const [link] = await study.invite(1);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(link!);
    const bar = page.locator(".side-scroll:not([hidden])");
    await bar.waitFor({ state: "attached" });
    await bar.evaluate((one) => one.scrollTo(200, 0));
    await page.waitForFunction(() => document.querySelector("[data-judged] pre")!.scrollLeft === 200);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await bar.waitFor({ state: "detached" });
    await page.context().close();
    await browser.close();
    await study.end();
  });
});
