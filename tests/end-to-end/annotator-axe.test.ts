import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerAs, JOIN_STATES, JUDGING_STATES, type PageState } from "../support/annotator-states.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { times } from "../support/effort.ts";
import { ENTRY, setEntry } from "../support/entry-page.ts";

/** `npm run nightly` looks at every state in every language, light and dark; `npm test` at every state once. */
const isWhole = times(1) > 1;
const LOOKS = (["en-GB", "zh-CN", "ar-EG"] as const).flatMap((locale, i) =>
  (["light", "dark"] as const)
    .filter((_scheme, j) => isWhole || (i + j) % 2 === 0)
    .map((scheme) => ({ locale, scheme, mine: i })),
);
/** The states that one of three languages looks at. */
const shared = (states: readonly PageState[], mine: number): readonly PageState[] =>
  states.filter((_state, i) => isWhole || i % 3 === mine);

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

/** What is wrong with each of some states of the page of a link, as lines. */
async function faultsIn(
  { link, locale, scheme }: { link: string; locale: string; scheme: "light" | "dark" },
  states: readonly PageState[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const state of states) {
    const context = await browser.newContext({ locale, colorScheme: scheme, serviceWorkers: "block" });
    const page = await context.newPage();
    await answerAs(page, () => state);
    await page.goto(link);
    await state.act?.(page);
    await page
      .locator(state.seen)
      .first()
      .waitFor({ timeout: 10_000 })
      .catch(() => faults.push(`${state.name} is not reached`));
    faults.push(...(await faultsOf(page, state.name)));
    await context.close();
  }
  return faults;
}

async function faultsOf(page: Page, name: string): Promise<string[]> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const wide = beyond > 0 ? [`it is wider than the window by ${beyond}`] : [];
  return [...(await axeFaults(page)), ...wide].map((fault) => `${name}: ${fault}`);
}

describe.each(LOOKS)("axe on the annotator’s pages in $locale, $scheme", ({ locale, scheme, mine }) => {
  it("finds nothing where there is a pair, and where there is none", async () => {
    const [link] = await study.invite(1);
    expect(await faultsIn({ link: link!, locale, scheme }, shared(JUDGING_STATES, mine))).toEqual([]);
  });

  it.runIf(isWhole || mine === 2)("finds nothing before the first pair", async () => {
    const [link, other] = await withStages.invite(2);
    const options = { locale, colorScheme: scheme, serviceWorkers: "block" } as const;
    const faults: string[] = [];
    const look = async (page: Page, name: string, seen: string) => {
      await page.locator(seen).first().waitFor();
      faults.push(...(await faultsOf(page, name)));
    };
    const page = await (await browser.newContext(options)).newPage();
    const goOn = () => page.locator("main .primary, .choice-bar .primary").click();
    const known = async (stage: number) => {
      await look(page, `known pair of stage ${stage}`, AT(stage));
      await page.locator(".choice.tie:not([aria-disabled=true])").click();
    };
    await page.goto(link!);
    await look(page, "information", AT(1));
    await goOn();
    await look(page, "consent", AT(2));
    await goOn();
    await look(page, "consent without ticks", "[role=alert]:not(:empty)");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await goOn();
    await look(page, "questions", AT(3));
    await goOn();
    await look(page, "questions without answers", "[role=alert]:not(:empty)");
    await page.getByRole("radio").first().check();
    await goOn();
    for (let tries = 0; tries < 2; tries++) {
      await known(4);
      await look(page, "explanation", ".choice-bar .primary");
      await goOn();
      await known(5);
    }
    await look(page, "failed", "main.notice:not(.entry) h1");
    await page.goto(other!);
    await page.locator(AT(1)).waitFor();
    await goOn();
    await page.locator(AT(2)).waitFor();
    await page.locator("main .primary + button").click();
    await look(page, "not agreed", "main.notice:not(.entry) h1");
    await page.context().close();
    expect(faults).toEqual([]);
  });

  it("finds nothing on the way in", async () => {
    const link = await study.openLink();
    expect(await faultsIn({ link, locale, scheme }, shared(JOIN_STATES, mine))).toEqual([]);
    const none = { name: "no link", seen: "main.notice h1" };
    expect(await faultsIn({ link: `${study.server.origin}/judge`, locale, scheme }, [none])).toEqual([]);
  });
});
