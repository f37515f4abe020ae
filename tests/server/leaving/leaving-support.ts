import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { packParts } from "../../../server/export/pack-parts.ts";
import type { Context } from "../../../server/context.ts";
import { exportStudy } from "../../../server/export/export-study.ts";
import { EXPORT_FORMATS } from "../../../server/export/formats.ts";
import { exportPack } from "../../../server/export/pack.ts";
import { issuedLinks } from "../../../server/links/issued-links.ts";
import { listDepartures } from "../../../server/leaving/departures.ts";
import { paymentsOf } from "../../../server/participants/payments.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { backUp } from "../../../server/storage/backup.ts";
import { TABLES } from "../../../server/storage/table-names.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { newPath } from "../export/export-support.ts";

/** Where in a database a text stands: every column of every table is searched. */
export async function columnsWith(context: Context, text: string): Promise<string[]> {
  return context.database.read(async (reader) => {
    const found = new Set<string>();
    for (const table of TABLES) {
      for await (const rows of reader.dialect.rowsOf(reader.db, table)) {
        for (const [column, value] of rows.flatMap((row) => Object.entries(row)))
          if (String(value).includes(text)) found.add(`${table}.${column}`);
      }
    }
    return [...found];
  });
}

/** Everything that leaves a database for a study: each export, the pack, the report, lists, payments and a backup. */
export async function everythingWritten(context: Context, study: string): Promise<Map<string, string>> {
  const written = new Map<string, string>();
  for (const as of EXPORT_FORMATS) {
    if (as === "pack") continue;
    const file = newPath(as);
    const to = { path: file };
    await exportStudy(context, { study, as, ties: "drop", to, spreadsheetSafe: false }).catch(
      () => undefined,
    );
    if (fs.existsSync(file)) written.set(as, fs.readFileSync(file, "latin1"));
  }
  const out = newPath("pack");
  await exportPack(context, { study, out }, packParts());
  for (const name of fs.readdirSync(out, { recursive: true, encoding: "utf8" })) {
    const file = path.join(out, name);
    if (fs.statSync(file).isFile()) written.set(`pack/${name}`, fs.readFileSync(file, "utf8"));
  }
  written.set("report", JSON.stringify(await buildFullReport(context, { study })));
  written.set("links", JSON.stringify(await issuedLinks(context, study)));
  written.set("detail", JSON.stringify(await studyDetail(context, study)));
  written.set("departures", JSON.stringify(await listDepartures(context, study)));
  written.set("payments", JSON.stringify(await paymentsOf(context, study)));
  const backup = newPath("backup");
  await backUp(context.database, backup, context.clock().toISOString());
  written.set("backup", gunzipSync(fs.readFileSync(backup)).toString("utf8"));
  return written;
}

/** The record of changes of a study: kinds and details, in order. */
export const changesOf = (context: Context): Promise<[string, unknown][]> =>
  context.database.read(async ({ db }) => {
    const rows = await db.selectFrom("study_change").select(["kind", "detail"]).orderBy("id").execute();
    return rows.map(({ kind, detail }) => [kind, JSON.parse(detail)]);
  });
