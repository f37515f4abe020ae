import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatReport } from "../../server/report-document/write/index.ts";
import { buildFullReport } from "../../server/reports/report.ts";
import { axeFaults } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { testContext } from "../support/context.ts";
import { type GivenJudgment, StudyRows } from "../support/study-rows.ts";
import { LOOKS } from "../support/looks.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-report-html-"));
const file = path.join(folder, "report.html");
const SYSTEMS = ["LIMA", "a name that goes on and on and on until nobody remembers how it began", "模型 <b>"];

const JUDGMENTS: GivenJudgment[] = Array.from({ length: 12 }, (_, p) => p).flatMap((p) =>
  Array.from({ length: 30 }, (_, a) => a).flatMap((a) =>
    SYSTEMS.slice(1).map((right, s) => ({
      ...{
        prompt: `p${p}`,
        annotator: `annotator ${a}`,
        group: a === 0 ? "judge" : "crowd",
        left: "LIMA",
        right,
      },
      choice: (["left", "right", "tie"] as const)[(p * (a + 1) + s) % 3]!,
    })),
  ),
);

let browser: Browser;
beforeAll(async () => {
  const context = await testContext("sqlite");
  const groups = [
    { name: "crowd", kind: "crowd" as const },
    { name: "judge", kind: "model" as const },
  ];
  const pairs = { target: "LIMA", baselines: SYSTEMS.slice(1) };
  await new StudyRows(context, { name: "s", systems: SYSTEMS, groups, pairs }).judge(...JUDGMENTS).write();
  fs.writeFileSync(file, formatReport(await buildFullReport(context, { study: "s" }), "html"));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const open = async (options: BrowserContextOptions): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  expect(requests).toHaveLength(1);
  expect(complaints).toEqual([]);
  return page;
};

describe.each(LOOKS)("the report as one HTML file in %s", (_, options) => {
  it("fetches nothing, fits the page and gives axe nothing to find", async () => {
    const page = await open(options);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1]!);
    expect(await page.locator("figure svg:visible").count()).toBe(3);

    const forAxe = await (await browser.newContext({ ...options, bypassCSP: true })).newPage();
    await forAxe.goto(pathToFileURL(file).href);
    expect(await axeFaults(forAxe)).toEqual([]);
  });
});

describe("the report as one HTML file", () => {
  it("has a table beside each figure, and opens the rows that a page has no room for", async () => {
    const page = await open({ viewport: { width: 1280, height: 800 } });
    await page.getByRole("heading", { name: "Win, tie and loss", level: 2 }).waitFor();
    expect(await page.locator("#table-pairs-1 tbody tr").count()).toBe(SYSTEMS.length - 1);
    const rest = page.locator("#table-annotators-rest");
    expect(await rest.isVisible()).toBe(false);
    await page.locator("details:has(#table-annotators-rest) summary").click();
    expect(await rest.isVisible()).toBe(true);
    const rows = page.locator("#table-annotators tbody tr, #table-annotators-rest tbody tr");
    expect(await rows.count()).toBe(30);
  });

  it("is on paper black on white, its figures within the sheet", async () => {
    const page = await open({ colorScheme: "dark", viewport: { width: 680, height: 900 } });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const look = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      right: Math.max(
        ...[...document.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().right),
      ),
    }));
    expect(look.paper).toBe("rgb(255, 255, 255)");
    expect(look.right).toBeLessThanOrEqual(680);
  });
});
