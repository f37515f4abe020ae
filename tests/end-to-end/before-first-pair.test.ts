import fs from "node:fs";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlatformShown } from "../../server/contract/platforms.ts";
import { chooseByClick, headingIs, progressIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";
import { readPage } from "../support/page-commands.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** The example of the documentation. */
const EXAMPLE = /```yaml\n(information:[\s\S]*?)```/.exec(readPage("docs/crowd.md"))?.[1] ?? "";

describe("before the first pair", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let platform: PlatformShown;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: 4, judgments: 2, each: 2 });
    await setEntry(EXAMPLE);
    await prepare(["study", "retention", "study", "30"], study.env);
    const minutes = ["--minutes", "90", "--port", String(study.server.port)];
    const args = ["platform", "set", "study", "prolific", ...minutes, "--json"];
    platform = JSON.parse(await prepare(args, study.env)) as PlatformShown;
  });
  afterEach(() => study?.end());

  const setEntry = async (yaml: string) => {
    const file = path.join(path.dirname(study.env.DATABASE_URL), "entry.yaml");
    fs.writeFileSync(file, yaml);
    await prepare(["entry", "set", "study", file], study.env);
  };
  const codeOf = (finish: string) => platform.finishes.find((one) => one.finish === finish)?.code ?? "";
  const addressFor = (n: number): string =>
    (platform.address ?? "")
      .replace("{{%PROLIFIC_PID%}}", `0123456789abcdef0123${String(n).padStart(4, "0")}`)
      .replace("{{%STUDY_ID%}}", "5f0000000000000000000001")
      .replace("{{%SESSION_ID%}}", `6f000000000000000000000${n}`);
  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  /** Checks a page by axe, and that nothing is wider than the window; keeps pictures if they are wanted. */
  const clean = async (page: Page, name: string): Promise<void> => {
    expect(await axeFaults(page)).toEqual([]);
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBeLessThanOrEqual(seen ?? 0);
    await keep(page, name);
  };
  const start = async (page: Page): Promise<void> => {
    await press(page, "Start");
    await page.getByRole("link", { name: "Continue", exact: true }).click();
    await headingIs(page, "About this study");
  };
  const agree = async (page: Page): Promise<void> => {
    await press(page, "Continue");
    await headingIs(page, "Consent");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await press(page, "I agree");
    await headingIs(page, "About you");
  };
  const answer = async (page: Page, how: "Well" | "Hardly"): Promise<void> => {
    await page.getByRole("radio", { name: how }).check();
    await press(page, "Save and continue");
  };
  /** Chooses in a practice or test pair the side whose answer has a text. */
  const choose = async (page: Page, has: string): Promise<void> => {
    const left = await page.locator('[data-judged="left"]').innerText();
    const side = left.includes(has) ? "left" : "right";
    await page.locator(`.choice.${side}:not([aria-disabled=true])`).click();
  };

  it("somebody from a platform goes through every stage, on two devices, to their first pair", async () => {
    const page = await open(addressFor(1), { viewport: { width: 1280, height: 900 } });
    await start(page);
    await page.getByText("You are asked to judge 2 pairs of answers.").waitFor();
    await page.getByText("estimated from the length of the texts").waitFor();
    await page.getByText("Ids from a platform are erased 30 days after the study has closed.").waitFor();
    await page.getByText("From your start you have 90 minutes for all of it.").waitFor();
    const kept = page.getByRole("link", { name: "What is kept about you, and for how long" });
    const address = await kept.evaluate((link) => (link as HTMLAnchorElement).href);
    expect((await page.request.get(address)).status()).toBe(200);
    await clean(page, "entry-information");
    await press(page, "Continue");
    await headingIs(page, "Consent");
    await press(page, "I agree");
    await page.getByRole("alert").getByText("To agree, tick every statement.").waitFor();
    await clean(page, "entry-consent");
    const phone = await open(addressFor(1), PHONE);
    await headingIs(phone, "Consent");
    await clean(phone, "entry-consent-phone");
    for (const box of await phone.getByRole("checkbox").all()) await box.check();
    await press(phone, "I agree");
    await headingIs(phone, "About you");
    await clean(phone, "entry-questions");
    await page.reload();
    await headingIs(page, "About you");
    await press(page, "Save and continue");
    await page.getByRole("alert").getByText("Answer each question that is marked as required.").waitFor();
    await page.getByRole("spinbutton").fill("7");
    await page.getByRole("checkbox", { name: "Poems" }).check();
    await answer(page, "Well");
    await headingIs(page, "Practice pair 1 of 1");
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor();
    await clean(page, "entry-practice");
    await choose(page, "falls from clouds");
    await page.getByRole("heading", { name: "Another answer was expected" }).waitFor();
    await page.getByText("Expected: A is significantly better").waitFor();
    await clean(page, "entry-explained");
    await press(page, "Continue");
    await headingIs(page, "Test pair 1 of 1");
    await clean(page, "entry-test");
    await choose(page, "Snow is cold");
    await headingIs(page, "Practice pair 1 of 1");
    await page.getByText("You did not pass the test. You may try it again.").waitFor();
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.keyboard.press("1");
    await page.getByRole("heading", { name: "As expected" }).waitFor();
    await clean(page, "entry-as-expected");
    await press(page, "Continue");
    await headingIs(page, "Test pair 1 of 1");
    await choose(page, "first snow");
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
  });

  it("who refuses, is screened out or fails goes back with a code of its own, and is shown no pair", async () => {
    const refuses = await open(addressFor(2));
    await start(refuses);
    await press(refuses, "Continue");
    await press(refuses, "I do not agree");
    await headingIs(refuses, "You have not agreed");
    await refuses.getByText(codeOf("no_consent"), { exact: true }).waitFor();
    await clean(refuses, "entry-refused");
    const screened = await open(addressFor(3));
    await start(screened);
    await agree(screened);
    await answer(screened, "Hardly");
    await headingIs(screened, "This study is not for you");
    await screened.getByText(codeOf("screened_out"), { exact: true }).waitFor();
    await clean(screened, "entry-screened-out");
    const fails = await open(addressFor(4));
    await start(fails);
    await agree(fails);
    await answer(fails, "Well");
    const tryOnce = async () => {
      await headingIs(fails, "Practice pair 1 of 1");
      await choose(fails, "falls from clouds");
      await press(fails, "Continue");
      await headingIs(fails, "Test pair 1 of 1");
      await choose(fails, "Snow is cold");
    };
    await tryOnce();
    await tryOnce();
    await headingIs(fails, "You have not passed the test");
    const back = fails.getByRole("link", { name: "Return to Prolific" });
    expect(await back.getAttribute("href")).toContain(codeOf("failed_qualification"));
    await clean(fails, "entry-failed");
    await fails.reload();
    await headingIs(fails, "You have not passed the test");
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
    await setEntry(EXAMPLE.replace("without giving a reason", "at no cost"));
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

/** Pictures for the eye, where a folder is named: light and dark, phone and wide. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${folder}/${name}-${scheme}.png` });
  }
  for (const [what, width, height] of [
    ["phone", 390, 844],
    ["wide", 1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${what}.png` });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: null });
  if (size) await page.setViewportSize(size);
}
