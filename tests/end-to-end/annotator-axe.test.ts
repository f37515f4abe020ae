import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAs, JOIN_STATES, JUDGING_STATES, type PageState } from "../support/annotator-states.ts";
import { axeFaults, withTargets } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { isWhole } from "../support/effort.ts";
import { ENTRY, setEntry } from "../support/entry-page.ts";
import { ownEnglish, spokenOn } from "../support/page-language.ts";

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const LANGUAGES = [
  { locale: "en-GB", tag: "en", dir: "ltr" },
  { locale: "zh-CN", tag: "zh-Hans", dir: "ltr" },
  { locale: "ar-EG", tag: "ar", dir: "rtl" },
] as const;
const SHAPES = [
  { shape: "light", options: { colorScheme: "light" } },
  { shape: "dark on a phone", options: { colorScheme: "dark", ...PHONE } },
  { shape: "light on a phone", options: { colorScheme: "light", ...PHONE } },
  { shape: "dark", options: { colorScheme: "dark" } },
] as const;
/** `npm run nightly` looks at every state in every look; `npm test` at every state in one. */
const LOOKS = LANGUAGES.flatMap((language, i) =>
  SHAPES.filter((_shape, j) => isWhole || i === j).map((shape) => ({ ...language, ...shape, mine: i })),
);
type Look = (typeof LOOKS)[number];

/** The states that one of three languages looks at. */
const shared = (states: readonly PageState[], mine: number): readonly PageState[] =>
  states.filter((_state, i) => isWhole || i % 3 === mine);

/** What a page may keep. */
const STORED = "cookies,indexeddb,local_storage";

const TEXT = "An answer with `code`, a [link](https://example.org) and **weight**.\n\n- one\n- two";

/** The stage of the entry where somebody is, from 1. */
const AT = (stage: number): string => `.stages li:nth-child(${stage})[aria-current=step]`;

let study: BrowserStudy;
let withStages: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  study = await browserStudy({
    ...{ prompts: 60, judgments: 20, languages: ["en", "zh", "ar"], contact: "Ada, ada@example.org" },
    flags: ["--messages", "--guess", "--comments", "left", "--flags", "harmful,broken"],
    texts: (i) => [`Question ${i}?`, TEXT, `Second answer to ${i}.`],
  });
  withStages = await browserStudy({ prompts: 2, languages: ["en", "zh", "ar"] });
  const stages = "[information, consent, questions, practice, qualification]";
  await setEntry(withStages, `${ENTRY}\npersonalLinks: ${stages}\n`);
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
  await withStages?.end();
});

const contextOf = ({ locale, options }: Look) => browser.newContext({ locale, ...options });

/**
 * What is wrong with each of some states of the page of a link, as lines. The states share a page, which keeps nothing from
 * one to the next.
 */
async function faultsIn(link: string, look: Look, states: readonly PageState[]): Promise<string[]> {
  const faults: string[] = [];
  const context = await contextOf(look);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  let current: PageState;
  await answerAs(page, () => current);
  for (const state of states) {
    await page.goto("about:blank");
    await devTools.send("Storage.clearDataForOrigin", { origin: new URL(link).origin, storageTypes: STORED });
    current = state;
    await page.goto(link);
    await state.act?.(page);
    await page
      .locator(state.seen)
      .first()
      .waitFor({ timeout: 60_000 })
      .catch(() => faults.push(`${state.name} is not reached`));
    faults.push(...(await faultsOf(page, state.name)), ...(await wrongWords(page, state.name, look)));
  }
  await context.close();
  return faults;
}

async function faultsOf(page: Page, name: string): Promise<string[]> {
  const { width, seen } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    seen: document.documentElement.clientWidth,
  }));
  const wide = width > seen ? [`it is ${width} pixels wide in a window of ${seen}`] : [];
  return [...(await axeFaults(page, withTargets)), ...wide].map((fault) => `${name}: ${fault}`);
}

/** Where a page declares another language than that of its reader, or has a word of another one. */
async function wrongWords(page: Page, name: string, { tag, dir }: Look): Promise<string[]> {
  const spoken = await spokenOn(page);
  const declared =
    spoken.tag === tag && spoken.dir === dir ? [] : [`${name}: it is ${spoken.tag}, ${spoken.dir}`];
  return [...declared, ...(tag === "en" ? [] : (await ownEnglish(page)).map((word) => `${name}: “${word}”`))];
}

describe.each(LOOKS)("axe on the annotator’s pages in $locale, $shape", (look) => {
  const { mine } = look;
  it("finds nothing where there is a pair, and where there is none", async () => {
    const [link] = await study.invite(1);
    expect(await faultsIn(link!, look, shared(JUDGING_STATES, mine))).toEqual([]);
  });

  if (isWhole || mine === 2)
    it("finds nothing before the first pair", async () => {
      const [link, other] = await withStages.invite(2);
      const faults: string[] = [];
      const see = async (page: Page, name: string, seen: string) => {
        await page.locator(seen).first().waitFor();
        faults.push(...(await faultsOf(page, name)));
      };
      const page = await (await contextOf(look)).newPage();
      const goOn = () => page.locator("main .primary, .choice-bar .primary").click();
      const known = async (stage: number) => {
        await see(page, `known pair of stage ${stage}`, AT(stage));
        await page.locator(".choice.tie:not([aria-disabled=true])").click();
      };
      await page.goto(link!);
      await see(page, "information", AT(1));
      await goOn();
      await see(page, "consent", AT(2));
      await goOn();
      await see(page, "consent without ticks", "[role=alert]:not(:empty)");
      for (const box of await page.getByRole("checkbox").all()) await box.check();
      await goOn();
      await see(page, "questions", AT(3));
      await goOn();
      await see(page, "questions without answers", "[role=alert]:not(:empty)");
      await page.getByRole("radio").first().check();
      await goOn();
      for (let tries = 0; tries < 2; tries++) {
        await known(4);
        await see(page, "explanation", ".choice-bar .primary");
        await goOn();
        await known(5);
      }
      await see(page, "failed", "main.notice:not(.entry) h1");
      await page.goto(other!);
      await page.locator(AT(1)).waitFor();
      await goOn();
      await page.locator(AT(2)).waitFor();
      await page.locator("main .primary + button").click();
      await see(page, "not agreed", "main.notice:not(.entry) h1");
      await page.context().close();
      expect(faults).toEqual([]);
    });

  it("finds nothing on the way in", async () => {
    const link = await study.openLink();
    expect(await faultsIn(link, look, shared(JOIN_STATES, mine))).toEqual([]);
    const none = { name: "no link", seen: "main.notice h1" };
    expect(await faultsIn(`${study.server.origin}/judge`, look, [none])).toEqual([]);
  });
});
