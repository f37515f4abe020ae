import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RENDERER_VERSION } from "../../server/rendering/renderer-version.ts";
import { chooseByClick } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy } from "../support/browser-study.ts";
import { prepare } from "../support/in-process.ts";

const DEVICES: [BrowserContextOptions, layout: string, device: string][] = [
  [{ viewport: { width: 1280, height: 900 } }, "columns", "desktop"],
  [
    {
      viewport: { width: 390, height: 844 },
      screen: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    },
    "stacked",
    "phone",
  ],
];

let study: BrowserStudy;
let browser: Browser;
beforeAll(async () => {
  study = await browserStudy({ prompts: 8, judgments: 1, each: 2 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await study?.end();
});

it("with each judgment is exported how it was shown, and nothing else of the browser", async () => {
  for (const [options] of DEVICES) {
    const [link] = await study.invite(1);
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(link!);
    await chooseByClick(page);
    await page.getByText("✓ saved").waitFor();
  }
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "shown-")), "judgments.jsonl");
  await prepare(["export", "study", "--as", "jsonl", "--out", file], study.env);
  const rows = fs
    .readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { annotator?: string; metadata?: unknown; language?: string })
    .sort((a, b) => String(a.annotator).localeCompare(String(b.annotator)));
  const found = rows.map(({ metadata, language }) => ({ metadata, language }));
  const expected = DEVICES.map(([, layout, device]) => ({
    ...{ metadata: { layout, device, renderer: RENDERER_VERSION }, language: "en" },
  }));
  expect(found).toEqual(expected);
});
