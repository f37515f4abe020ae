import { type Browser, chromium, type Page } from "playwright-core";
import { startBrowser } from "../../tests/support/browser-server.ts";
import { type BrowserStudy, browserStudy } from "../../tests/support/browser-study.ts";
import { tiebreakOk } from "../../tests/support/server.ts";
import { type Line, median, quantile } from "./measure.ts";

const BURSTS = 25;
const BURST = 8;
/** A new pair takes no key for its first 400 ms, so a burst cannot be faster. */
const KEY_EVERY_MS = 450;
const JUDGMENTS = BURSTS * BURST;
const OPENINGS = 5;
const TEXT = "One sentence of an answer after another, as models write them. ".repeat(12);

/** Round trips in ms, and bytes per second; browsers call the last one slow 3G. */
const NETWORKS = {
  far: { latency: 300, bytes: -1 },
  near: { latency: 50, bytes: -1 },
  slow: { latency: 400, bytes: 50_000 },
};

/** The annotator's page in a real browser over slow networks: from key to next pair, and from link to first pair. */
export async function annotatorPageBench(): Promise<Line[]> {
  const texts = (i: number): [string, string, string] => [`Question ${i}?`, `A. ${TEXT}`, `B. ${TEXT}`];
  const study = await browserStudy({ prompts: JUDGMENTS + 20, judgments: 20, texts }, undefined, tiebreakOk);
  const server = await startBrowser();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const keys = await keyToPair(browser, study);
    const near = await linkToPair(browser, study, NETWORKS.near);
    const slow = await linkToPair(browser, study, NETWORKS.slow);
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    const line = (what: string, measured: string, reach: string): Line => ({
      ...{ what, measured, limit: "–", ratio: "–", reach },
    });
    return [
      line(
        `key to next pair, ${JUDGMENTS} judgments in bursts of ${BURST}, 300 ms round trip`,
        `${ms(quantile(keys, 0.95))} (p95), ${ms(median(keys))} (median)`,
        "≤ 50 ms (p95)",
      ),
      line("personal link to first pair, 50 ms round trip", ms(median(near)), "≤ 1.2 s"),
      line("personal link to first pair, slow 3G", ms(median(slow)), "≤ 3 s"),
    ];
  } finally {
    await browser.close();
    await server.close();
    await study.end();
  }
}

/** From the key's event to the first frame that shows another pair, in the page's own time. */
async function keyToPair(browser: Browser, study: BrowserStudy): Promise<number[]> {
  const page = await pageOver(browser, NETWORKS.far);
  const [link] = await study.invite(1);
  await page.goto(link!);
  await page.locator(".choice.tie[aria-disabled=false]").waitFor();
  await page.evaluate("globalThis.__name = (named) => named"); // what tsx calls in functions that it has compiled
  await page.evaluate(watchKeys);
  for (let burst = 0; burst < BURSTS; burst++) {
    for (let i = 0; i < BURST; i++) {
      await page.waitForTimeout(KEY_EVERY_MS);
      await page.keyboard.press("2");
    }
    await page.getByText("✓ saved").waitFor();
  }
  const took = await page.evaluate(() => (globalThis as unknown as { took: number[] }).took);
  await page.context().close();
  if (took.length < JUDGMENTS * 0.95)
    throw new Error(`Only ${took.length} of ${JUDGMENTS} keys were judgments.`);
  return took;
}

function watchKeys(): void {
  const took: number[] = [];
  Object.assign(globalThis, { took });
  const shown = () => document.querySelector(".pair-screen .turn.last")?.textContent;
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      const before = shown();
      const look = () => {
        const now = shown();
        if (now !== undefined && now !== before) took.push(performance.now() - timeStamp);
        else if (performance.now() - timeStamp < 5000) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    { capture: true },
  );
}

async function linkToPair(
  browser: Browser,
  study: BrowserStudy,
  network: (typeof NETWORKS)[keyof typeof NETWORKS],
): Promise<number[]> {
  const took: number[] = [];
  for (const link of await study.invite(OPENINGS)) {
    const page = await pageOver(browser, network);
    const start = performance.now();
    await page.goto(link, { waitUntil: "commit" });
    await page.locator(".pair-screen .turn.last").waitFor();
    took.push(performance.now() - start);
    await page.context().close();
  }
  return took;
}

/** A new browser context: nothing is in its cache. */
async function pageOver(
  browser: Browser,
  { latency, bytes }: (typeof NETWORKS)[keyof typeof NETWORKS],
): Promise<Page> {
  const page = await (await browser.newContext({ serviceWorkers: "block" })).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency, downloadThroughput: bytes, uploadThroughput: bytes },
  });
  return page;
}
