import fs from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chooseByClick, headingIs, progressIs } from "../support/annotator-page.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { answer, chooseWith, ENTRY, press, setEntry, start } from "../support/entry-page.ts";
import { prepare } from "../support/in-process.ts";
import { keep, PHONE } from "../support/pictures.ts";
import { setPlatform, type TestPlatform } from "../support/platform.ts";

describe("before the first pair", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let platform: TestPlatform;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: 4, judgments: 2, each: 2 });
    await setEntry(study, ENTRY);
    await prepare(["study", "retention", "study", "30"], study.env);
    platform = await setPlatform(study, "prolific", "--minutes", "90");
  });
  afterEach(() => study?.end());

  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const clean = async (page: Page, name: string): Promise<void> => {
    await expectClean(page, name);
    await keep(page, name);
  };

  it("somebody from a platform goes through every stage, on two devices, to their first pair", async () => {
    const page = await open(platform.addressFor(1), { viewport: { width: 1280, height: 900 } });
    await start(page);
    await headingIs(page, "About this study");
    await page.getByText("You are asked to judge 2 pairs of answers.").waitFor();
    await page.getByText("estimated from the length of the texts").waitFor();
    await page.getByText("Ids from a platform are erased 30 days after the study has closed.").waitFor();
    await page.getByText("From your start you have 90 minutes for all of it.").waitFor();
    const kept = page.getByRole("link", { name: "What is kept about you, and for how long" });
    const address = await kept.evaluate((link) => (link as HTMLAnchorElement).href);
    expect((await page.request.get(address)).status()).toBe(200);
    await keep(page, "entry-information");
    await press(page, "Continue");
    await headingIs(page, "Consent");
    await press(page, "I agree");
    await page.getByRole("alert").getByText("To agree, tick every statement.").waitFor();
    await keep(page, "entry-consent");
    const phone = await open(platform.addressFor(1), PHONE);
    await headingIs(phone, "Consent");
    await clean(phone, "entry-consent-phone");
    for (const box of await phone.getByRole("checkbox").all()) await box.check();
    await press(phone, "I agree");
    await headingIs(phone, "About you");
    await keep(phone, "entry-questions");
    await page.reload();
    await headingIs(page, "About you");
    await press(page, "Save and continue");
    await page.getByRole("alert").getByText("Answer each question that is marked as required.").waitFor();
    await page.getByRole("spinbutton").fill("7");
    await page.getByRole("checkbox", { name: "Poems" }).check();
    await answer(page, "Well");
    await headingIs(page, "Practice pair 1 of 1");
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    await keep(page, "entry-practice");
    await chooseWith(page, "falls from clouds");
    await page.getByRole("heading", { name: "Another answer was expected" }).waitFor();
    await page.getByText("Expected: A is significantly better").waitFor();
    await keep(page, "entry-explained");
    await press(page, "Continue");
    await headingIs(page, "Test pair 1 of 1");
    await keep(page, "entry-test");
    await chooseWith(page, "Snow is cold");
    await headingIs(page, "Practice pair 1 of 1");
    await page.getByText("You did not pass the test. You may try it again.").waitFor();
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.keyboard.press("1");
    await page.getByRole("heading", { name: "As expected" }).waitFor();
    await clean(page, "entry-as-expected");
    await press(page, "Continue");
    await headingIs(page, "Test pair 1 of 1");
    await chooseWith(page, "first snow");
    await headingIs(page, "The real pairs begin now");
    await page.getByText("You passed the test: you judged 1 of 1 as expected.").waitFor();
    await clean(page, "entry-begin");
    await press(page, "Start judging");
    await progressIs(page, 0, 2);
    await chooseByClick(page);
    await progressIs(page, 1, 2);
    const shown = await prepare(["study", "show", "study"], study.env);
    expect(shown).toMatch(/consent +1 passed, 0 refused/);
    expect(shown).toMatch(/qualification +1 passed, 0 failed/);
    const answers = await prepare(["export", "study", "--as", "personal-answers"], study.env);
    expect(answers).toMatch(/annotator-1,english,well,/);
    expect(answers).toMatch(/annotator-1,years,7,/);
    expect(
      await prepare(["export", "study", "--as", "csv", "--out", `${study.env.DATABASE_URL}.csv`], study.env),
    ).toBe("");
    expect(fs.readFileSync(`${study.env.DATABASE_URL}.csv`, "utf8")).not.toContain("Snow is cold");
    const desk = await open(await study.ownerLink(), { viewport: { width: 1280, height: 900 } });
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.locator("#people summary", { hasText: "Before the first pair" }).click();
    await desk.getByRole("row", { name: /Qualification/ }).waitFor();
    await desk.locator("#people").scrollIntoViewIfNeeded();
    await clean(desk, "dashboard-entry");
  });

  it("a colleague with a personal link is asked for consent alone, may refuse and decide again", async () => {
    const [link] = await study.invite(1);
    const page = await open(link ?? "");
    await headingIs(page, "Consent");
    expect(await page.getByRole("list", { name: "Before the first pair" }).count()).toBe(0);
    await press(page, "I do not agree");
    await headingIs(page, "You have not agreed");
    await clean(page, "entry-may-return");
    await press(page, "Read it again");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await press(page, "I agree");
    await progressIs(page, 0, 2);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    await setEntry(study, ENTRY.replace("without giving a reason", "at no cost"));
    await page.reload();
    await page.getByText("The text has changed since you agreed.").waitFor();
    await clean(page, "entry-consent-again");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await press(page, "I agree");
    await progressIs(page, 1, 2);
  });

  it("who needs no stage does not load the code for it", async () => {
    await prepare(["entry", "remove", "study"], study.env);
    const [link] = await study.invite(1);
    const page = await (await browser.newContext()).newPage();
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(link ?? "");
    await page.locator(".choice.tie").waitFor();
    expect(loaded.some((url) => url.includes("/assets/judge-"))).toBe(true);
    expect(loaded.filter((url) => url.includes("entry"))).toEqual([]);
  });
});
