import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import Fastify from "fastify";
import { serveApiPage } from "../../server/http/api-page.ts";
import type { ApiDocument } from "../../server/http/openapi.ts";
import { buildApp } from "../../server/app.ts";
import { appParts, HOST } from "../support/app.ts";
import { testContext } from "../support/context.ts";
import { problemNames } from "../../scripts/structure/problem-names.ts";

const PUBLISHED = path.resolve(import.meta.dirname, "../../docs/openapi.json");

type Description = ApiDocument & { readonly openapi: string; readonly components: object };

/** What is of one study's make-up, of one page, or of one person, and does not grow as people judge. */
const SHORT_LISTS: readonly RegExp[] = [
  /^\/api\/studies\/\{study\} (systemList|groups|progress|loads)$/, // systems, groups, their pairs, and files
  /^\/api\/studies\/\{study\}\/people (groups|progress)$/,
  /^\/api\/studies\/\{study\}\/preview assignments$/,
  /^\/api\/studies\/\{study\}\/platform platforms$/, // one per group
  /^\/api\/studies\/\{study\}\/warnings revealing$/, // kinds of oddities
  /^\/api\/studies\/\{study\}\/uploads (files|arriving)$/, // filesMax
  /^\/api\/studies\/\{study\}\/judge-runs (runs|servers)$/, // of an operator's few servers
  /^\/api\/studies\/\{study\}\/judge-calls\/\{id\} /, // of one call
  /^\/api\/(studies\/\{study\}\/)?members (members|invitations)$/, // a team
  /^\/api\/sessions? (sessions|rights)$/, // of the caller
  /^\/api\/(studies\/\{study\}|results)\/judged /, // a page by page and size
  /^\/api\/judge\//, // of one annotator's sheet
  /^\/api\/account\/sign-in identities$/, // of the caller, one per provider
  /^\/api\/studies\/\{study\}\/(beside|paper|pace) /, // of the systems, groups and figures of a report
  /^\/api\/prompt-sets\/\{set\} (versions|sources|groups|tags|licences|decisions|uses)$/, // of one set
  /^\/api\/prompt-sets\/\{set\}\/draw usedBy$/, // studies
  /^\/api\/today findings$/, // some kinds per study
];

interface ListSchema {
  readonly type?: string | readonly string[];
  readonly maxItems?: number;
  readonly anyOf?: readonly ListSchema[];
  readonly properties?: Readonly<Record<string, ListSchema>>;
}

const isLong = ({ type = [], maxItems, anyOf = [] }: ListSchema): boolean =>
  ([type].flat().includes("array") && maxItems === undefined) || anyOf.some(isLong);

async function described() {
  const routes: { name: string; access: string | undefined }[] = [];
  const app = await buildApp({
    ...appParts(await testContext("sqlite")),
    onRoute: ({ method, url, access }) => routes.push({ name: `${method} ${url}`, access }),
  });
  const reply = await app.inject({ url: "/api/openapi.json", headers: HOST });
  await app.close();
  return { description: reply.json<Description>(), routes };
}

describe("the description of the interface", () => {
  it("is the published one", async () => {
    const { description } = await described();
    expect(description).toEqual(JSON.parse(fs.readFileSync(PUBLISHED, "utf8")));
  });

  it("has every route under its path, with what it takes, what it answers and who may call it", async () => {
    const { description, routes } = await described();
    const operations = Object.entries(description.paths).flatMap(([url, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ url, method, operation })),
    );
    const names = operations.map(
      ({ url, method }) => `${method.toUpperCase()} ${url.replace(/\{(\w+)\}/g, ":$1")}`,
    );
    const expected = routes.filter(({ name }) => /^(?!HEAD)\w+ \/api\//.test(name));
    expect(names.sort()).toEqual(expected.map(({ name }) => name).sort());
    for (const { url, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((one) => one.in === "path").map(({ name }) => name);
      expect(inPath, url).toEqual([...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      expect(operation.responses, url).toMatchObject({ "4XX": { $ref: "#/components/responses/Refused" } });
      expect(operation.responses["200"], url).toHaveProperty("content");
    }
    const access = new Map(expected.map((route) => [route.name, route.access]));
    const open = operations.filter(({ operation }) => operation.security.length === 0);
    expect(open).toHaveLength([...access.values()].filter((one) => one === "public").length);
  });

  it("is a page, too, on which each route and each refusal of the source has its place", async () => {
    const pages = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-pages-"));
    fs.writeFileSync(path.join(pages, "methods.html"), "<head></head>{{title}}{{body}}");
    const { description } = await described();
    const app = Fastify();
    serveApiPage(app, { folder: pages, basePath: "", description: () => description });
    const { body } = await app.inject("/api");
    await app.close();
    const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id));
    expect([...names, ...problemNames().map(({ error }) => error)].filter((name) => !ids.has(name))).toEqual(
      [],
    );
  });

  it("bounds every list that a GET answers, or gives it pages", async () => {
    const { description } = await described();
    const unbounded = Object.entries(description.paths).flatMap(([url, { get }]) => {
      if (!get) return [];
      const content = (get.responses["200"] as { content?: Record<string, { schema: ListSchema }> }).content;
      const { properties = {} } = content?.["application/json"]?.schema ?? {};
      if ("next" in properties) return [];
      const lists = Object.entries(properties).filter(([, one]) => isLong(one));
      return lists.map(([name]) => `${url} ${name}`);
    });
    expect(unbounded.filter((list) => !SHORT_LISTS.some((known) => known.test(list)))).toEqual([]);
  });

  it("leads to no place that it does not have", async () => {
    const { description } = await described();
    const places = [...JSON.stringify(description).matchAll(/"\$ref":"#([^"]*)"/g)].map(
      ([, place = ""]) => place,
    );
    const missing = [...new Set(places)].filter(
      (place) =>
        place
          .split("/")
          .slice(1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], description) ===
        undefined,
    );
    expect(missing).toEqual([]);
  });
});
