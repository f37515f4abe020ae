import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../server/storage/open.ts";
import { pairChanged, progressIs, shownPair, pageKept } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const PAIRS = 6;
const LOOKS: [string, BrowserContextOptions][] = [
  ["light and wide", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a small phone", { colorScheme: "dark", viewport: { width: 320, height: 568 } }],
];

describe("a comment and flags", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    const flags = ["--comments", "tie", "--flags", "harmful,names_maker,Wrong units"];
    study = await browserStudy({ prompts: PAIRS, judgments: 10, flags });
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
    await awake(page);
    return page;
  };
  const awake = (page: Page) => page.locator(".choice.left:not([aria-disabled=true])").waitFor();
  const remarks = (page: Page) => page.getByRole("button", { name: /^Comment or flag/ });
  const comment = (page: Page) => page.getByRole("textbox", { name: "Comment" });
  const stored = async () => {
    const database = openDatabase(study.env.DATABASE_URL);
    const rows = await database.read(async ({ db }) => ({
      judgments: await db.selectFrom("judgment").select(["choice", "rationale"]).orderBy("id").execute(),
      flags: await db.selectFrom("flag").select(["flag", "of_what as of"]).orderBy("flag").execute(),
    }));
    await database.close();
    return rows;
  };

  it.each(LOOKS)(
    "are written by keyboard, vote for nothing, and go with the choice: %s",
    async (_, options) => {
      const page = await opened(options);
      const before = await stored();
      await remarks(page).focus();
      await page.keyboard.press("Enter");
      await comment(page).focus();
      await page.keyboard.type("1 a n b 3");
      await page.getByRole("checkbox", { name: "Wrong units: Answer B" }).press(" ");
      expect(await axeFaults(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(await page.locator(".choices").isVisible()).toBe(false);
      await page.keyboard.press("Escape");
      await expect.poll(() => remarks(page).evaluate((one) => one === document.activeElement)).toBe(true);
      await remarks(page).getByText("noted").waitFor();
      const pair = await shownPair(page);
      await page.keyboard.press("1");
      await pairChanged(page, pair);
      await progressIs(page, 1, PAIRS);
      await page.getByText("✓ saved").waitFor();
      const now = async () => {
        const { judgments, flags } = await stored();
        return [judgments.slice(before.judgments.length), flags.length - before.flags.length];
      };
      await expect.poll(now).toEqual([[{ choice: "left", rationale: "1 a n b 3" }], 1]);
      await page.getByRole("button", { name: "Go back" }).click();
      await remarks(page).click();
      expect(await comment(page).inputValue()).toBe("1 a n b 3");
      expect(await page.getByRole("checkbox", { name: "Wrong units: Answer B" }).isChecked()).toBe(true);
      await page.context().close();
    },
  );

  it("is asked for where the choice needs one, is kept without network, and sent once there is one", async () => {
    const page = await opened();
    const before = (await stored()).judgments.length;
    await page.getByText("✓ saved").waitFor();
    await pageKept(page);
    await page.context().setOffline(true);
    const pair = await shownPair(page);
    await page.locator(".choice.tie").click();
    await page.getByText("Please give a reason for your choice:").waitFor();
    await expect.poll(() => comment(page).evaluate((one) => one === document.activeElement)).toBe(true);
    const record = page.getByRole("button", { name: "Record my choice" });
    expect(await record.isDisabled()).toBe(true);
    await comment(page).fill("Both do.");
    await page.getByRole("checkbox", { name: "Harmful: Answer A" }).check();
    expect(await axeFaults(page)).toEqual([]);
    await page.reload();
    await remarks(page).getByText("noted").waitFor();
    await remarks(page).click();
    expect(await comment(page).inputValue()).toBe("Both do.");
    await page.getByRole("checkbox", { name: "Harmful: Answer A" }).uncheck();
    await record.click();
    await pairChanged(page, pair);
    await page.getByText("1 unsent: offline").waitFor();
    await page.reload();
    await page.getByText("1 unsent: offline").waitFor();
    // what a study of this kind needs besides is there without network, too
    await remarks(page).waitFor();
    expect((await stored()).judgments).toHaveLength(before);
    await page.context().setOffline(false);
    await page.getByText("✓ saved").waitFor();
    await expect
      .poll(async () => (await stored()).judgments.slice(before))
      .toEqual([{ choice: "tie", rationale: "Both do." }]);
    await page.context().close();
  });

  it("goes with a pair that cannot be judged, and the owner reads it, but no holder of a link", async () => {
    const page = await opened();
    await remarks(page).click();
    await comment(page).fill("No idea");
    await page.getByRole("checkbox", { name: "Harmful: Prompt" }).check();
    await page.getByRole("button", { name: "Back to the choices" }).click();
    const pair = await shownPair(page);
    await page.getByRole("button", { name: "I cannot judge this" }).click();
    await page.getByRole("button", { name: "Another reason" }).click();
    await pairChanged(page, pair);
    await page.getByText("✓ saved").waitFor();
    await page.context().close();
    const owner = await (await browser.newContext()).newPage();
    await owner.goto(await study.ownerLink());
    await owner.getByRole("link", { name: "study", exact: true }).waitFor();
    await owner.goto(`${study.server.origin}/results/study`);
    await owner.locator("#skips-heading").click();
    await owner.getByText("Flags, by system").first().waitFor();
    expect(await axeFaults(owner)).toEqual([]);
    const judged = async (headers?: Record<string, string>) =>
      owner.request.get(`${study.server.origin}/api/${headers ? "results" : "studies/study"}/judged`, {
        headers,
      });
    expect(await (await judged()).text()).toContain("1 a n b 3");
    const shared = await owner.request.post(`${study.server.origin}/api/studies/study/share`, {
      data: {},
      headers: { origin: study.server.origin },
    });
    const { url } = (await shared.json()) as { url: string };
    const theirs = await judged({ authorization: `Bearer ${new URL(url).hash.slice(1)}` });
    expect(theirs.status()).toBe(200);
    expect(await theirs.text()).not.toMatch(/1 a n b 3|Both do|Wrong units/);
    await owner.context().close();
  });
});
