import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { copyDemo } from "../support/demo.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { LOOKS } from "../support/looks.ts";

const WIDE = { width: 1280, height: 900 };
const SCRIPT = "<script>window.hit = 1</script> because of <b>this</b>";
const LONG = `الأولى أوضح.\n${"The first names what can be done today. ".repeat(60)}\nThe last words.`;

describe("the judgments behind a figure", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-judgments-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    const reason = {
      prompt_id: "friend-owes-money",
      left_system: "plain",
      right_system: "terse",
      choice: "left",
    };
    const row = { ...reason, annotator: "reasoner", group: "authors:author", rationale: SCRIPT };
    const file = path.join(folder, "reason.jsonl");
    const other = { ...reason, left_system: "terse", right_system: "plain", choice: "right" };
    const orders = [reason, other].map((order) => ({
      ...{ ...order, annotator: "a-model", group: "models:model", rationale: LONG },
    }));
    fs.writeFileSync(file, [row, ...orders].map((one) => `${JSON.stringify(one)}\n`).join(""));
    await prepare(["load", "demo", file], env);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Signed in once: signing in again and again within a minute is refused. */
  let kept: Awaited<ReturnType<BrowserContext["storageState"]>> | undefined;
  const signedIn = async (options: BrowserContextOptions = { viewport: WIDE }): Promise<Page> => {
    const context = await browser.newContext({ ...options, storageState: kept });
    const page = await context.newPage();
    if (kept !== undefined) return page;
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    kept = await context.storageState();
    return page;
  };
  const results = async (page: Page, search = "") => {
    await page.goto(`${server.origin}/results/demo${search}`);
    await page.getByText("Every pair in words and numbers").click();
  };
  const judgments = (page: Page) =>
    page.getByRole("heading", { name: "Reading room", exact: true }).waitFor();
  /** Of all rules; but the levels of headings inside a text are those that its system wrote. */
  const faults = async (page: Page) => {
    const all = await axeFaults(page, (axe) => axe.disableRules("heading-order"));
    return [...all, ...(await axeFaults(page, (axe) => axe.withRules("heading-order").exclude(".prose")))];
  };

  it.each(LOOKS)("are a link away from every number, in %s, and so is the way back", async (_, options) => {
    const page = await signedIn(options);
    await results(page);
    const losses = page
      .locator("table.numbers")
      .first()
      .locator("tbody tr")
      .first()
      .locator("td .count a")
      .last();
    const count = Number((await losses.textContent())!.replace(/\D/g, ""));
    expect(count).toBeGreaterThan(0);
    await losses.scrollIntoViewIfNeeded();
    const topOf = () => losses.evaluate((link) => link.getBoundingClientRect().top);
    const top = await topOf();
    await losses.click();
    await judgments(page);
    expect(await page.title()).toContain("reading room");
    await page.locator(".comparison").first().waitFor();
    expect(await page.locator(".look li").allTextContents()).toEqual([
      "plain against terse×",
      "\u2068plain\u2069 lost×",
      "all people",
    ]);
    expect(await faults(page)).toEqual([]);
    const more = page.getByRole("button", { name: "Show more" });
    const arrived = page.getByText(/^\d+ comparisons? shown$/);
    for (await arrived.waitFor(); (await more.count()) > 0; await arrived.waitFor()) await more.click();
    expect(await page.locator(".verdict.loss").count()).toBe(count);
    expect(await page.locator(".comparison .prose").count()).toBeGreaterThan(3);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Back to the results" }).click();
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    await expect.poll(async () => Math.abs((await topOf()) - top)).toBeLessThan(4); // also where more came above it meanwhile
    await expect.poll(() => losses.evaluate((link) => link === document.activeElement)).toBe(true);
    expect(page.url()).toBe(`${server.origin}/results/demo`);
    await page.context().close();
  });

  it("stand in the address, which brings them back, and so does the browser's own way back", async () => {
    const page = await signedIn();
    await results(page, "?people");
    await page.getByRole("link", { name: "Read the judgments against terse", exact: true }).click();
    await judgments(page);
    const address = page.url();
    expect(address).toContain("people");
    await page.reload();
    await judgments(page);
    await page.locator(".comparison").first().waitFor();
    await page.getByRole("link", { name: "Remove: plain against terse" }).click();
    await page.locator(".look").getByText("all comparisons").waitFor();
    await page.goBack();
    await page.locator(".look").getByText("plain against terse").waitFor();
    expect(page.url()).toBe(address);
    await page.getByRole("button", { name: "Back to the results" }).click();
    await page.getByRole("radio", { name: "All people" }).waitFor();
    expect(await page.getByRole("radio", { name: "All people" }).isChecked()).toBe(true);
  });

  it("of one annotator say what was chosen, on which side, and why, as text", async () => {
    const page = await signedIn();
    await results(page);
    await page.getByRole("link", { name: "Annotators", exact: true }).click();
    await page.getByRole("link", { name: "reasoner (authors)", exact: true }).first().click();
    await page.getByText(SCRIPT).waitFor();
    expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBeUndefined();
    const judgment = page.locator(".judgment").filter({ hasText: "reasoner" });
    expect(await judgment.locator(".verdict").textContent()).toBe("prefers plain");
    expect(await judgment.locator(".how").textContent()).toContain("plain on the left");
    await page.getByRole("link", { name: "friend-owes-money", exact: true }).click();
    await page.locator(".look").getByText("prompt friend-owes-money").waitFor();
    await page.locator(".comparison").nth(1).waitFor();
  });

  it("of a model against the people's say what it chose in each order, and fold long reasons", async () => {
    const page = await signedIn();
    await results(page);
    await page.getByRole("link", { name: "Models as annotators", exact: true }).click();
    await page.locator("#choice-model").selectOption("a-model");
    await page.locator("summary").filter({ hasText: "opposite" }).click();
    await page.locator("details[open]").getByRole("link", { name: "friend-owes-money" }).click();
    const model = page.locator(".judgment").filter({ hasText: "a-model" });
    await model.waitFor();
    expect(await page.locator(".judgment").count()).toBeGreaterThan(1);
    expect(await model.locator(".verdict").textContent()).toBe("prefers plain");
    expect(await model.locator(".how").textContent()).toContain(
      "judged in both orders: plain, with the sides swapped plain",
    );
    const height = () => model.locator("blockquote").evaluate((said) => said.parentElement!.clientHeight);
    const folded = await height();
    await model.getByRole("button", { name: "Show all" }).click();
    expect(await height()).toBeGreaterThan(folded);
    const sides = await model.locator("blockquote").evaluate((said) => {
      const text = said.firstChild!;
      const line = (of: string) => {
        const range = document.createRange();
        const start = text.textContent!.indexOf(of);
        range.setStart(text, start);
        range.setEnd(text, start + of.length);
        return range.getBoundingClientRect();
      };
      const { left, right } = said.getBoundingClientRect();
      const middle = (left + right) / 2;
      return [line("الأولى أوضح.").left > middle, line("The last words.").right < middle];
    });
    expect(sides).toEqual([true, true]);
  });

  it("can be reached with the keyboard alone", async () => {
    const page = await signedIn();
    await results(page);
    await page.getByRole("link", { name: "Read the judgments against terse", exact: true }).focus();
    await page.keyboard.press("Enter");
    await judgments(page);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Read the judgments");
  });

  it("go on where the next ones begin, and from an address the way back leads to the title", async () => {
    const page = await signedIn();
    await page.goto(`${server.origin}/results/demo?judgments`);
    await page.getByText("8 comparisons shown").waitFor();
    await page.route("**/judged?*", (route) => route.abort());
    await page.getByRole("button", { name: "Show more" }).focus();
    await page.keyboard.press("Enter");
    const again = page.getByRole("button", { name: "Try again" });
    await again.waitFor();
    await expect.poll(() => again.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.unroute("**/judged?*");
    await page.keyboard.press("Enter");
    await page.getByText("16 comparisons shown").waitFor();
    const first = page.locator(".comparison").nth(8).getByRole("heading", { level: 2 });
    await expect.poll(() => first.evaluate((heading) => heading === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: "Back to the results" }).click();
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    expect(page.url()).toBe(`${server.origin}/results/demo`);
  });

  it("of somebody asked for are marked among the others, and of a system against any other every filter is said", async () => {
    const page = await signedIn();
    await page.goto(`${server.origin}/results/demo?judgments&annotator=crowd-3&by=crowd`);
    const judgments = page.locator(".comparison").first().locator(".said > li");
    await judgments.nth(1).waitFor();
    expect(await judgments.and(page.locator("[aria-current]")).locator(".who a").allTextContents()).toEqual([
      "crowd-3",
    ]);
    expect(await faults(page)).toEqual([]);
    await page.goto(`${server.origin}/results/demo?judgments&system=plain&outcome=loss`);
    await page.locator(".comparison").first().waitFor();
    const looks = await page.locator(".look li").allTextContents();
    expect(looks[0]).toBe("plain against any other×");
    expect(looks[1]).toContain("plain\u2069");
    expect(looks.slice(2)).toEqual(["all people"]);
  });

  it("open from a live share link, and are no part of results that were kept", async () => {
    const owner = await signedIn();
    const share = async (frozen: boolean) => {
      const reply = await owner.request.post(`${server.origin}/api/studies/demo/share`, {
        headers: { origin: server.origin },
        data: { frozen },
      });
      expect(reply.ok(), await reply.text()).toBe(true);
      return ((await reply.json()) as { url: string }).url;
    };
    const page = await (await browser.newContext({ viewport: WIDE })).newPage();
    await page.goto(await share(false));
    await page.getByText("Every pair in words and numbers").click();
    await page.getByRole("link", { name: "Read the judgments against terse", exact: true }).click();
    await page.locator(".comparison").first().waitFor();
    await page.reload();
    await page.locator(".comparison").first().waitFor();
    const kept = await share(true);
    await page.goto(kept);
    await page.reload();
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
    expect(await page.getByRole("link", { name: /Read the judgments/ }).count()).toBe(0);
    await page.goto(kept.replace("#", "?judgments&system=plain&against=terse#"));
    await page.getByText("does not include the judgments behind them").waitFor();
  });

  it("say that nothing meets a filter, and that nobody answers, and try again", async () => {
    const page = await signedIn();
    await page.goto(`${server.origin}/results/demo?judgments&prompt=no-such-prompt`);
    await page.getByText("No judgments match.").waitFor();
    await page.route("**/judged?*", (route) => route.abort());
    await page.goto(`${server.origin}/results/demo?judgments&prompt=friend-owes-money`);
    await page.getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/judged?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".comparison").first().waitFor();
  });
});
