import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick, headingIs, progressIs } from "../support/annotator-page.ts";
import { expectClean } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { keep, PHONE } from "../support/pictures.ts";

const RULES = `
rules:
  - { signal: straight, threshold: 3, after: 3, then: warn }
  - { signal: straight, threshold: 5, after: 5, then: end, cap: 5 }
`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const open = async (url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(url);
  return page;
};

describe("rules about how people work, in the browser", () => {
  let study: BrowserStudy;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 16, rules: RULES });
  });
  afterAll(() => study?.end());

  it.each([
    ["on a desktop", {}],
    ["on a phone", PHONE],
  ])("warn once, pause, let the annotator answer and the owner decide (%s)", async (_, options) => {
    const [link] = await study.invite(1);
    const page = await open(link!, options);
    for (let n = 0; n < 3; n++) await chooseByClick(page, "left");
    const warning = page.getByRole("region", { name: "A note on the last pairs" });
    await warning.waitFor();
    await expectClean(page);
    await keep(page, "warning");
    const noted = page.waitForResponse("**/api/judge/warning");
    await warning.getByRole("button", { name: "Understood" }).click();
    await warning.waitFor({ state: "detached" });
    await noted;
    await progressIs(page, 3, 16);
    await page.reload();
    await chooseByClick(page, "left");
    expect(await warning.count()).toBe(0);
    await chooseByClick(page, "left");
    await headingIs(page, "A short pause");
    await page.getByLabel("Your message").fill("I read each of them.");
    await expectClean(page);
    await keep(page, "review");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Sent. You can write again").waitFor();

    const desk = await open(await study.ownerLink(), options);
    await desk.getByRole("link", { name: "study" }).first().click();
    const review = desk.getByRole("group", { name: /Decision about annotator-/ });
    await review.getByText("I read each of them.").waitFor();
    await review.getByText("The rule proposes to end their part.").waitFor();
    await desk.locator("#quality").scrollIntoViewIfNeeded();
    await expectClean(desk);
    await keep(desk, "dashboard-review");
    await review.getByRole("button", { name: "End their part" }).click();
    await review.getByLabel("Reason, kept with the decision").fill("the same choice throughout");
    await expectClean(desk);
    await keep(desk, "dashboard-end");
    await review.getByRole("button", { name: "End it now" }).click();
    await desk.getByRole("button", { name: "Undo: let them go on" }).waitFor();
    await expectClean(desk);

    await page.getByRole("button", { name: "Check now" }).click();
    await headingIs(page, "Your part in this study is over");
    await page.getByText("If you think that this is a mistake").waitFor();
    await expectClean(page);
    await keep(page, "ended");
    await page.getByLabel("Your message").fill("Please look again.");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Sent. You can write again").waitFor();
    await desk.reload();
    await desk.getByText("Please look again.").first().waitFor();
    await keep(desk, "dashboard-decided");
    await desk.getByRole("button", { name: "Undo: let them go on" }).click();
    await desk.getByText("Nobody is waiting for a decision.").waitFor();
    await page.reload();
    await progressIs(page, 5, 16);
    await chooseByClick(page, "tie");
    await progressIs(page, 6, 16);
  });
});

describe("a least time before the choices wake", () => {
  let study: BrowserStudy;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 4, rules: "minimumTime: { seconds: 6 }" });
  });
  afterAll(() => study?.end());

  it("lets no key and no click choose before, and says so quietly", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!);
    await page.getByText("You can choose in a moment.").waitFor();
    // pressed while the page itself still says that it is too early, however slow the machine is
    await page.evaluate(() => {
      if (!document.querySelector("#asleep")?.textContent) return;
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
      document.querySelector<HTMLButtonElement>(".choice.right")?.click();
    });
    await progressIs(page, 0, 4);
    await expectClean(page);
    await keep(page, "minimum-time");
    await chooseByClick(page, "left");
    await progressIs(page, 1, 4);
    await page.getByText("✓ saved").waitFor();
  });
});

describe("signs of a chatbot", () => {
  let study: BrowserStudy;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 4, rules: "signs: true" });
  });
  afterAll(() => study?.end());

  it("are asked about first, noted of who agrees, and shown to the owner", async () => {
    const [link, other] = await study.invite(2);
    const page = await open(link!);
    const question = page.getByRole("region", { name: "One more question" });
    await question.waitFor();
    await expectClean(page);
    await keep(page, "signs-question");
    await question.getByRole("button", { name: "Yes, note it" }).click();
    await question.waitFor({ state: "detached" });
    await page.locator(".choice.left:not([aria-disabled=true])").waitFor();
    await page.evaluate(() => {
      document.dispatchEvent(new Event("visibilitychange")); // somebody comes back
      document.querySelector(".pair-screen .label")?.dispatchEvent(new Event("copy", { bubbles: true }));
    });
    await chooseByClick(page, "left");
    await chooseByClick(page, "right");
    await page.getByText("✓ saved").waitFor();
    await page.reload();
    await progressIs(page, 2, 4);
    expect(await question.count()).toBe(0);
    const no = await open(other!, PHONE);
    await no.getByRole("button", { name: "No", exact: true }).click();
    await no.getByRole("region", { name: "One more question" }).waitFor({ state: "detached" });
    await chooseByClick(no, "left");

    const desk = await open(await study.ownerLink());
    await desk.getByRole("link", { name: "study" }).first().click();
    await desk.getByText("Signs of a chatbot", { exact: true }).click();
    const signs = desk.getByRole("region", { name: "Signs of a chatbot" });
    await signs.getByText("at 1 of 2 pairs").first().waitFor();
    expect(await signs.getByRole("row").count()).toBe(2); // the heading, and who agreed
    await expectClean(desk);
    await keep(desk, "dashboard-signs");
  });
});
