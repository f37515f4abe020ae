import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headingIs } from "../support/annotator-page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";
import { LOOKS } from "../support/looks.ts";

const GUIDELINES = "Read **both** answers.\n\n- help\n- truth\n\n`code` and $x^2$";
const SUM = Array.from({ length: 40 }, (_, i) => `a_{${i}}`).join("+");
const ANSWER = [
  "A [link](https://example.org), a table:\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```js\nconst x = 1;\n```",
  `It is $x^2$, or $${SUM}$, or $$${SUM}$$ at last.\n\n- so $${SUM}$`,
].join("\n\n");

let study: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  const texts = (i: number): [string, string, string] => [`Question ${i}?`, ANSWER, `Second answer to ${i}.`];
  study = await browserStudy({ prompts: 12, guidelines: GUIDELINES, texts });
  await prepare(["study", "create", "draft", "--target", "ours", "--baseline", "theirs"], study.env);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

describe.each(LOOKS)("axe in %s", (_look, options) => {
  const open = async (url: string): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    return page;
  };

  it("finds nothing in texts of every kind, on the annotator's page", async () => {
    const [link] = await study.invite(1);
    const page = await open(link!);
    await page.locator(".choice.tie").waitFor();
    await expectClean(page, "judging");
    await expectBarInReach(page);
    await page.getByRole("button", { name: "Guidelines" }).click();
    await page.locator("#panel-guidelines").waitFor();
    await expectClean(page, "guidelines open");
    await page.context().close();
  });

  it("finds nothing on the desk and the results page", async () => {
    const page = await open(await study.ownerLink());
    await headingIs(page, "Studies");
    await page.getByRole("link", { name: "study", exact: true }).waitFor();
    await expectClean(page, "the list of studies");
    await page.getByRole("link", { name: "study", exact: true }).click();
    await page.getByRole("heading", { name: "Material" }).waitFor();
    await page.getByRole("button", { name: "Create links" }).click();
    await page.getByText("Copy these now").waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByText("Close this study?").waitFor();
    await expectClean(page, "one study");
    await page.goto(`${study.server.origin}/dashboard/draft`);
    await page.getByRole("heading", { name: "Files" }).waitFor();
    await expectClean(page, "a draft");
    await page.goto(`${study.server.origin}/results/study`);
    await page.locator("#study-heading").waitFor();
    await expectClean(page, "results");
    await page.context().clearCookies();
    await page.goto(`${study.server.origin}/dashboard`);
    await headingIs(page, "Sign in");
    await expectClean(page, "signing in");
    await page.context().close();
  });
});

describe("axe", () => {
  it.each(LOOKS)("finds a text that is too pale, in %s", async (_look, options) => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(`${study.server.origin}/judge`);
    await headingIs(page, "Open this page with your own link");
    await page.evaluate(() => document.querySelector("h1")?.style.setProperty("color", "#888a"));
    expect(await axeFaults(page)).toEqual([expect.stringContaining("color-contrast")]);
    await page.context().close();
  });

  const DARK = "<p>A text</p>".repeat(4);
  const PALE = '<p style="color: #ccc">A text</p>';
  it.each([
    ["of its own colour", DARK + PALE],
    ["on another ground", `${DARK}<p style="background: #555">A text</p>`],
    ["that is faded", `${DARK}<p style="opacity: .3">A text</p>`],
    ["after hidden ones", PALE.replace("<p", "<p hidden").repeat(3) + PALE],
    ["after single characters", PALE.replace("A text", "–").repeat(3) + PALE],
    ["after what is off", "<button disabled>A text</button>".repeat(3) + "<button>A text</button>"],
  ])("finds a pale text among many that look alike: %s", async (_which, body) => {
    const page = await (await browser.newContext()).newPage();
    const style = "<style>p, div { color: #000 } button { color: #bbb; background: #fff }</style>";
    await page.setContent(
      `<html lang="en"><title>t</title>${style}<main><h1>A title</h1>${body}</main></html>`,
    );
    expect((await axeFaults(page)).join()).toContain("color-contrast");
  });
});

/** Where a text were wider than the page, a phone would lay the page out larger than its screen. */
async function expectBarInReach(page: Page): Promise<void> {
  const bar = await page.locator(".choice-bar").boundingBox();
  expect((bar?.y ?? Infinity) + (bar?.height ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0);
  const sizes = await page.evaluate(() => [document.documentElement.scrollWidth, visualViewport?.width]);
  expect(sizes[0]).toBeLessThanOrEqual(sizes[1] ?? 0);
}

const expectClean = async (page: Page, what: string): Promise<void> =>
  expect(await axeFaults(page), what).toEqual([]);
