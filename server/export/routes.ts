import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../context.ts";
import { access, requireRight } from "../http/access.ts";
import { attached } from "../http/attached.ts";
import { replies } from "../http/errors.ts";
import { AskerGone } from "./errors.ts";
import { exportStudy } from "./export-study.ts";
import { JUDGMENT_FORMATS } from "./formats.ts";
import { PacksBusy, type PackWriter } from "./pack-writer.ts";

const FORMATS = [...(Object.keys(JUDGMENT_FORMATS) as (keyof typeof JUDGMENT_FORMATS)[]), "texts"] as const;

const params = z.strictObject({ study: z.string().max(100) });
const querystring = z.strictObject({
  as: z.enum(FORMATS),
  group: z.string().max(100).optional().describe("Only this group’s judgments."),
  spreadsheetSafe: z
    .enum(["0", "1"])
    .default("0")
    .describe("With csv, 1: an apostrophe before cells that a spreadsheet would run as formulas."),
});

const flag = z.enum(["0", "1"]).default("0");
const packQuery = z.strictObject({
  withMessages: flag.describe(
    "1: also the messages of annotators and the owner, as written; needs the right people.",
  ),
  withNotes: flag.describe("1: also notes and adjudicated answers, as written, without who wrote them."),
});
/** A pack of a middling study is written by then. */
const RETRY_SECONDS = 60;
const PACK_TYPE = "application/gzip";

/** Media types by how a format holds its rows. */
const TYPES = {
  jsonl: "application/x-ndjson",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
} as const;

/** The judgments of a study, its texts, or everything that others need to check its report, as a file. */
export function exportRoutes(context: Context, writePack: PackWriter): FastifyPluginAsyncZod {
  const response = replies(z.unknown().describe("The file."));
  const produces = Object.values(TYPES);
  return async (app) => {
    app.addHook("onReady", () =>
      dropLeftOvers().catch((error: unknown) => app.log.error(error, "Old exports could not be deleted.")),
    );
    app.get(
      "/api/studies/:study/export",
      { config: { ...access("results").config, produces }, schema: { params, querystring, response } },
      async (request, reply) => {
        const { study } = request.params;
        const { as, group, spreadsheetSafe } = request.query;
        request.resultsOf = study;
        const container = as === "texts" ? "jsonl" : JUDGMENT_FORMATS[as].container;
        const asked = { study, as, group, ties: "drop", spreadsheetSafe: spreadsheetSafe === "1" } as const;
        const file = await written((to) => exportStudy(context, { ...asked, to: { path: to } }));
        const named = {
          type: TYPES[container],
          name: `${study}.${as === container ? as : `${as}.${container}`}`,
        };
        return attached(reply, named).send(file);
      },
    );
    app.get(
      "/api/studies/:study/pack",
      {
        config: { ...access("results").config, produces: [PACK_TYPE] },
        schema: { params, querystring: packQuery, response },
      },
      async (request, reply) => {
        const { study } = request.params;
        const withMessages = request.query.withMessages === "1";
        if (withMessages) await requireRight(request, "people");
        request.resultsOf = study;
        const withNotes = request.query.withNotes === "1";
        const gone = goneOf(reply);
        const order = { study, withMessages, withNotes };
        const file = await written((to) => writePack({ ...order, file: to }, gone)).catch(
          (error: unknown) => {
            if (error instanceof PacksBusy) void reply.header("retry-after", RETRY_SECONDS);
            throw error;
          },
        );
        return attached(reply, { type: PACK_TYPE, name: `${study}-pack.tar.gz` }).send(file);
      },
    );
  };
}

/** Aborted once nobody waits for a reply any more. */
function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => gone.abort(new AskerGone()));
  return gone.signal;
}

/** The whole file, so that what cannot be written is refused before any of it is sent; it is on disk only until it is open. */
async function written(write: (file: string) => Promise<unknown>): Promise<Readable> {
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), `${OWN}${process.pid}-`));
  try {
    const file = path.join(folder, "export");
    await write(file);
    const opened = await fs.promises.open(file);
    return opened.createReadStream();
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Begins the name of every folder for exports of this machine; the number of the process follows. */
const OWN = `tiebreak-export-${os.hostname().replace(/[^\w.]/g, "_")}-`;

/** Deletes what exports of processes left behind that were killed: a process that starts has none of its own yet. */
async function dropLeftOvers(): Promise<void> {
  for (const name of await fs.promises.readdir(os.tmpdir())) {
    if (!name.startsWith(OWN)) continue;
    const pid = Number.parseInt(name.slice(OWN.length), 10);
    if (pid === process.pid || !isAlive(pid))
      await fs.promises.rm(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // of another user
  }
}
