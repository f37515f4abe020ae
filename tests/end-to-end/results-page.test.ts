import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BLOCK_NAMES } from "../../server/contract/report.ts";
import { scriptBytes } from "../../scripts/bench/page.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { hostServer } from "../support/hosted-server.ts";
import { prepare } from "../support/in-process.ts";
import type { RunningServer } from "../support/server.ts";
import { LOOKS } from "../support/looks.ts";

const WIDE = { width: 1280, height: 900 };

describe("the results page of the demo", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-results-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    await prepare(["demo", "simulated"], env);
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
      await readAll(page);
      expect(await page.locator(".further").count()).toBe(BLOCK_NAMES.length - 1);
      expect(await page.locator(".failed").count()).toBe(0);
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

  it("gives a figure as PDF and a table as LaTeX in three clicks, and the methods to copy", async () => {
    const page = await signedIn();
    await results(page);
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      const file = path.join(folder, download.suggestedFilename());
      await download.saveAs(file);
      return `${download.suggestedFilename()} ${fs.readFileSync(file, "latin1").slice(0, 30)}`;
    };
    await page.getByText("For a paper", { exact: true }).click();
    expect(await saved("Download pairs as PDF")).toMatch(/^demo-pairs\.pdf %PDF-/);
    expect(await saved("Download pairs-1 as LaTeX")).toMatch(/^demo-pairs-1\.tex % \\usepackage\{booktabs\}/);
    expect(await saved("Download Methods as BibTeX")).toMatch(/^demo-references\.bib @article\{/);
    await page.getByText("We compared plain with terse").waitFor();
    await page.getByLabel("one column").check();
    await page.getByRole("combobox", { name: "Figure" }).selectOption("ranking");
    expect(await saved("Download ranking as PNG")).toMatch(/^demo-ranking\.png .PNG/);
    expect(await axeFaults(page)).toEqual([]);
  });

  it("asks for a block once somebody comes near it, and not before", async () => {
    const page = await signedIn();
    const asked: string[] = [];
    page.on("request", (request) => {
      const part = new URL(request.url()).searchParams.get("part");
      if (part !== null) asked.push(part);
    });
    await results(page);
    expect(asked).not.toContain("exclusions");
    await page.getByRole("button", { name: "Exclusions", exact: true }).click();
    await expect.poll(() => asked).toContain("exclusions");
    await page.getByRole("region", { name: "Exclusions" }).getByText("No annotator is excluded.").waitFor();
  });

  it("says when a block cannot be fetched, and fetches it when asked to try again", async () => {
    const page = await signedIn();
    await page.route("**/report?part=ranking", (route) => route.abort());
    await results(page);
    await page.getByRole("button", { name: "Ranking", exact: true }).click();
    const ranking = page.getByRole("region", { name: "Ranking", exact: true });
    await ranking.getByText("could not be loaded").waitFor();
    await page.unroute("**/report?part=ranking");
    await ranking.getByRole("button", { name: "Try again" }).click();
    await ranking.locator("svg").waitFor();
    expect(await ranking.getByText("could not be loaded").count()).toBe(0);
  });

  it("gives the figure as SVG and PNG, and its numbers as CSV and LaTeX", async () => {
    const page = await signedIn();
    await results(page);
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
    await page.getByRole("button", { name: "Slices", exact: true }).click();
    await page.getByLabel("Pair", { exact: true }).selectOption("plain against hedging");
    await page.reload();
    await page.getByRole("radio", { name: "authors", checked: true }).waitFor();
    await page.getByRole("button", { name: "Slices", exact: true }).click();
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
    await readAll(visitor);
    expect(await visitor.locator(".failed").count()).toBe(0);
  });
});

/** Goes from block to block until each is there. */
async function readAll(page: Page): Promise<void> {
  await page.locator(".further").first().waitFor();
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const waiting = document.querySelectorAll(".further.waiting");
          waiting[0]?.scrollIntoView();
          return waiting.length;
        }),
      { timeout: 60_000 },
    )
    .toBe(0);
}
