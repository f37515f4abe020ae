import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../server/config.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");
const PINNED = /^[a-z]+:\d+\.\d+(?:\.\d+)?-bookworm(?:-slim)?$/;

interface Service {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes: string[];
  healthcheck?: { test: string[] };
}
const compose = parse(read("compose.yaml")) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

describe("the Dockerfile", () => {
  const text = read("Dockerfile").replaceAll("\\\n", " ");
  const all = (instruction: string) =>
    [...text.matchAll(new RegExp(`^${instruction} (.*)$`, "gm"))].map(([, rest = ""]) => rest.trim());

  it("stands on one pinned release of a Node.js that needs no compiler", () => {
    const images = all("FROM").map((from) => from.split(" ")[0]!);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(PINNED);
    expect(Number(/^node:(\d+)/.exec(images[0]!)?.[1])).toBeGreaterThanOrEqual(22);
  });

  it("runs as a user without rights, on a volume of its own, and says whether it is well", () => {
    expect(all("USER")).toEqual(["node"]);
    expect(text.indexOf("\nUSER ")).toBeLessThan(text.indexOf("\nENTRYPOINT "));
    const [database = ""] = all("ENV").map((env) => /DATABASE_URL=(\S+)/.exec(env)?.[1] ?? "");
    expect(all("VOLUME")).toEqual([path.posix.dirname(database)]);
    expect(all("HEALTHCHECK")[0]).toContain("/readyz");
    const [, entry = ""] = JSON.parse(all("ENTRYPOINT")[0]!) as string[];
    expect(fs.existsSync(path.join(ROOT, entry.replace("/app/", "")))).toBe(true);
  });
});

describe("compose.yaml", () => {
  const { tiebreak, database } = compose.services;

  it("sets what the server reads, and holds no secret", () => {
    const filled = (value: string) =>
      value.replace(/\$\{(\w+)(?::[?-][^}]*)?\}/g, (_, name: string) => FILLED[name] ?? "");
    const env = Object.fromEntries(
      Object.entries(tiebreak!.environment).map(([name, value]) => [name, filled(value)]),
    );
    expect(readConfig({}, env)).toMatchObject({
      databaseUrl: "postgres://tiebreak:secret@database/tiebreak",
      publicUrl: "https://study.example.org",
      drainSeconds: 5,
    });
    for (const { environment } of Object.values(compose.services))
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD/.test(name)) expect(value, name).toMatch(/^\$\{/);
  });

  it("starts the server when its pinned database answers, and keeps both on named volumes", () => {
    expect(database!.image).toMatch(PINNED);
    expect(tiebreak!.depends_on).toEqual({ database: { condition: "service_healthy" } });
    expect(database!.healthcheck?.test[1]).toBe("pg_isready");
    const used = Object.values(compose.services).flatMap(({ volumes }) =>
      volumes.map((one) => one.split(":")[0]!),
    );
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

const FILLED: Record<string, string> = {
  POSTGRES_PASSWORD: "secret",
  PUBLIC_URL: "https://study.example.org",
};
