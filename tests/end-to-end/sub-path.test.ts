import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByClick } from "../support/annotator-page.ts";
import { openBrowser } from "../support/browser.ts";
import { type RunningServer, startServer, tiebreakOk } from "../support/server.ts";
import { startSubPathProxy, type SubPathProxy } from "../support/sub-path-proxy.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-sub-path-"));
let browser: Browser;
beforeAll(async () => void (browser = await openBrowser({ serviceWorkers: "allow" })));
afterAll(async () => {
  await browser?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ["keeps", false],
  ["strips", true],
])("below a path, behind a proxy that %s it", (word, strips) => {
  let proxy: SubPathProxy;
  let server: RunningServer;
  const env = { DATABASE_URL: path.join(folder, `${word}.db`), PUBLIC_URL: "" };
  beforeAll(async () => {
    proxy = await startSubPathProxy("/labs/tiebreak", { strips });
    env.PUBLIC_URL = `${proxy.address}/`;
    server = await startServer(env, { args: [] });
    proxy.forwardTo(server.port);
  });
  afterAll(async () => {
    proxy?.close();
    await server?.stop();
  });
  const link = (name: string): string => new RegExp(`${name} +(\\S+)$`, "m").exec(server.output())?.[1] ?? "";

  it("people join, judge, lose the network and go on", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    expect(link("Judge the demo")).toContain(`${proxy.address}/join#`);
    await page.goto(link("Judge the demo"));
    await page.getByRole("button", { name: "Start" }).click();
    expect(await page.getByRole("textbox").inputValue()).toContain(`${proxy.address}/judge#`);
    await page.getByRole("link", { name: "Continue to the first pair" }).click();
    await chooseByClick(page);
    await page.locator(".choice.tie:not([aria-disabled=true])").waitFor(); // a newcomer holds one pair until then
    await page.getByText("✓ saved").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(async () => (await caches.match("judge")) !== undefined);
    await context.setOffline(true);
    await page.reload();
    await chooseByClick(page);
    await context.setOffline(false);
    await context.close();
    expect(proxy.strays).toEqual([]);
  });

  it("the researcher signs in, goes from page to page and comes back", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const home = await page.goto(proxy.address);
    expect(home?.url()).toBe(`${proxy.address}/dashboard`);
    await page.goto((await tiebreakOk(["owner-link"], env)).trim());
    await page.getByRole("link", { name: /demo/i }).first().click();
    await page.waitForURL(`${proxy.address}/dashboard/demo`);
    const [session] = await context.cookies(`${proxy.address}/dashboard`);
    expect(session?.path).toBe("/labs/tiebreak");
    await page
      .getByRole("link", { name: /results/i })
      .first()
      .waitFor();
    await page.goto(`${proxy.address}/results/demo`);
    await page.getByRole("heading", { name: /^plain against/, level: 1 }).waitFor();
    await page.goto(link("Results of the demo"));
    await page.getByRole("heading", { name: /^plain against/, level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    await context.close();
    expect(proxy.strays).toEqual([]);
  });
});
