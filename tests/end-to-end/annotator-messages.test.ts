import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, headingIs, pageKept } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const PAIRS = 2;
const LOOKS: [string, BrowserContextOptions][] = [
  ["light and wide", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["dark on a phone", { colorScheme: "dark", viewport: { width: 390, height: 844 } }],
];

describe("messages and the last question", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: PAIRS, judgments: 10, flags: ["--messages", "--guess"] });
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
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    return page;
  };
  const messages = (page: Page) => page.getByRole("button", { name: /^Messages/ });
  const written = async () =>
    JSON.parse(await prepare(["messages", "study", "--json"], study.env)) as {
      messages: { annotator: string; text: string }[];
      guesses: { couldTell: string; text: string | null }[];
    };
  const expectClean = async (page: Page) => {
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  };

  it.each(LOOKS)("go to the owner and come back with a sign: %s", async (look, options) => {
    const page = await opened(options);
    const asked = `What is 1 a n b 3? ${look}`;
    await messages(page).click();
    await page.getByRole("textbox", { name: "Your message" }).fill(asked);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".messages li.mine").getByText(asked).waitFor();
    await expectClean(page);
    expect(await page.locator(".choice.left").getAttribute("aria-disabled")).toBe("true");
    await page.keyboard.press("Escape");
    const { annotator } = (await written()).messages.find(({ text }) => text === asked)!;

    const owner = await (await browser.newContext(options)).newPage();
    await owner.goto(await study.ownerLink());
    await owner.getByRole("link", { name: "study", exact: true }).click();
    const answer = owner.getByRole("textbox", { name: `Your answer to ${annotator}`, exact: true });
    await answer.fill("It is a number.");
    await expectClean(owner);
    const thread = answer.locator("xpath=../..");
    await thread.getByRole("button", { name: "Send the answer" }).click();
    await thread.locator("li.mine").getByText("It is a number.").waitFor();
    await owner.context().close();
    await prepare(["messages", "reply", "study", "--to", annotator, "And a letter."], study.env);

    await chooseByClick(page);
    await messages(page).getByText("2 new").waitFor();
    await messages(page).click();
    await page.locator(".messages").getByText("And a letter.").waitFor();
    await page.keyboard.press("Escape");
    await messages(page).getByText("new").waitFor({ state: "detached" });
    await page.context().close();
  });

  it("says so where there is no network, and keeps what was written", async () => {
    const page = await opened();
    await page.getByText("✓ saved").waitFor();
    await messages(page).click();
    await pageKept(page);
    await page.context().setOffline(true);
    const field = page.getByRole("textbox", { name: "Your message" });
    await field.fill("Hello?");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("the message was not sent").waitFor();
    await page.reload();
    await messages(page).click();
    expect(await field.inputValue()).toBe("Hello?");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".messages li.mine").getByText("Hello?").waitFor();
    await page.reload();
    await messages(page).click();
    expect(await field.inputValue()).toBe("");
    await page.context().close();
  });

  it.each(LOOKS)("asks at the end whether they could tell, once: %s", async (look, options) => {
    const page = await opened(options);
    for (let i = 0; i < PAIRS; i++) await chooseByClick(page);
    await headingIs(page, "All done. Thank you");
    await page.getByLabel("Sometimes").check();
    await page.getByRole("textbox").fill(`A was longer ${look}`);
    await expectClean(page);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".guess").waitFor({ state: "detached" });
    expect((await written()).guesses).toContainEqual(
      expect.objectContaining({ couldTell: "some", text: `A was longer ${look}` }),
    );
    await page.reload();
    await page.getByText("Everything is saved.").waitFor();
    expect(await page.locator(".guess").count()).toBe(0);
    await page.context().close();
  });

  it("does not ask again who declined to answer, on any device", async () => {
    const page = await opened();
    for (let i = 0; i < PAIRS; i++) await chooseByClick(page);
    const declined = page.waitForResponse((reply) => reply.url().endsWith("/api/judge/guess"));
    await page.getByRole("button", { name: "Do not answer" }).click();
    await page.locator(".guess").waitFor({ state: "detached" });
    await declined;
    const other = await (await browser.newContext()).newPage();
    await other.goto(page.url());
    for (const one of [page, other]) {
      await one.reload();
      await one.getByText("Everything is saved.").waitFor();
      expect(await one.locator(".guess").count()).toBe(0);
      await one.context().close();
    }
  });
});
