import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { tiebreakOk } from "../support/server.ts";

const LOOKS: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark", { colorScheme: "dark", viewport: { width: 1280, height: 800 } }],
  [
    "a phone",
    { colorScheme: "light", viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  ],
];

describe.each(LOOKS)("axe in %s", (_look, options) => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6, each: 2 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const open = async (url: string): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const expectClean = async (page: Page, what: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map((one) => `${what}: ${one.id} ${one.nodes[0]?.html}`),
      what,
    ).toEqual([]);
  };

  it("finds nothing on the annotator's page, while judging and when done", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!);
    await page.getByText("0 of 2", { exact: true }).waitFor();
    await page.locator(".choice.tie").waitFor();
    await expectClean(page, "judging");
    for (let i = 0; i < 2; i++) {
      await page.getByText(`${i} of 2`, { exact: true }).waitFor();
      await page.locator(".choice.tie:not([aria-disabled=true])").click();
    }
    await page.getByRole("heading", { name: "That was all. Thank you" }).waitFor();
    await expectClean(page, "done");
  });

  it("finds nothing on the desk and the results page", async () => {
    const { url } = JSON.parse(await tiebreakOk(["owner-link", "--json"], study.env)) as { url: string };
    const page = await open(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    await expectClean(page, "the list of studies");
    await page.getByRole("link", { name: "study" }).first().click();
    await page.getByRole("heading", { name: "Material" }).waitFor();
    await expectClean(page, "one study");
    await page.goto(`${study.server.origin}/results/study`);
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    await expectClean(page, "results");
  });
});
