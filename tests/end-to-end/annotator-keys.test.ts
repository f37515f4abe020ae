import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { chooseByClick, pairChanged, progressIs, shownPair } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const PAIRS = 24;
const LONG = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of an answer that has to be read.`).join(
  "\n\n",
);
const WIDE = `${"a_long_name + ".repeat(60)}end`;
const CODE = `\`\`\`js\n${WIDE}\n\`\`\`\n\n${LONG}`;
const VOTES = { left: ["1", "a"], tie: ["2", "n"], right: ["3", "b"] } as const;
const SCROLL_KEYS = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "Home", "Space", "Shift+Space"];
const SETTLING_MS = 400;

describe("the keys of the annotator's page", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    const texts = (i: number): [string, string, string] => [`Question ${i}?`, CODE, `${LONG}\n\n(${i})`];
    study = await browserStudy({ prompts: PAIRS, judgments: 20, guidelines: `${LONG}\n\nThe end.`, texts });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const opened = async (): Promise<Page> => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(link!);
    await awake(page);
    return page;
  };
  const awake = (page: Page) => page.locator(".choice.left:not([aria-disabled=true])").waitFor();
  /** Long enough that a vote would have shown itself. */
  const judgedAfter = async (page: Page, keys: readonly string[]): Promise<string> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(SETTLING_MS + 100);
    }
    return (await page.locator(".how-far span").textContent()) ?? "";
  };
  const isNew = `0 of ${PAIRS}`;

  it("never vote with a key that scrolls, wherever the focus is", async () => {
    const page = await opened();
    expect(await judgedAfter(page, SCROLL_KEYS)).toBe(isNew);
    await page.locator(".answer .prose [tabindex]").first().click();
    expect(await judgedAfter(page, [...SCROLL_KEYS, "ArrowLeft", "ArrowRight"])).toBe(isNew);
    const scrolled = await page.evaluate(() =>
      [...document.querySelectorAll(".answer .prose [tabindex]")].some((one) => one.scrollLeft > 0),
    );
    expect(scrolled).toBe(true);
    await page.context().close();
  });

  it("do what they say after a click into a block of code", async () => {
    const page = await opened();
    await page.locator(".answer .prose [tabindex]").first().click();
    await page.keyboard.press("1");
    await progressIs(page, 1, PAIRS);
    await awake(page);
    await page.locator(".answer .prose [tabindex]").first().click();
    await page.keyboard.press("Backspace");
    await page.locator(".choice.left[aria-pressed=true]").waitFor();
    await page.context().close();
  });

  it("choose, each of them, on a pair that has been there for a moment", async () => {
    const page = await opened();
    let judged = 0;
    for (const [choice, keys] of Object.entries(VOTES)) {
      for (const key of keys) {
        await awake(page);
        const before = await shownPair(page);
        await page.keyboard.press(key);
        await pairChanged(page, before);
        await progressIs(page, ++judged, PAIRS);
        await page.keyboard.press("Backspace");
        await page.locator(`.choice.${choice}[aria-pressed=true]`).waitFor();
        await page.getByRole("button", { name: "Forward" }).click();
      }
    }
    await page.context().close();
  });

  it.each([
    ["Guidelines", "Close the guidelines first."],
    ["Text and display", "Close “Text and display” first."],
    ["I cannot judge this", null],
  ])("do nothing while %s is open, and neither does a click; Esc closes it", async (name, says) => {
    const page = await opened();
    const button = page.getByRole("button", { name });
    await button.click();
    const keys = [...Object.values(VOTES).flat(), "ArrowLeft", "ArrowRight", "ArrowDown"];
    for (const key of keys) await page.keyboard.press(key);
    if (says !== null) {
      await page.locator("#asleep", { hasText: says }).waitFor();
      await page.locator(".choice.tie").click({ force: true });
    }
    expect(await judgedAfter(page, ["ArrowDown"])).toBe(isNew);
    await page.keyboard.press("Escape");
    expect(await button.getAttribute("aria-expanded")).toBe("false");
    await expect.poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true);
    await chooseByClick(page);
    await page.context().close();
  });

  it("answer no pair that has just appeared, by key, click or tap", async () => {
    const page = await opened();
    const tried = await page.evaluate(async () => {
      const acts = [
        () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true })),
        () => document.querySelector<HTMLElement>(".choice.tie")?.click(),
        () => document.querySelector<HTMLElement>(".choice.right")?.click(),
      ];
      const shown = () => document.querySelector(".pair-screen")?.textContent ?? "";
      const seen: number[] = [];
      let [last, changed, act] = [shown(), performance.now(), 0];
      while (seen.length < 5) {
        acts[act++ % acts.length]!();
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (shown() === last) continue;
        const now = performance.now();
        if (last !== "") seen.push(now - changed);
        [last, changed] = [shown(), now];
      }
      return seen.slice(1);
    });
    expect(Math.min(...tried)).toBeGreaterThanOrEqual(SETTLING_MS - 30); // looked at every 20 ms
    await page.getByText("✓ saved").waitFor();
    await page.context().close();
    const database = openDatabase(study.env.DATABASE_URL);
    const kept = await database.read(({ db }) => db.selectFrom("judgment").select("active_ms").execute());
    await database.close();
    expect(Math.min(...kept.map((row) => row.active_ms ?? 0))).toBeGreaterThanOrEqual(SETTLING_MS - 30);
  });

  it("can be switched off for good, and on again", async () => {
    const page = await opened();
    const settings = page.getByRole("button", { name: "Text and display" });
    const keys = page.getByRole("checkbox", { name: /Choose with 1, 2, 3/ });
    await settings.click();
    await keys.uncheck();
    await settings.click();
    await awake(page);
    const all = [...Object.values(VOTES).flat(), "ArrowLeft", "ArrowRight", "Backspace"];
    expect(await judgedAfter(page, all)).toBe(isNew);
    expect(await page.locator("[aria-keyshortcuts], .choice .key").count()).toBe(0);
    await page.reload();
    await awake(page);
    expect(await judgedAfter(page, ["1"])).toBe(isNew);
    await page.locator(".choice.left").press("Enter");
    await progressIs(page, 1, PAIRS);
    await settings.click();
    await keys.check();
    await settings.click();
    await awake(page);
    await page.keyboard.press("3");
    await progressIs(page, 2, PAIRS);
    await page.context().close();
  });
});
