import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { inject } from "vitest";
import { cleanUpLater } from "./clean-up.ts";

/** The limit for what hangs: half a minute, which is the library's own, was too short on a busy machine. */
const PATIENCE_MS = 120_000;

/**
 * A connection to the browser of the run; closing it closes the pages that were opened through it. A page that a test opened
 * also closes with that test, or it would go on loading and asking behind the next one. The annotator's page keeps its files
 * for work without network by a service worker, which takes a third of the time of opening it: name
 * `{ serviceWorkers: "allow" }` where a page is loaded without network, or where all that it does is what is tested.
 * @param defaults of each context
 */
export async function openBrowser(
  defaults: BrowserContextOptions = { serviceWorkers: "block" },
): Promise<Browser> {
  const browser = await chromium.connect(inject("browserEndpoint"));
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ ...defaults, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    cleanUpLater(() => (browser.isConnected() ? context.close() : undefined));
    return context;
  };
  return browser;
}
