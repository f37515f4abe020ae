import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import {
  chooseByClick,
  headingIs,
  pairChanged,
  progressIs,
  shownPair,
  pageKept,
} from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const PAIRS = 6;
const PHONE = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };
const LOOKS: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a small phone", { colorScheme: "dark", ...PHONE }],
];

describe("a pair that cannot be judged", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: PAIRS, judgments: 10 });
    browser = await openBrowser({ serviceWorkers: "allow" });
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const opened = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(link!);
    await page.locator(".choice.left:not(.settling)").waitFor();
    return page;
  };
  const cannot = (page: Page) => page.getByRole("button", { name: "I cannot judge this" });
  const skip = async (page: Page, reason: string) => {
    const before = await shownPair(page);
    await cannot(page).click();
    await page.getByRole("button", { name: reason }).click();
    await pairChanged(page, before);
    await page.locator(".choice.left:not(.settling)").waitFor();
  };
  const skips = async () => {
    const database = openDatabase(study.env.DATABASE_URL);
    const rows = await database.read(({ db }) =>
      db
        .selectFrom("skip as k")
        .innerJoin("assignment as a", "a.id", "k.assignment_id")
        .select(["k.reason", "a.ended_how as ended", "k.active_ms as activeMs"])
        .orderBy("k.id")
        .execute(),
    );
    await database.close();
    return rows;
  };

  it.each(LOOKS)("is told by keyboard alone, with nothing for axe to find: %s", async (_look, options) => {
    const page = await opened(options);
    const before = (await skips()).length;
    await cannot(page).focus();
    await page.keyboard.press("Enter");
    const heading = page.getByText("Why can you not judge this pair?");
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((one) => one === document.activeElement)).toBe(true);
    await expectClean(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.keyboard.press("Escape");
    await expect.poll(() => cannot(page).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const pair = await shownPair(page);
    await page.keyboard.press("Enter");
    await pairChanged(page, pair);
    await page.getByText("✓ saved").waitFor();
    await expect
      .poll(async () => (await skips()).slice(before))
      .toMatchObject([{ reason: "unreadable", ended: "skipped" }]);
    const label = page.locator(".turn.last .prompt .label");
    await expect.poll(() => label.evaluate((one) => one === document.activeElement)).toBe(true);
    await progressIs(page, 0, PAIRS - 1);
    await page.context().close();
  });

  it("is told without network, kept over a reload, and sent once there is one", async () => {
    const page = await opened();
    const before = (await skips()).length;
    await page.getByText("✓ saved").waitFor();
    await pageKept(page);
    await page.context().setOffline(true);
    await skip(page, "A picture or an attachment is missing");
    await page.getByText("1 unsent: offline").waitFor();
    expect((await skips()).length).toBe(before);
    await page.reload();
    await page.getByText("1 unsent: offline").waitFor();
    await page.context().setOffline(false);
    await page.getByText("✓ saved").waitFor();
    await expect
      .poll(async () => (await skips()).slice(before))
      .toMatchObject([{ reason: "missing", ended: "skipped" }]);
    await page.context().close();
  });

  it("can be gone back to and judged, and a judgment can be taken back; other devices show it", async () => {
    const page = await opened();
    const before = (await skips()).length;
    await skip(page, "I do not know the language");
    await page.getByText("✓ saved").waitFor();
    const other = await (await browser.newContext()).newPage();
    await other.goto(page.url());
    await other.locator(".choice.left").waitFor();
    await other.getByRole("button", { name: "Go back" }).click();
    await other.locator(".cannot-button .chosen").waitFor();
    await cannot(other).click();
    const told = other.getByRole("button", { name: "I do not know the language" });
    expect(await told.getAttribute("aria-pressed")).toBe("true");
    await other.getByRole("button", { name: "Back to the choices" }).click();
    await chooseByClick(other, "right");
    await other.getByText("✓ saved").waitFor();
    await progressIs(other, 1, PAIRS);
    await other.getByRole("button", { name: "Go back" }).click();
    await other.locator(".choice.right[aria-pressed=true]").waitFor();
    await skip(other, "It is offensive");
    await other.getByText("✓ saved").waitFor();
    await progressIs(other, 0, PAIRS - 1);
    const kept = async () => (await skips()).slice(before).map(({ reason }) => reason);
    await expect.poll(kept).toEqual(["language", "offensive"]);
    await other.context().close();
    await page.context().close();
  });

  it.each(LOOKS)("is shown to the researcher by prompt, and in the results: %s", async (_look, options) => {
    const annotator = await opened();
    await skip(annotator, "It is offensive");
    await chooseByClick(annotator);
    await annotator.getByText("✓ saved").waitFor();
    await annotator.context().close();
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(await study.ownerLink());
    await page.getByRole("link", { name: "study", exact: true }).click();
    await page.getByRole("heading", { name: "Skipped pairs" }).waitFor();
    await page.getByText("Show the pairs").click();
    expect(await page.locator(".skips tbody tr").count()).toBeGreaterThan(0);
    expect(await page.locator(".skips tbody").innerText()).toContain("× offensive");
    await expectClean(page);
    await page.goto(`${study.server.origin}/results/study`);
    const section = page.locator("section[aria-labelledby=skips-heading]");
    await page.locator("#skips-heading").click();
    await section
      .getByText(/^Win rate .*: as judged, and with all that could not be judged/)
      .first()
      .waitFor();
    expect(
      await page
        .getByText(/could not judge a pair/)
        .first()
        .isVisible(),
    ).toBe(true);
    await expectClean(page);
    await page.context().close();
  });

  it("leads to the end where every pair was one", async () => {
    const page = await opened();
    for (let i = 0; i < PAIRS; i++) {
      await cannot(page).click();
      const before = await shownPair(page);
      await page.waitForTimeout(450);
      await page.getByRole("button", { name: "Another reason" }).click();
      await pairChanged(page, before);
    }
    await headingIs(page, /./);
    await page.getByText("Everything is saved.").waitFor();
    expect(await page.locator(".choice").count()).toBe(0);
    await page.context().close();
  });
});

const expectClean = async (page: Page): Promise<void> => expect(await axeFaults(page)).toEqual([]);
