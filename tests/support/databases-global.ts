import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../server/storage/migrate.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { startPostgres } from "./postgres.ts";
import { createDatabase, schemaOf } from "./postgres-database.ts";
import { sharedByRun } from "./shared-by-run.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's own database, in which others are created. */
    postgresUrl: string;
    /** The name of a migrated database that others are made from. */
    postgresTemplate: string;
    /** What that database is besides its rows. */
    postgresSchema: string;
    /** A migrated SQLite file that others are copies of. */
    sqliteTemplate: string;
  }
}

/** One PostgreSQL for a whole test run, and a migrated database of each kind that tests get copies of. */
export default async function setup(project: TestProject) {
  const { value, leave } = await sharedByRun("databases", async () => {
    const postgres = await startPostgres();
    try {
      const templates = await makeTemplates(postgres.url, project.config.env.TMPDIR as string);
      return { value: { postgresUrl: postgres.url, ...templates }, end: () => postgres.stop() };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  });
  for (const name of Object.keys(value) as (keyof typeof value)[]) project.provide(name, value[name]);
  return leave;
}

async function makeTemplates(server: string, folder: string) {
  const postgresTemplate = "migrated";
  const postgres = await createDatabase(server, postgresTemplate);
  const sqliteTemplate = path.join(folder, "migrated.db");
  for (const url of [postgres, sqliteTemplate]) {
    const database = openDatabase(url);
    await migrate(database, { say: () => undefined, stamp: "template" });
    await database.close();
  }
  return { postgresTemplate, sqliteTemplate, postgresSchema: await schemaOf(postgres) };
}
