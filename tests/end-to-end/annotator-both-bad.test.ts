import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { chooseByClick, pairChanged, progressIs, shownPair } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const PAIRS = 4;
const LOOKS: [string, BrowserContextOptions][] = [
  ["light and wide", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a small phone", { colorScheme: "dark", viewport: { width: 320, height: 568 }, hasTouch: true }],
];

describe("both bad, apart from neither", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: PAIRS, judgments: 10, flags: ["--both-bad"] });
    browser = await openBrowser();
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
  const choices = async () => {
    const database = openDatabase(study.env.DATABASE_URL);
    const rows = await database.read(({ db }) =>
      db.selectFrom("judgment").select("choice").orderBy("id").execute(),
    );
    await database.close();
    return rows.map(({ choice }) => choice);
  };

  it.each(LOOKS)(
    "is chosen by a click, a key and going back, with nothing for axe: %s",
    async (_, options) => {
      const page = await opened(options);
      const before = (await choices()).length;
      const both = page.getByRole("button", { name: "Both are bad" });
      await both.waitFor();
      expect(await axeFaults(page)).toEqual([]);
      const size = await both.boundingBox();
      expect(size!.height).toBeGreaterThanOrEqual(24);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      await chooseByClick(page, "both_bad");
      await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
      const pair = await shownPair(page);
      await page.keyboard.press("0");
      await pairChanged(page, pair);
      await progressIs(page, 2, PAIRS);
      await page.getByText("✓ saved").waitFor();
      await expect.poll(async () => (await choices()).slice(before)).toEqual(["both_bad", "both_bad"]);
      await page.getByRole("button", { name: "Go back" }).click();
      await page.locator(".choice.both_bad[aria-pressed=true]").waitFor();
      await page.context().close();
    },
  );

  it("is in the results: by pair and by system", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(await study.ownerLink());
    await page.getByRole("link", { name: "study", exact: true }).click();
    await page.getByText("Wording, assignment and conclusion").click();
    await page.getByText("Both are bad").first().waitFor();
    await page.goto(`${study.server.origin}/results/study`);
    await page.getByText("Every pair in words and numbers").click();
    await page.getByText("Both answers called bad, by system").first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.context().close();
  });
});
