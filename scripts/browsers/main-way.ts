import { type BrowserStudy, browserStudy } from "../../tests/support/browser-study.ts";
import { startFlappingProxy } from "../../tests/support/flapping-proxy.ts";
import { tiebreakOk } from "../../tests/support/server.ts";
import { DrivenPage, type Protocol } from "./driven.ts";

const PAIRS = 6;
const PAIR = 'document.querySelector(".pair-screen")?.innerText';
/** Notes when the browser has kept the page for work without network. */
const KEPT_PAGE = "navigator.serviceWorker.ready.then(() => (window.isPageKept = true))";

/**
 * The main way of an annotator in a browser: arrives by an open link, judges by pointer and keys, judges without network,
 * through a reload, goes on with it, and finishes. @throws Error where a step does not come, or a judgment is missing
 */
export async function mainWay(protocol: Protocol): Promise<void> {
  const proxy = await startFlappingProxy();
  const shape = { prompts: PAIRS, judgments: 1, each: PAIRS, publicUrl: proxy.origin };
  const study = await browserStudy(shape, undefined, tiebreakOk);
  proxy.forwardTo(study.server.port);
  const page = new DrivenPage(protocol);
  try {
    await page.open(await study.openLink());
    await page.click("button", "Start");
    await page.click("a", "Continue to the first pair");
    await judge(page, "click");
    await judge(page, "key");
    await page.reads("✓ saved");
    await page.until(`(${KEPT_PAGE}, window.isPageKept)`);
    proxy.be("down");
    await judge(page, "key");
    await judge(page, "click");
    await page.reads("2 unsent");
    await page.reload();
    await page.reads("2 unsent");
    proxy.be("calm");
    await page.reads("✓ saved");
    await judge(page, "click");
    await judge(page, "key");
    await page.reads("All done. Thank you");
    await page.reads("Everything is saved.");
    const judged = await judgmentsOf(study);
    if (judged !== PAIRS) throw new Error(`${judged} of ${PAIRS} judgments arrived.`);
  } finally {
    proxy.close();
    await study.end();
  }
}

/** Chooses as soon as that is possible, and waits until the pair has gone. */
async function judge(page: DrivenPage, by: "click" | "key"): Promise<void> {
  const awake = ".choice.right:not([aria-disabled=true])";
  await page.until(`document.querySelector(${JSON.stringify(awake)})`);
  const before = await page.textOf(PAIR);
  if (by === "click") await page.click(awake);
  else await page.press("3");
  await page.until(`${PAIR} !== ${JSON.stringify(before)}`);
}

async function judgmentsOf(study: BrowserStudy): Promise<number> {
  const shown = await tiebreakOk(["study", "show", "study", "--json"], study.env);
  return (JSON.parse(shown) as { judged: number }).judged;
}
