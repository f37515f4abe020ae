import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";

const LIGHT: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const DARK_PHONE: BrowserContextOptions = {
  ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" },
};
const PASSWORD = "correct horse battery";

describe("a team", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 4 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });

  const open = async (url: string, options: BrowserContextOptions): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };
  const clean = async (page: Page): Promise<void> => expect(await axeFaults(page)).toEqual([]);
  const linkMade = async (page: Page): Promise<string> =>
    (await page.locator("main [role=status] code").textContent()) ?? "";

  it("begins with the owner link, invites a coordinator, and each sees their part", async () => {
    const owner = await open(await study.ownerLink(), LIGHT);
    await owner.getByRole("link", { name: "Account" }).click();
    await owner.getByLabel("Name", { exact: true }).first().fill("Ada");
    await owner.getByLabel("E-mail address").fill("ada@example.org");
    await owner.getByLabel("New password").fill(PASSWORD);
    await owner.getByRole("button", { name: "Create my account" }).click();
    await owner.getByText("You are signed in as Ada").waitFor();
    await owner.getByText("Create token").first().click();
    await owner.locator("#members summary").click();
    await owner.getByRole("row", { name: "sign in" }).first().waitFor();
    await clean(owner);

    await owner.goto(`${study.server.origin}/dashboard/study#team`);
    await owner.locator("#team summary").first().click();
    await owner.locator("#team").getByText("Invite somebody").click();
    await owner.getByLabel("For whom").fill("Ben");
    await owner.getByLabel("Role", { exact: true }).selectOption("coordinator");
    await owner.getByRole("button", { name: "Create invitation" }).click();
    await owner.locator("#team [role=status] code").waitFor();
    await clean(owner);

    const ben = await open(await linkMade(owner), DARK_PHONE);
    await ben.getByText("You are invited to the study study as Coordinator").waitFor();
    await clean(ben);
    const link = await linkMade(owner);
    await ben.reload(); // the link is not in the address bar any more
    await ben.getByText("Open the link of your invitation again").waitFor();
    await ben.goto(link);
    await ben.getByLabel("E-mail address").fill("ben@example.org");
    await ben.getByLabel("New password").fill(PASSWORD);
    await ben.getByRole("button", { name: "Accept" }).click();
    await ben.getByRole("link", { name: "study", exact: true }).click();
    await ben.locator("#people h3").first().waitFor();
    expect(await ben.locator("main").textContent()).not.toMatch(/ours|theirs/);
    expect(await ben.locator("#results, #material, #protocol, #team").count()).toBe(0);

    await ben.goto(`${study.server.origin}/results/study`);
    await ben.getByText("Your role in this study does not include its results").waitFor();
    await ben.getByRole("link", { name: "Go to the dashboard" }).click();

    await ben.getByRole("link", { name: "Account" }).click();
    await ben.getByText("You are signed in as Ben").waitFor();
    expect(await ben.locator("#members, #audit").count()).toBe(0);
    await clean(ben);
    await ben.getByRole("button", { name: "Sign out" }).click();
    await ben.getByLabel("E-mail address").fill("ben@example.org");
    await ben.getByLabel("Password", { exact: true }).fill("not this one at all");
    await ben.getByLabel("Password", { exact: true }).press("Enter");
    await ben.getByRole("alert").getByText("do not belong together").waitFor();
    await clean(ben);
    await ben.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await ben.getByLabel("Password", { exact: true }).press("Enter");
    await ben.getByText("You are signed in as Ben").waitFor();
  });
});
