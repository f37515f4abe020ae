import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format } from "prettier";
import { buildApp } from "../server/app.ts";
import { juryFileJsonSchema } from "../server/commands/support/jury-run.ts";
import { reportsHere } from "../server/reports/report-service.ts";
import { reportJsonSchema } from "../server/reports/schema.ts";
import { migrate } from "../server/storage/migrate.ts";
import { studyFileJsonSchema } from "../server/study-file/text.ts";
import { openDatabase } from "../server/storage/open.ts";
import { problemNames } from "./structure/problem-names.ts";

/** Writes to docs/ what others program against: run it after a change to server/contract/ or to a route. */
await publish("report.schema.json", reportJsonSchema());
await publish("study.schema.json", studyFileJsonSchema());
await publish("judges.schema.json", juryFileJsonSchema());
await publish("openapi.json", await apiDescription());
await publish("problems.json", problemNames());

async function publish(name: string, document: unknown): Promise<void> {
  const text = await format(JSON.stringify(document), { parser: "json", printWidth: 110 });
  fs.writeFileSync(new URL(`../docs/${name}`, import.meta.url), text);
  console.log(`Wrote docs/${name}.`);
}

/** What the server itself answers, on a database that holds nothing. */
async function apiDescription(): Promise<unknown> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-schema-"));
  const database = openDatabase(path.join(folder, "empty.db"));
  await migrate(database, { say: () => undefined, stamp: "schema" });
  const context = { database, clock: () => new Date(), randomBytes };
  const app = await buildApp({
    ...context,
    renderer: { render: async () => [], close: async () => undefined },
    reports: reportsHere(context),
    pages: null,
    origin: () => "http://localhost",
    origins: () => ["http://localhost"],
  });
  const reply = await app.inject({ url: "/api/openapi.json", headers: { host: "localhost" } });
  await app.close();
  await database.close();
  fs.rmSync(folder, { recursive: true });
  return reply.json();
}
