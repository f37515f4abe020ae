import fs from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type BrowserStudy, browserStudy, type Names } from "../support/browser-study.ts";
import { type Canary, canary, dressesOf, findCanaries } from "../support/canaries.ts";
import { tiebreakOk } from "../support/server.ts";
import { everythingKept, Recorder } from "../support/received.ts";

const DIST = path.resolve(import.meta.dirname, "../../dist/client");
const canaries: Record<keyof Names, Canary> = {
  study: canary("study"),
  target: canary("target"),
  baseline: canary("baseline"),
  group: canary("group"),
  prompt: canary("prompt id"),
  file: canary("file"),
  seed: canary("seed"),
};
const all = Object.values(canaries);
const names = Object.fromEntries(
  Object.entries(canaries).map(([key, one]) => [key, one.name]),
) as unknown as Names;

describe("what an annotator's browser receives and keeps", () => {
  let study: BrowserStudy;
  let browser: Browser;
  beforeAll(async () => {
    study = await browserStudy({ prompts: 6, each: 5 }, names);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await study?.end();
  });
  const move = (verb: string) => tiebreakOk(["study", verb, names.study], study.env);

  it("names nothing, in any state, on the wire, in bundles, in storage", async () => {
    const [link, second] = await study.invite(2);
    const context = await browser.newContext();
    const page = await context.newPage();
    const recorder = new Recorder(page);
    const look = async (what: string) => {
      const leaks = findCanaries(`${recorder.text()} ${await everythingKept(page)}`, all);
      expect(leaks, what).toEqual([]);
    };
    await page.goto(link!);
    await page.getByText("0 of 5", { exact: true }).waitFor();
    await look("judging");
    await judge(page);
    await page.reload();
    await page.getByText("1 of 5", { exact: true }).waitFor();
    await look("reload");
    await context.setOffline(true);
    await judge(page);
    await page.reload();
    await page.locator(".choice.tie").waitFor();
    await look("reload without network");
    await context.setOffline(false);
    await page.reload();
    await page.getByText("2 of 5", { exact: true }).waitFor();
    await move("pause");
    for (let i = 0; i < 3; i++) await judge(page);
    await page.getByRole("heading", { name: /That was all|paused/ }).waitFor();
    await look("done or paused");
    await page.goto("about:blank");
    await page.goto(`${study.server.origin}/judge#${"x".repeat(43)}`);
    await page.waitForTimeout(500);
    await look("a link that is not valid");
    await move("open");
    await page.route("**/api/judge/work", (route) =>
      route.fulfill({ status: 500, json: { error: "InternalError", message: "x" } }),
    );
    await page.goto("about:blank");
    await page.goto(second!);
    await page.waitForTimeout(500);
    await look("an error of the server");
    await move("close");
    await page.unroute("**/api/judge/work");
    await page.reload();
    await page.getByRole("heading", { name: /closed/ }).waitFor();
    await look("closed");
    expect(recorder.responses).toBeGreaterThan(20);
    await context.close();
  });

  it("finds nothing in the built pages", () => {
    const files = fs.readdirSync(DIST, { recursive: true, encoding: "utf8" });
    const texts = files.filter((file) => /\.(js|css|html)$/.test(file));
    expect(texts.length).toBeGreaterThan(5);
    for (const file of texts) {
      expect(findCanaries(fs.readFileSync(path.join(DIST, file), "utf8"), all), file).toEqual([]);
    }
  });

  it.each(dressesOf(names.target))("would be found out if it leaked dressed as $dress", async ({ text }) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${study.server.origin}/judge`);
    const places: Record<string, () => Promise<unknown>> = {
      "local storage": () => page.evaluate((leak) => localStorage.setItem("k", `a${leak}b`), text),
      "session storage": () => page.evaluate((leak) => sessionStorage.setItem("k", leak), text),
      document: () => page.evaluate((leak) => document.body.setAttribute("data-x", leak), text),
      cache: () =>
        page.evaluate(async (leak) => (await caches.open("c")).put("/x", new Response(leak)), text),
      database: () =>
        page.evaluate(
          (leak) =>
            new Promise((resolve) => {
              const open = indexedDB.open("d");
              open.onupgradeneeded = () => open.result.createObjectStore("s");
              open.onsuccess = () => {
                const writing = open.result.transaction("s", "readwrite");
                writing.objectStore("s").put({ deep: [leak] }, "k");
                writing.oncomplete = () => (open.result.close(), resolve(null));
              };
            }),
          text,
        ),
    };
    for (const [place, plant] of Object.entries(places)) {
      const fresh = await everythingKept(page);
      expect(findCanaries(fresh, [canaries.target]), `before ${place}`).toEqual([]);
      await plant();
      expect(findCanaries(await everythingKept(page), [canaries.target]), place).not.toEqual([]);
      await page.evaluate(async () => {
        localStorage.clear();
        sessionStorage.clear();
        document.body.removeAttribute("data-x");
        await caches.delete("c");
        await new Promise((resolve) => (indexedDB.deleteDatabase("d").onsuccess = resolve));
      });
    }
    const recorder = new Recorder(page);
    await page.route("**/leak", (route) => route.fulfill({ body: "fine", headers: { "x-leak": text } }));
    await page.evaluate(() => fetch("/leak"));
    await page.waitForTimeout(50);
    expect(findCanaries(recorder.text(), [canaries.target])).not.toEqual([]);
    await page.context().close();
  });
});

async function judge(page: Page): Promise<void> {
  await page.locator(".choice.tie:not([aria-disabled=true])").click();
  await page.waitForTimeout(150);
}
