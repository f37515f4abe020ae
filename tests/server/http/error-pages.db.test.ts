import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildApp } from "../../../server/app.ts";
import { access } from "../../../server/http/access.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { HOST, ORIGIN } from "../../support/app.ts";
import { testContext } from "../../support/context.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-pages-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
fs.mkdirSync(path.join(folder, "client/assets"), { recursive: true });
fs.writeFileSync(
  path.join(folder, "client/judge.html"),
  '<script src="./assets/judge.js"></script><link rel="stylesheet" href="./assets/judge-1.css">',
);
fs.writeFileSync(path.join(folder, "client/assets/judge-1.css"), "main { color: black }");
fs.writeFileSync(path.join(folder, "package.json"), '{"secret":1}');

async function pagesApp(trustedProxies: readonly string[] = []) {
  const context = await testContext("sqlite");
  const renderer = { render: async () => [], close: async () => undefined };
  const parts = { ...context, renderer, reports: reportsHere(context), pages: path.join(folder, "client") };
  const app = await buildApp({ ...parts, trustedProxies, origin: () => ORIGIN, origins: () => [ORIGIN] });
  app.get("/broken", access("public"), () => {
    throw new Error("a secret of the inside");
  });
  await app.ready();
  return app;
}

describe("an address under which there is nothing", () => {
  it("is a page in the product's looks for a browser, and JSON for a program", async () => {
    const app = await pagesApp();
    const browser = { ...HOST, accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const page = await app.inject({ url: "/foo", headers: browser });
    expect([page.statusCode, page.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.body).toContain("<h1>Page not found</h1>");
    expect(page.body).not.toMatch(/<script|<a |<link rel="stylesheet"/);
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

/** What a page may load, by its policy: these styles and nothing else. */
const onlyStyles = (styles: string): string =>
  `default-src 'none';img-src data:;style-src 'sha256-${createHash("sha256").update(styles).digest("base64")}'`;

describe("a page that cannot be shown", () => {
  const browser = { ...HOST, accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
  const cases = [
    { what: "a name that is not the server's", url: "/judge", host: "elsewhere.example", status: 421 },
    { what: "an address that is no address", url: "/dashboard/%zz", status: 400 },
    { what: "a name longer than a study's may be", url: `/dashboard/${"a".repeat(101)}`, status: 400 },
    { what: "a fault of our own", url: "/broken", status: 500 },
  ];
  const titles: Record<number, string> = {
    421: "This is not the server’s address",
    400: "This address cannot be read",
    500: "Something went wrong",
  };
  const errors: Record<number, string> = { 421: "HostUnknown", 400: "RequestWrong", 500: "InternalError" };

  it.each(cases)("by $what, says so in plain words, and JSON to a program", async (one) => {
    const app = await pagesApp();
    const host = one.host ?? HOST.host;
    const page = await app.inject({ url: one.url, headers: { ...browser, host } });
    expect([page.statusCode, page.headers["content-type"]]).toEqual([one.status, "text/html; charset=utf-8"]);
    expect(page.body).toContain(`<h1>${titles[one.status]}</h1>`);
    expect(page.body).not.toMatch(/secret|zz|aaa|elsewhere|[{][^}]*"error"/);
    const styles = /<style>([\s\S]*)<\/style>/.exec(page.body)?.[1] ?? "";
    expect(styles).toContain("main { color: black }");
    expect(page.headers["content-security-policy"]).toContain(onlyStyles(styles));
    for (const accept of ["*/*", "application/json"]) {
      const reply = await app.inject({ url: one.url, headers: { host, accept } });
      expect([reply.statusCode, reply.json()]).toMatchObject([one.status, { error: errors[one.status] }]);
    }
  });

  it("is treated as every other reply by a browser, and kept by none", async () => {
    const app = await pagesApp();
    for (const { url, host = HOST.host } of cases) {
      for (const accept of [browser.accept, "*/*"]) {
        const { headers } = await app.inject({ url, headers: { host, accept } });
        expect(headers, url).toMatchObject({
          "x-content-type-options": "nosniff",
          "cache-control": "no-store",
        });
        expect(headers["content-security-policy"], url).toContain("default-src 'none'");
      }
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
