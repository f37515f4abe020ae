import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { startServer, tiebreakOk } from "../../tests/support/server.ts";
import { judgeOverHttp } from "./clients.ts";
import { writeOutputs } from "./load.ts";
import { clock, type Line, quantile, workFolder } from "./measure.ts";
import { makeStudyFile } from "./study.ts";

const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
/** 50 people who answer every 200 ms: 250 judgments a second, many more than people make. */
const THINK_MS = 200;
const ALONE_MS = 6000;

/** How long a judgment takes at the 99th percentile, alone and while a file is loaded into the same database. */
export async function besideBench(rows: number): Promise<Line[]> {
  const folder = workFolder();
  const file = path.join(folder, "study.db");
  const outputs = path.join(folder, "outputs.jsonl");
  writeOutputs(outputs, rows);
  const tokens = await makeStudyFile(file, 3000);
  const env = { DATABASE_URL: file };
  await tiebreakOk(["study", "create", "other", "--all-pairs"], env);
  const server = await startServer(env);
  const judge = (isOver: () => boolean) =>
    judgeOverHttp({ origin: server.origin, tokens, thinkMs: THINK_MS }, isOver);

  const warm = clock() + ALONE_MS / 2;
  await judge(() => clock() > warm);
  const end = clock() + ALONE_MS;
  const alone = await judge(() => clock() > end);

  const start = clock();
  const load = spawn(process.execPath, [MAIN, "load", "other", outputs], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  let loaded = false;
  void once(load, "exit").then(() => (loaded = true));
  const beside = await judge(() => loaded);
  const took = clock() - start;
  await server.stop();
  const [before, during] = [quantile(alone, 0.99), quantile(beside, 0.99)];
  return [
    {
      what: `a judgment at the 99th percentile beside a load of ${rows.toLocaleString("en")} responses (${(took / 1000).toFixed(1)} s)`,
      measured: `${during.toFixed(1)} ms`,
      limit: `${before.toFixed(1)} ms without`,
      ratio: (during / before).toFixed(2),
      reach: "≤ 3",
    },
    {
      what: "the same at the median",
      measured: `${quantile(beside, 0.5).toFixed(1)} ms`,
      limit: `${quantile(alone, 0.5).toFixed(1)} ms without`,
      ratio: (quantile(beside, 0.5) / quantile(alone, 0.5)).toFixed(2),
      reach: "–",
    },
  ];
}
