import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openBrowser } from "./browser.ts";
import { hostServer } from "./hosted-server.ts";
import { prepare } from "./in-process.ts";
import type { RunningServer } from "./server.ts";

interface BrowserDemo {
  readonly folder: string;
  readonly env: { readonly DATABASE_URL: string };
  /** There once the tests run, as the browser is. */
  server: RunningServer;
  browser: Browser;
  /** A link that signs in to the dashboard. */
  ownerLink(): Promise<string>;
}

/**
 * The demo study on a running server, and a browser, for the tests of the block that calls it.
 * @param more what else belongs to the database before the server runs
 */
export function browserDemo(more?: (demo: BrowserDemo) => Promise<unknown>): BrowserDemo {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-demo-"));
  const env = { DATABASE_URL: path.join(folder, "demo.db") };
  const ownerLink = async () =>
    (JSON.parse(await prepare(["owner-link", "--json"], env)) as { url: string }).url;
  const demo = { folder, env, ownerLink } as BrowserDemo;
  beforeAll(async () => {
    await prepare(["demo", "simulated"], env);
    await more?.(demo);
    demo.server = await hostServer(env.DATABASE_URL);
    demo.browser = await openBrowser();
  });
  afterAll(async () => {
    await demo.browser?.close();
    await demo.server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return demo;
}
