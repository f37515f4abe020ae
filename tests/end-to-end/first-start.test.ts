import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type RunningServer, startServer } from "../support/server.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-first-"));
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  server = await startServer({ DATABASE_URL: path.join(folder, "new", "study.db") }, { args: [] });
  browser = await openBrowser({ serviceWorkers: "allow" });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe("the first start on an empty database", () => {
  it("prints three links, which open as they are without a complaint in the console", async () => {
    const links = [...server.output().matchAll(/^ {2}(\S.*?) +(http:\S+)$/gm)].map(([, name, url]) => [
      name,
      url,
    ]);
    const headings: Record<string, RegExp> = {
      "Judge the demo": /Which answer/,
      Dashboard: /^Studies$/,
      "Results of the demo": /^plain against/,
    };
    expect(links.map(([name]) => name)).toEqual(Object.keys(headings));
    for (const [name = "", url = ""] of links) {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      // the browser takes a reply without a body, such as to an unchanged report, for one that was cut off
      const unchanged = new Set<Request>();
      page.on("response", (reply) => reply.status() === 304 && unchanged.add(reply.request()));
      page.on("requestfailed", (request) => unchanged.has(request) || complaints.push(request.url()));
      await page.goto(url);
      await page.getByRole("heading", { level: 1, name: headings[name]! }).waitFor();
      await page.waitForLoadState("networkidle");
      if (name === "Judge the demo") {
        await page.getByRole("button", { name: "Start" }).click();
        await page.getByRole("link", { name: "Continue to the first pair" }).click();
        await page.locator(".choice.tie").waitFor();
      }
      expect(complaints, name).toEqual([]);
      await page.close();
    }
  });

  it("brings no validator of schemas to a browser, which would need to compile code there", () => {
    const assets = path.resolve(import.meta.dirname, "../../dist/client/assets");
    const scripts = fs.readdirSync(assets).filter((name) => name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(50);
    const compiling = scripts.filter((name) =>
      /\bFunction\(/.test(fs.readFileSync(path.join(assets, name), "utf8")),
    );
    expect(compiling).toEqual([]);
  });
});
