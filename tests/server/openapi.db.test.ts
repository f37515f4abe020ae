import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { buildApp } from "../../server/app.ts";
import { appParts, HOST } from "../support/app.ts";
import { testContext } from "../support/context.ts";

const PUBLISHED = path.resolve(import.meta.dirname, "../../docs/openapi.json");

interface Operation {
  readonly security: object[];
  readonly parameters?: { name: string; in: string }[];
  readonly requestBody?: object;
  readonly responses: Record<string, object>;
}
interface Description {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: object;
}

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
