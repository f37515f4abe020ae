import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AnnotatorClient } from "../support/annotator-client.ts";
import { chooseByClick, headingIs, progressIs, takeWork } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";
import { keep } from "../support/pictures.ts";

const EACH = 4;
const PROMPTS = 6;

describe("an annotator for whom there is nothing, or nothing any more", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: PROMPTS, judgments: 1, each: EACH });
  });
  afterEach(() => study?.end());

  const fresh = async (): Promise<Page> => (await browser.newContext()).newPage();
  const run = (...words: string[]) => prepare(words, study.env);
  const judgeAll = async (link: string) => {
    const { origin, hash } = new URL(link);
    const client = new AnnotatorClient(origin, hash.slice(1));
    await client.judgeUntil(() => false);
  };
  /** What the page of the open link says before anybody does anything. */
  const invitation = async (title: string): Promise<Page> => {
    const page = await fresh();
    await page.goto(await study.openLink());
    await headingIs(page, title);
    return page;
  };
  const starts = (page: Page) => page.getByRole("button", { name: "Start" });

  it("is told so before being invited: by a study that is held, full, paused or closed", async () => {
    const [one, two] = await study.invite(2);
    await takeWork(one!);
    await takeWork(two!);
    const waiting = await invitation("No pairs available right now");
    expect(await starts(waiting).count()).toBe(0);
    await keep(waiting, "join-taken");
    await run("study", "pause", "study");
    await waiting.getByRole("button", { name: "Try again now" }).click();
    await headingIs(waiting, "The study is paused");
    await run("study", "open", "study");
    const link = await study.openLink();
    const hasty = await fresh();
    await judgeAll(one!);
    const inviting = await fresh();
    await run("exclude", "study", "--annotator", "annotator-1", "--rule", "a rule");
    await inviting.goto(link);
    await starts(inviting).waitFor();
    await run("exclude", "study", "--annotator", "annotator-1", "--lift");
    await judgeAll(two!);
    await inviting.getByRole("button", { name: "Start" }).click();
    await headingIs(inviting, "Nothing left to judge");
    await hasty.goto(link);
    await headingIs(hasty, "Nothing left to judge");
    expect(await starts(hasty).count()).toBe(0);
    await keep(hasty, "join-full");
    await run("study", "close", "study");
    await hasty.reload();
    await headingIs(hasty, "The study is closed");
    expect(await starts(hasty).count()).toBe(0);
  });

  it("counts the pairs that were theirs, and reads at the end what they did", async () => {
    const [one, two, three] = await study.invite(3);
    await judgeAll(one!);
    const page = await fresh();
    await page.goto(two!);
    await progressIs(page, 0, PROMPTS - EACH);
    for (let i = EACH; i < PROMPTS; i++) await chooseByClick(page);
    await headingIs(page, "All done. Thank you");
    await page.getByText("You judged 2 pairs. There are no more pairs for you.").waitFor();
    await page.getByText(/^Everything is saved. You may close this page./).waitFor();
    await progressIs(page, 2, 2);
    await keep(page, "done");
    await page.goto("about:blank");
    await page.goto(three!);
    await headingIs(page, "Nothing left to judge");
    expect(await page.getByText("Thank you").count()).toBe(0);
    expect(await page.getByText(/ of \d/).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Go back" }).count()).toBe(0);
  });

  it("is told kindly that it is over when they are left out, and goes on when brought back", async () => {
    const [link] = await study.invite(1);
    const page = await fresh();
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    await run(
      "exclude",
      "study",
      "--annotator",
      "annotator-1",
      "--rule",
      "a rule that is no one else’s business",
    );
    await page.locator(".choice.tie:not([aria-disabled=true])").click();
    await headingIs(page, "Your part in this study is over");
    await page.getByText("Your answers are saved.").waitFor();
    expect(await page.getByText("a rule that is").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Go back" }).count()).toBe(0);
    await keep(page, "ended");
    await run("exclude", "study", "--annotator", "annotator-1", "--lift");
    await page.reload();
    await progressIs(page, 2, EACH);
  });

  it("is told that a change was refused after the end, and what is not judged yet still counts", async () => {
    const [link] = await study.invite(1);
    const page = await fresh();
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await chooseByClick(page, "left");
    await page.getByText("✓ saved").waitFor();
    await run("study", "close", "study");
    await page.getByRole("button", { name: "Go back" }).click();
    await page.locator(".choice.left[aria-pressed=true]").waitFor();
    await chooseByClick(page, "right");
    await page.getByText("A change to an earlier answer was not accepted. The study is closed.").waitFor();
    await keep(page, "change-refused");
    await page.getByRole("button", { name: "Understood" }).click();
    await page.getByRole("button", { name: "Go back" }).click();
    await page.getByText("Earlier answers can no longer be changed.").waitFor();
    for (let i = 1; i < EACH; i++) await chooseByClick(page);
    await headingIs(page, "The study is closed");
    await page.getByText("You judged 4 pairs. No more answers are needed.").waitFor();
    expect(await run("study", "show", "study")).toContain("4 of 6 judged, 2 never judged");
  });
});
