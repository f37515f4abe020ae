import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import {
  chooseByClick,
  headingIs,
  pairChanged,
  progressIs,
  shownPair,
  takeAllWork,
} from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const EACH = 6;
/** A pair that has just appeared takes no answer for so long. */
const SETTLING_MS = 400;

describe("an annotator without a pair, or with more than one device", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    study = await browserStudy({ prompts: 8, each: EACH });
  });
  afterEach(() => study?.end());

  const fresh = async (): Promise<Page> => (await browser.newContext()).newPage();
  const move = (verb: string) => prepare(["study", verb, "study"], study.env);

  it("who has to wait is given a pair as soon as one is free, without doing anything", async () => {
    const page = await fresh();
    await page.clock.install();
    const links = await study.invite(8);
    await page.goto(await takeAllWork(links));
    await headingIs(page, "No pairs available right now");
    await page.getByText("This page checks again every 15 seconds.").waitFor();
    await leaveEverything(study);
    expect(await page.locator(".choice").count()).toBe(0);
    await page.clock.fastForward(15_500);
    await progressIs(page, 0, EACH);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
  });

  it("goes on after a pause without doing anything", async () => {
    const page = await fresh();
    await page.clock.install();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await move("pause");
    for (let i = 0; i < 4; i++) await chooseByClick(page);
    await headingIs(page, "The study is paused");
    await page.getByText("This page checks again every 60 seconds.").waitFor();
    await page.getByText("Everything is saved. Keep this page open, or come back later").waitFor();
    expect((await choicesOf(study)).length).toBe(4);
    await move("open");
    await page.clock.fastForward(60_500);
    await progressIs(page, 4, EACH);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
  });

  it("ends with thanks, may still change an answer, and is thanked again", async () => {
    const page = await fresh();
    const [link] = await study.invite(1);
    await page.goto(link!);
    for (let judged = 0; judged < EACH; judged++) {
      await progressIs(page, judged, EACH);
      await chooseByClick(page, "left");
    }
    await headingIs(page, "All done. Thank you");
    await page.getByText("Everything is saved. You may close this page.").waitFor();
    await page.getByRole("button", { name: "Go back" }).click();
    await chooseByClick(page, "right");
    await headingIs(page, "All done. Thank you");
    await page.getByText("Everything is saved.").waitFor();
    const choices = await choicesOf(study);
    expect(choices.map((row) => `${row.ordinal}.${row.revision} ${row.choice}`).slice(-2)).toEqual([
      `${EACH}.1 left`,
      `${EACH}.2 right`,
    ]);
    await page.reload();
    await headingIs(page, "All done. Thank you");
  });

  it("is told when the study is closed, and what was on the screen still counts", async () => {
    const page = await fresh();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await move("close");
    for (let i = 0; i < 4; i++) await chooseByClick(page);
    await headingIs(page, "The study is closed");
    await page.getByText("Everything is saved.").waitFor();
    expect((await choicesOf(study)).length).toBe(4);
  });

  it("goes back by keys, with every way of choosing, and never answers twice for one press", async () => {
    const page = await fresh();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.keyboard.down("ArrowLeft");
    await page.keyboard.down("ArrowLeft"); // held down: the browser repeats the key
    await page.keyboard.up("ArrowLeft");
    await progressIs(page, 1, EACH);
    for (const key of ["2", "b", "A", "n", "2"]) {
      const before = await shownPair(page);
      await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
      await page.keyboard.press(key);
      await pairChanged(page, before);
    }
    await headingIs(page, "All done. Thank you");
    for (let back = 1; back <= 3; back++) await page.getByRole("button", { name: "Go back" }).click();
    await page.locator(".choice.left[aria-pressed=true]").waitFor();
    await page.keyboard.press("Backspace");
    await page.locator(".choice.right[aria-pressed=true]").waitFor();
    await page.keyboard.press("3");
    await headingIs(page, "All done. Thank you");
    for (let back = 1; back <= 3; back++) await page.getByRole("button", { name: "Go back" }).click();
    await page.locator(".choice.left[aria-pressed=true]").waitFor();
    await page.keyboard.press("ArrowRight");
    await headingIs(page, "All done. Thank you");
    await page.getByText("Everything is saved.").waitFor();
    const choices = await choicesOf(study);
    expect(choices.map((row) => `${row.ordinal}.${row.revision} ${row.choice}`)).toEqual([
      "1.1 left",
      "2.1 tie",
      "3.1 right",
      "4.1 left",
      "5.1 tie",
      "6.1 tie",
      "4.2 right",
    ]);
  });

  it("does not answer the next pair with the second click of a double click", async () => {
    const page = await fresh();
    const [link] = await study.invite(1);
    await page.goto(link!);
    await progressIs(page, 0, EACH);
    await page.locator(".choice.tie:not([aria-disabled=true])").dblclick();
    await progressIs(page, 1, EACH);
    await page.waitForTimeout(SETTLING_MS);
    await progressIs(page, 1, EACH);
    await expect.poll(async () => (await choicesOf(study)).length).toBe(1);
  });

  it("sees on one device what was judged on the other, and both go on", async () => {
    const [link] = await study.invite(1);
    const first = await fresh();
    await first.goto(link!);
    await progressIs(first, 0, EACH);
    const second = await fresh();
    await second.goto(link!);
    await progressIs(second, 0, EACH);
    expect(await shownPair(second)).toBe(await shownPair(first));
    await chooseByClick(second, "right");
    await second.getByText("✓ saved").waitFor();
    await first.reload();
    await progressIs(first, 1, EACH);
    expect(await shownPair(first)).toBe(await shownPair(second));
    await first.keyboard.press("Backspace");
    await first.locator(".choice.right[aria-pressed=true]").waitFor();
    await chooseByClick(first, "tie");
    await first.getByText("✓ saved").waitFor();
    await chooseByClick(first);
    await chooseByClick(second);
    await first.reload();
    await first.locator(".choice.tie").waitFor();
    while ((await first.locator(".choice").count()) > 0) await chooseByClick(first);
    await first.getByText("Everything is saved.").waitFor();
    await second.reload();
    await headingIs(second, "All done. Thank you");
    const judged = new Set((await choicesOf(study)).map((row) => row.ordinal));
    expect([...judged].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("reads that a pair was answered on another device, and changes that answer only on request", async () => {
    const [link] = await study.invite(1);
    const [first, second] = [await fresh(), await fresh()];
    for (const page of [first, second]) await page.goto(link!);
    for (const page of [first, second]) await progressIs(page, 0, EACH);
    await chooseByClick(first, "left");
    await first.getByText("✓ saved").waitFor();
    await chooseByClick(second, "right");
    await second.getByRole("heading", { name: "You answered a pair twice" }).waitFor();
    expect(await second.getByRole("definition").allTextContents()).toEqual([
      "A is significantly better",
      "B is significantly better",
    ]);
    expect(await axeFaults(second)).toEqual([]);
    expect((await choicesOf(study)).map((row) => row.choice)).toEqual(["left"]);
    await second.reload();
    await second.getByRole("button", { name: "Use the answer given here" }).click();
    await expect
      .poll(async () => (await choicesOf(study)).map((row) => `${row.revision} ${row.choice}`))
      .toEqual(["1 left", "2 right"]);
    expect(await second.getByText("You answered a pair twice").count()).toBe(0);
    await chooseByClick(second, "tie");
    await second.getByText("✓ saved").waitFor();
    await chooseByClick(first, "left");
    await first.getByRole("button", { name: "Keep the answer given there" }).click();
    await first.getByText("You answered a pair twice").waitFor({ state: "detached" });
    await chooseByClick(second, "tie");
    await second.getByText("✓ saved").waitFor();
    await first.reload();
    await first
      .getByText("You had already answered that pair on another device or in another tab.")
      .waitFor();
    expect(await axeFaults(first)).toEqual([]);
    expect((await choicesOf(study)).map((row) => row.choice)).toEqual(["left", "right", "tie", "tie"]);
  });
});

/** Every pair that somebody holds becomes free, as if its page had been left long ago. */
async function leaveEverything(study: BrowserStudy): Promise<void> {
  const database = openDatabase(study.env.DATABASE_URL);
  await database.transact(({ db }) =>
    db
      .updateTable("assignment")
      .set({ lease_end: "2020-01-01T00:00:00.000Z" })
      .where("ended_at", "is", null)
      .execute(),
  );
  await database.close();
}

/** Every judgment in the order in which it arrived. */
async function choicesOf(
  study: BrowserStudy,
): Promise<{ ordinal: number; revision: number; choice: string }[]> {
  const database = openDatabase(study.env.DATABASE_URL);
  const rows = await database.read(({ db }) =>
    db
      .selectFrom("judgment as j")
      .innerJoin("assignment as a", "a.id", "j.assignment_id")
      .select(["a.ordinal", "j.revision", "j.choice"])
      .orderBy("j.id")
      .execute(),
  );
  await database.close();
  return rows;
}
