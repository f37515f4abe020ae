import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildApp } from "../../server/app.ts";
import { reportsHere } from "../../server/reports/report-desk.ts";
import { HOST, ORIGIN } from "../support/app.ts";
import { testContext } from "../support/context.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-pages-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
fs.mkdirSync(path.join(folder, "client/assets"), { recursive: true });
fs.writeFileSync(
  path.join(folder, "client/judge.html"),
  '<script src="/assets/judge.js"></script><link rel="stylesheet" href="/assets/judge-1.css">',
);
fs.writeFileSync(path.join(folder, "client/assets/judge-1.css"), "main { color: black }");
fs.writeFileSync(path.join(folder, "package.json"), '{"secret":1}');

async function pagesApp(trustedProxies: readonly string[] = []) {
  const context = await testContext("sqlite");
  const renderer = { render: async () => [], close: async () => undefined };
  const parts = { ...context, renderer, reports: reportsHere(context), pages: path.join(folder, "client") };
  const app = await buildApp({ ...parts, trustedProxies, origin: () => ORIGIN, origins: () => [ORIGIN] });
  await app.ready();
  return app;
}

describe("an address under which there is nothing", () => {
  it("is a page in the product's looks for a browser, and JSON for a program", async () => {
    const app = await pagesApp();
    const browser = { ...HOST, accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const page = await app.inject({ url: "/foo", headers: browser });
    expect([page.statusCode, page.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.body).toContain('href="/assets/judge-1.css"');
    expect(page.body).toContain("<h1>Nothing is here</h1>");
    expect(page.body).not.toMatch(/<script|<a |<style/);
    for (const call of [
      { url: "/api/foo", headers: browser },
      { url: "/foo", headers: { ...HOST, accept: "*/*" } },
      { url: "/foo", headers: HOST },
      { method: "POST" as const, url: "/foo", headers: browser },
    ]) {
      const reply = await app.inject(call);
      expect([reply.statusCode, reply.json()], JSON.stringify(call)).toMatchObject([
        404,
        { error: "NotFound" },
      ]);
    }
  });

  it("is not found where it leaves the folder of the pages", async () => {
    const app = await pagesApp();
    expect((await app.inject({ url: "/assets/judge-1.css", headers: HOST })).statusCode).toBe(200);
    for (const file of [
      "..%2fjudge.html",
      "..%2f..%2fpackage.json",
      "..%5c..%5cpackage.json",
      ".%2e%2fx",
      "%00",
    ]) {
      const reply = await app.inject({ url: `/assets/${file}`, headers: HOST });
      expect(reply.statusCode, file).toBe(404);
      expect(reply.body, file).not.toContain("secret");
    }
  });
});

describe("the limit on joining", () => {
  /** The status of the last of many tries to join, each from another client behind one proxy. */
  async function lastOf(tries: number, trustedProxies: readonly string[]): Promise<number> {
    const app = await pagesApp(trustedProxies);
    let status = 0;
    for (let i = 0; i < tries; i++) {
      const headers = { ...HOST, "x-forwarded-for": `203.0.113.${i}` };
      const call = { method: "POST" as const, url: "/api/join", headers, payload: { link: "x".repeat(22) } };
      status = (await app.inject({ ...call, remoteAddress: "10.0.0.5" })).statusCode;
    }
    return status;
  }

  it("counts each client behind a proxy that the operator named, and the proxy as one otherwise", async () => {
    const tries = 130; // more than one client may in a minute
    expect(await lastOf(tries, [])).toBe(429);
    expect(await lastOf(tries, ["10.0.0.99"])).toBe(429);
    expect(await lastOf(tries, ["10.0.0.5"])).not.toBe(429);
  });
});
