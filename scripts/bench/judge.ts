import fs from "node:fs";
import path from "node:path";
import { AssignmentService } from "../../server/assignments/assignment-service.ts";
import { recordJudgment } from "../../server/judgments/record.ts";
import { RENDERER_VERSION } from "../../server/rendering/renderer-version.ts";
import { startServer } from "../../tests/support/server.ts";
import { judgmentOf } from "../../tests/support/study.ts";
import { judgeOverHttp } from "./clients.ts";
import { clock, type Line, median, workFolder } from "./measure.ts";
import { benchContext, makeStudyFile } from "./study.ts";
import { record, replay, type Trace } from "./trace.ts";

/** The first judgments warm the server up, as its first seconds would, and are not measured. */
const WARM_UP = 2000;
const JUDGMENTS = 5000;
const ONE_BY_ONE = 1500;
const ROUNDS = 5;

/** Submit and top up over HTTP with 50 connections, beside the same statements in batches on better-sqlite3. */
export async function judgeBench(): Promise<Line[]> {
  const folder = workFolder();
  const origin = path.join(folder, "origin.db");
  const tokens = await makeStudyFile(origin, 2000);
  const copy = (name: string): string => {
    const file = path.join(folder, name);
    for (const end of ["", "-wal", "-shm"]) fs.rmSync(file + end, { force: true });
    fs.copyFileSync(origin, file);
    return file;
  };
  const trace = await traceOf(copy("trace.db"), tokens);
  const rates = { product: [] as number[], limit: [] as number[], single: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.limit.push(limitRate(copy("limit.db"), trace));
    rates.product.push(
      await serverRate({ file: copy("product.db"), tokens, judgments: JUDGMENTS, single: false }),
    );
    rates.single.push(
      await serverRate({ file: copy("single.db"), tokens, judgments: ONE_BY_ONE, single: true }),
    );
  }
  const [product, limit, single] = [median(rates.product), median(rates.limit), median(rates.single)];
  const perSecond = (rate: number) => `${Math.round(rate)}/s`;
  return [
    {
      what: "submit + top up, 50 connections, SQLite FULL",
      measured: perSecond(product),
      limit: `${perSecond(limit)} the same statements in batches of 64`,
      ratio: (product / limit).toFixed(2),
      reach: "≥ 0.35",
    },
    {
      what: "the same",
      measured: perSecond(product),
      limit: `${perSecond(single)} the same server, a commit each`,
      ratio: (product / single).toFixed(2),
      reach: "≥ 4",
    },
  ];
}

async function traceOf(file: string, tokens: readonly string[]): Promise<Trace> {
  return record(async () => {
    const context = await benchContext(file);
    const render = async (turns: string[]) => turns;
    const service = new AssignmentService(context, { render, rendererVersion: RENDERER_VERSION });
    let done = 0;
    await Promise.all(
      tokens.map(async (token) => {
        let work = await service.workFor(token, []);
        while (done++ < WARM_UP + JUDGMENTS && work.buffer.length > 0) {
          const [assignment = "", ...holding] = work.buffer;
          work = (await recordJudgment(service, token, judgmentOf(assignment, "left", holding))).work;
        }
      }),
    );
    await context.database.close();
  });
}

function limitRate(file: string, trace: Trace): number {
  const start = clock();
  replay(file, trace);
  return (trace.length / (clock() - start)) * 1000;
}

async function serverRate(given: {
  file: string;
  tokens: readonly string[];
  judgments: number;
  single: boolean;
}): Promise<number> {
  const env = { DATABASE_URL: given.file };
  const server = await startServer(env, given.single ? { main: ONE_BY_ONE_SERVER } : {});
  const clients = { origin: server.origin, tokens: given.tokens, thinkMs: 0 };
  let start = NaN;
  const times = await judgeOverHttp(clients, (done) => {
    if (done >= WARM_UP && Number.isNaN(start)) start = clock();
    return done >= WARM_UP + given.judgments;
  });
  const rate = ((times.length - WARM_UP) / (clock() - start)) * 1000;
  await server.stop();
  return rate;
}

/** The same server, but for the shared commits. */
const ONE_BY_ONE_SERVER = path.resolve(import.meta.dirname, "one-by-one.mjs");
