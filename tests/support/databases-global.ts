import path from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../server/storage/migrate.ts";
import { openDatabase } from "../../server/storage/open.ts";
import { startPostgres } from "./postgres.ts";
import { createDatabase } from "./postgres-database.ts";
import { sharedByRun } from "./shared-by-run.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The server's own database, in which others are created. */
    postgresUrl: string;
    /** The name of a migrated database that others are made from. */
    postgresTemplate: string;
    /** A migrated SQLite file that others are copies of. */
    sqliteTemplate: string;
  }
}

/** One PostgreSQL for a whole test run, and a migrated database of each kind that tests get copies of. */
export default async function setup(project: TestProject) {
  const { value, leave } = await sharedByRun("databases", async () => {
    const postgres = await startPostgres();
    const postgresTemplate = "migrated";
    await migrated(await createDatabase(postgres.url, postgresTemplate));
    const sqliteTemplate = path.join(project.config.env.TMPDIR as string, "migrated.db");
    await migrated(sqliteTemplate);
    return {
      value: { postgresUrl: postgres.url, postgresTemplate, sqliteTemplate },
      end: () => postgres.stop(),
    };
  });
  project.provide("postgresUrl", value.postgresUrl);
  project.provide("postgresTemplate", value.postgresTemplate);
  project.provide("sqliteTemplate", value.sqliteTemplate);
  return leave;
}

async function migrated(url: string): Promise<void> {
  const database = openDatabase(url);
  await migrate(database, { say: () => undefined, stamp: "template" });
  await database.close();
}
