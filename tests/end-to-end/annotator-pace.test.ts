import fs from "node:fs";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlatformShown } from "../../server/contract/platforms.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { chooseByClick, progressIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const PAIRS = 12;
const EVERY = 5;
const POOL = `name: University pool
participant:
  name: sona_id
  placeholder: "%SURVEY_CODE%"
`;
const LOOKS: [string, BrowserContextOptions][] = [
  ["light and wide", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a phone", { colorScheme: "dark", viewport: { width: 390, height: 844 } }],
];

describe("an annotator's time", () => {
  let study: BrowserStudy;
  let browser: Browser;
  let pool: PlatformShown;
  beforeAll(async () => {
    const flags = ["--break-every", `${EVERY}pairs`];
    study = await browserStudy({ prompts: PAIRS, judgments: 10, each: PAIRS, flags });
    const file = path.join(path.dirname(study.env.DATABASE_URL), "pool.yaml");
    fs.writeFileSync(file, POOL);
    const set = ["platform", "set", "study", file, "--minutes", "60", "--port", String(study.server.port)];
    pool = JSON.parse(await prepare([...set, "--json"], study.env)) as PlatformShown;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.clock.install();
    await page.goto(url);
    return page;
  };
  const clean = async (page: Page) => {
    expect(await axeFaults(page)).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  };
  const latestActiveMs = async () => {
    const database = openDatabase(study.env.DATABASE_URL);
    const latest = await database.read(({ db }) =>
      db.selectFrom("judgment").select("active_ms").orderBy("id", "desc").limit(1).executeTakeFirst(),
    );
    await database.close();
    return latest?.active_ms;
  };

  it.each(LOOKS)("is estimated, and a break is offered, taken and passed over: %s", async (_, options) => {
    const [link] = await study.invite(1);
    const page = await open(link!, options);
    const left = page.locator(".time-left");
    await left.waitFor(); // by the length of the texts
    const offer = page.getByText("Time for a short break?");
    for (let i = 0; i < EVERY; i++) {
      expect(await offer.count()).toBe(0);
      await chooseByClick(page);
    }
    await offer.waitFor();
    await left.getByText(/^about \d+ minutes? left$/).waitFor();
    await clean(page);
    await page.getByRole("button", { name: "Take a break" }).press("Enter");
    const resume = page.getByRole("button", { name: "Continue judging" });
    await resume.waitFor();
    await expect.poll(() => resume.evaluate((one) => one === document.activeElement)).toBe(true);
    await clean(page);
    await page.clock.fastForward("10:00");
    await page.keyboard.press("2"); // chooses nothing
    await resume.press("Enter");
    await resume.waitFor({ state: "detached" });
    expect(await offer.count()).toBe(0);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
    expect(await latestActiveMs()).toBeLessThan(60_000);
    for (let i = 0; i < EVERY - 2; i++) await chooseByClick(page);
    expect(await offer.count()).toBe(0);
    await chooseByClick(page); // ten are judged, and two are left: too late for a break
    await progressIs(page, PAIRS - 2, PAIRS);
    expect(await offer.count()).toBe(0);
    await page.context().close();
  });

  it("goes on without a break: the offer is gone with the next pair", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!);
    const offer = page.getByText("Time for a short break?");
    await page.locator(".time-left").waitFor();
    for (let i = 0; i < EVERY; i++) await chooseByClick(page);
    await offer.waitFor();
    await chooseByClick(page);
    await offer.waitFor({ state: "detached" });
    await page.context().close();
  });

  it("is told before the start and when it runs out, and is extended at a panel", async () => {
    const page = await open((pool.address ?? "").replace("%SURVEY_CODE%", "77"), LOOKS[1]![1]);
    await page.getByText("From your start you have 60 minutes for all of it.").waitFor();
    await page.getByText("gives you more time if you ask for it").waitFor();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByRole("link", { name: "Continue to the first pair" }).click();
    await page.locator(".time-left").waitFor();
    const notice = page.getByRole("region", { name: "Time limit" });
    expect(await notice.count()).toBe(0);
    await page.clock.fastForward("50:30");
    await notice.getByText("Less than 10 minutes are left of the time for University pool.").waitFor();
    await clean(page);
    await page.clock.fastForward("05:00");
    await notice.getByText("Less than 5 minutes are left").waitFor();
    await notice.getByRole("button", { name: "Give me more time" }).click();
    await notice.waitFor({ state: "detached" });
    await page.context().close();
  });
});
