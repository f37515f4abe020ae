import fs from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { pairChanged, shownPair } from "../../tests/support/annotator-page.ts";
import { startBrowser } from "../../tests/support/browser-server.ts";
import { type BrowserStudy, browserStudy } from "../../tests/support/browser-study.ts";
import { tiebreakOk } from "../../tests/support/server.ts";
import { guanaco, QUESTIONS } from "../../tests/support/vicuna.ts";
import { type Line, median } from "./measure.ts";

interface Texts {
  readonly prompt: string;
  readonly left: string;
  readonly right: string;
}

const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  "desktop, 1280 × 800": { viewport: { width: 1280, height: 800 } },
  "phone, 390 × 844": { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/**
 * How far a page is scrolled for one judgment, in CSS pixels: from its top until the ends of both answers have been above the
 * choices. The answers of guanaco-65b and guanaco-13b to the 80 questions of Vicuna, or the pairs of a file: one object per
 * line, with `prompt`, `left` and `right`.
 */
export async function scrollingBench(file: string | undefined): Promise<Line[]> {
  const pairs = file === undefined ? ofFixtures() : linesOf<Texts>(file);
  const texts = (i: number): [string, string, string] => [pairs[i]!.prompt, pairs[i]!.left, pairs[i]!.right];
  const study = await browserStudy({ prompts: pairs.length, judgments: 2, texts }, undefined, tiebreakOk);
  const server = await startBrowser();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const lines: Line[] = [];
    for (const [screen, options] of Object.entries(SCREENS)) {
      const scrolled = await scrolledBy(browser, study, { options, pairs: pairs.length });
      const reach = screen.startsWith("phone") ? "< 2,559 px" : "< 541 px";
      const measured = `${median(scrolled).toFixed(0)} px (median), ${Math.max(...scrolled).toFixed(0)} px (most)`;
      const what = `scrolling per judgment, ${pairs.length} pairs, ${screen}`;
      lines.push({ what, measured, limit: "–", ratio: "–", reach });
    }
    return lines;
  } finally {
    await browser.close();
    await server.close();
    await study.end();
  }
}

async function scrolledBy(
  browser: Browser,
  study: BrowserStudy,
  { options, pairs }: { options: BrowserContextOptions; pairs: number },
): Promise<number[]> {
  const page = await (await browser.newContext(options)).newPage();
  const [link] = await study.invite(1);
  await page.goto(link!);
  const scrolled: number[] = [];
  for (let i = 0; i < pairs; i++) {
    await page.locator(".pair-screen .turn.last").waitFor();
    scrolled.push(await distance(page));
    const before = await shownPair(page);
    for (const side of ["left", "right"])
      await page.locator(`[data-judged=${side}]`).evaluate((answer) => answer.scrollIntoView());
    await page.locator(".choice.tie[aria-disabled=false]").waitFor();
    await page.keyboard.press("2");
    await pairChanged(page, before);
  }
  await page.context().close();
  return scrolled;
}

/** From the top of the page until the end of the text of both answers is above the choices. */
const distance = (page: Page): Promise<number> =>
  page.evaluate(() => {
    window.scrollTo({ top: 0, behavior: "instant" });
    const bar = document.querySelector(".choice-bar")!.getBoundingClientRect().top;
    const ends = [...document.querySelectorAll("[data-judged] .prose")].map(
      (text) => text.getBoundingClientRect().bottom,
    );
    return Math.max(0, ...ends.map((end) => end - bar));
  });

const linesOf = <Row>(file: string): Row[] =>
  fs
    .readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);

function ofFixtures(): Texts[] {
  const outputs = (size: "13b" | "65b") =>
    new Map(
      linesOf<{ question_id: number; generation_truncated: string }>(guanaco(size)).map((row) => [
        row.question_id,
        row.generation_truncated,
      ]),
    );
  const [large, small] = [outputs("65b"), outputs("13b")];
  return linesOf<{ question_id: number; text: string }>(QUESTIONS).map(({ question_id: id, text }) => ({
    prompt: text,
    left: large.get(id) ?? "",
    right: small.get(id) ?? "",
  }));
}
