import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BLOCK_NAMES, type FullReport } from "../../server/contract/report.ts";
import type { Part } from "../../server/report-document/document.ts";
import { documentOf } from "../../server/report-document/sections/index.ts";
import { scriptBytes } from "../../scripts/bench/page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { copyDemo } from "../support/demo.ts";
import { Hands } from "../support/hands.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { lettersOf, printedLetters } from "../support/printed-text.ts";
import { LOOKS } from "../support/looks.ts";

const WIDE = { width: 1280, height: 900 };

describe("the results page of the demo", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-results-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    await copyDemo(env.DATABASE_URL);
    server = await hostServer(env.DATABASE_URL);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const signedIn = async (options: BrowserContextOptions = { viewport: WIDE }): Promise<Page> => {
    const { url } = JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string };
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(url);
    await page.getByRole("heading", { name: "Studies" }).waitFor();
    return page;
  };
  const results = async (page: Page, search = "") => {
    await page.goto(`${server.origin}/results/demo${search}`);
    await page.getByRole("heading", { name: "Win, tie and loss" }).waitFor();
  };

  it.each(LOOKS)(
    "shows every block in %s, with nothing for axe to find and nothing cut",
    async (_, options) => {
      const page = await signedIn(options);
      await results(page);
      await allThere(page);
      // without blinding, which nobody audited, and with the study and what weakens it
      expect(await page.locator(".further").count()).toBe(BLOCK_NAMES.length + 1);
      expect(await page.locator(".failed").count()).toBe(0);
      expect(await axeFaults(page)).toEqual([]);
      for (const fold of await page.locator("main > section details").all())
        await fold.evaluate((one) => one.setAttribute("open", ""));
      expect(await axeFaults(page)).toEqual([]);
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond).toBeLessThanOrEqual(0);
    },
  );

  it("loads little before the figure: sections and writers of files come when they are wanted", () => {
    const { gzip } = scriptBytes("results.html");
    expect(gzip).toBeGreaterThan(10_000); // or none was found
    expect(gzip).toBeLessThan(36_000);
  });

  it("gives a figure as PDF and a table as LaTeX in four clicks from the study, and the methods to copy", async () => {
    const page = await signedIn();
    const hands = new Hands();
    await page.goto(`${server.origin}/dashboard/demo`);
    await hands.click(page.getByRole("link", { name: "Open the results", exact: true }));
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        hands.click(page.getByRole("button", { name, exact: true })),
      ]);
      const file = path.join(folder, download.suggestedFilename());
      await download.saveAs(file);
      return `${download.suggestedFilename()} ${fs.readFileSync(file, "latin1").slice(0, 30)}`;
    };
    await hands.click(page.getByText("For a paper", { exact: true }));
    expect(await saved("Download pairs as PDF")).toMatch(/^demo-pairs\.pdf %PDF-/);
    expect(await saved("Download pairs-1 as LaTeX")).toMatch(/^demo-pairs-1\.tex % \\usepackage\{booktabs\}/);
    expect(hands.count).toBeLessThanOrEqual(4);
    expect(await saved("Download Methods as BibTeX")).toMatch(/^demo-references\.bib @article\{/);
    await page.getByText("We compared plain with terse").waitFor();
    await page.getByLabel("one column").check();
    await page.getByRole("combobox", { name: "Figure" }).selectOption("ranking");
    expect(await saved("Download ranking as PNG")).toMatch(/^demo-ranking\.png .PNG/);
    expect(await axeFaults(page)).toEqual([]);
  });

  it("asks for the blocks in the order of the page, whether or not anybody scrolls", async () => {
    const page = await signedIn();
    const asked: string[] = [];
    page.on("request", (request) => {
      const part = new URL(request.url()).searchParams.get("part");
      if (part !== null && !asked.includes(part)) asked.push(part);
    });
    await results(page);
    await allThere(page);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect([...asked].sort()).toEqual(BLOCK_NAMES.filter((name) => name !== "blinding").sort());
    expect(asked.indexOf("ranking")).toBeLessThan(asked.indexOf("progress"));
  });

  it("is ten screens high at most, folded to findings, and leads to each section by a link that lasts", async () => {
    const page = await signedIn({ viewport: { width: 1280, height: 800 } });
    await results(page);
    await allThere(page);
    expect(await screensOf(page)).toBeLessThan(10);
    const contents = page.getByRole("navigation", { name: "On this page" });
    const fold = page.getByRole("region", { name: "Agreement", exact: true }).locator("details").first();
    expect(await fold.locator("> summary").textContent()).toMatch(
      /^AgreementOver all people, agreement is \./,
    );
    await contents.getByRole("link", { name: "Agreement", exact: true }).press("Enter");
    await expect.poll(() => fold.getAttribute("open")).not.toBeNull();
    expect(await contents.isVisible()).toBe(true);
    await expect
      .poll(() =>
        fold
          .locator("summary")
          .first()
          .evaluate((it) => it === document.activeElement),
      )
      .toBe(true);
    expect(page.url()).toMatch(/\/results\/demo#agreement$/);
    await page.reload();
    await expect.poll(() => fold.getAttribute("open")).not.toBeNull();
    await contents.locator("a[aria-current]", { hasText: /^Agreement$/ }).waitFor();
  });

  it("is no exception: no page of the demo is taller than ten screens", async () => {
    const page = await signedIn({ viewport: { width: 1280, height: 800 } });
    for (const [address, last] of [
      ["/dashboard", page.locator(".today")],
      ["/dashboard/demo", page.getByText("1 needs a look")],
      ["/account", page.getByRole("heading", { name: "Account", exact: true })],
      ["/results/demo?judgments&sort=people&everyone=yes", page.locator(".comparison").last()],
    ] as const) {
      await page.goto(server.origin + address);
      await last.waitFor();
      expect(await screensOf(page), address).toBeLessThan(10);
    }
  });

  it("prints every section with all that is folded, without a placeholder, though nobody scrolled", async () => {
    const { sections, verdicts } = documentOf(
      JSON.parse(await prepare(["report", "demo", "--format", "json"], env)) as FullReport,
    );
    const page = await signedIn();
    await results(page);
    await allThere(page);
    const printed = printedLetters(await page.pdf());
    expect(printed.includes(lettersOf("Loading these figures"))).toBe(false);
    const texts = sections.flatMap(({ title, finding, parts }) => [title, finding ?? "", ...wordsOf(parts)]);
    expect([...verdicts, ...texts].filter((text) => !printed.includes(lettersOf(text)))).toEqual([]);
    expect(await page.locator("details[open]").count()).toBe(0);
  });

  it.each([
    ["the last section", "**/report?part=ranking"],
    ["the code of the contents", "**/assets/contents-*.js"],
  ])("prints once everything is there, whoever presses the keys before %s has come", async (_, late) => {
    const page = await signedIn();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.route(late, async (route) => {
      await held;
      await route.continue();
    });
    await results(page);
    const printed = page.evaluate(
      () =>
        new Promise<object>((resolve) => {
          window.print = () => {
            dispatchEvent(new Event("beforeprint"));
            const count = (selector: string) => document.querySelectorAll(selector).length;
            resolve({ waiting: count(".further.waiting"), folded: count(".results details:not([open])") });
          };
        }),
    );
    await page.keyboard.press("Control+p");
    goOn();
    expect(await printed).toEqual({ waiting: 0, folded: 0 });
  });

  it("says when a block cannot be fetched, and fetches it when asked to try again", async () => {
    const page = await signedIn();
    await page.route("**/report?part=ranking", (route) => route.abort());
    await results(page);
    await page.getByRole("link", { name: "Ranking", exact: true }).click();
    const ranking = page.getByRole("region", { name: "Ranking", exact: true });
    await ranking.getByRole("status").getByText("could not be loaded").waitFor();
    await page.unroute("**/report?part=ranking");
    await ranking.getByRole("button", { name: "Try again" }).click();
    await ranking.locator("svg").waitFor();
    expect(await ranking.getByText("could not be loaded").count()).toBe(0);
  });

  it("gives the figure as SVG and PNG, and its numbers as CSV and LaTeX", async () => {
    const page = await signedIn();
    await results(page);
    await page.getByText("Every pair in words and numbers").click();
    const kept = async (name: string, label: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: `Download ${name} ${label}` }).click(),
      ]);
      const file = path.join(folder, download.suggestedFilename());
      await download.saveAs(file);
      return { name: download.suggestedFilename(), bytes: fs.readFileSync(file) };
    };
    const svg = await kept("pairs-figure", "SVG");
    expect([svg.name, svg.bytes.toString().includes("<title")]).toEqual(["demo-pairs-figure.svg", true]);
    const png = await kept("pairs-figure", "PNG");
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(png.bytes.readUInt32BE(16)).toBe(2 * 960);
    const csv = (await kept("pairs-1", "CSV")).bytes.toString();
    expect(csv).toMatch(/^against,prompts,judgments,win_percent,win_percent_count,win_percent_low,/);
    expect(csv).toMatch(/\nterse,34,150,44\.6\d+,67,/);
    expect((await kept("pairs-1", "LaTeX")).bytes.toString()).toContain("\\toprule");
  });

  it("keeps the group and the slice in the address", async () => {
    const page = await signedIn();
    await results(page);
    await page.getByRole("radio", { name: "authors" }).check();
    await page.getByRole("link", { name: "Slices", exact: true }).click();
    await page.getByLabel("Pair", { exact: true }).selectOption("plain against hedging");
    await page.reload();
    await page.getByRole("radio", { name: "authors", checked: true }).waitFor();
    await page.getByRole("link", { name: "Slices", exact: true }).click();
    expect(await page.getByLabel("Pair", { exact: true }).inputValue()).toBe("plain against hedging");
  });

  it("says of a kept report when it was kept and by which hash to know it", async () => {
    const page = await signedIn();
    const shared = await page.evaluate(async () => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ frozen: true });
      const reply = await fetch("/api/studies/demo/share", { method: "POST", headers, body });
      return (await reply.json()) as { url: string };
    });
    const visitor = await (await browser.newContext({ viewport: WIDE })).newPage();
    await visitor.goto(shared.url);
    await visitor.getByText(/^Frozen: .*\(snapshot 1\)/).waitFor();
    expect(await visitor.getByText("Updates by itself").count()).toBe(0);
    await allThere(visitor);
    expect(await visitor.locator(".failed").count()).toBe(0);
  });
});

const screensOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight / innerHeight);

/** Waits until each section is there. */
async function allThere(page: Page): Promise<void> {
  await page.locator(".further").first().waitFor();
  await expect.poll(() => page.locator(".further.waiting").count(), { timeout: 60_000 }).toBe(0);
}

/** What is written of parts in sentences; of choices nothing, as paper has the one that was made. */
const wordsOf = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) => {
    if (part.kind === "text" || part.kind === "guide" || part.kind === "heading") return [part.text];
    if (part.kind === "list") return part.items.map(({ text }) => text);
    return part.kind === "fold" ? [part.title, ...wordsOf(part.parts)] : [];
  });
