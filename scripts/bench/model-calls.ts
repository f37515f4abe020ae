import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { MAIN, startServer } from "../../tests/support/server.ts";
import { judgeOverHttp } from "./clients.ts";
import { clock, type Line, quantile, workFolder } from "./measure.ts";
import { ownerHeaders } from "./owner.ts";
import { makeStudyFile } from "./study.ts";

const [PROMPTS, BASELINES] = [2000, 5];
const CALLS = PROMPTS * BASELINES;
const AT_ONCE = 64;
const LATENCY_MS = 50;
const IDEAL_MS = (CALLS * LATENCY_MS) / AT_ONCE;
/** 50 people who answer every 200 ms: 250 judgments a second, many more than people make. */
const THINK_MS = 200;
const ALONE_MS = 6000;

/** 10,000 calls of a judge model by the command line, and the same from the desk while people judge. */
export async function modelCallsBench(): Promise<Line[]> {
  const model = await startModel();
  try {
    return [...(await byCommandLine(model.url)), ...(await besidePeople(model.url))];
  } finally {
    model.child.kill();
  }
}

async function startModel(): Promise<{ child: ChildProcess; url: string }> {
  const file = path.join(import.meta.dirname, "scripted-model.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["pipe", "pipe", "inherit"] });
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, url };
}

async function byCommandLine(url: string): Promise<Line[]> {
  const file = path.join(workFolder(), "study.db");
  await makeStudyFile(file, PROMPTS);
  const options = ["--base-url", `${url}/v1`, "--orders", "one", "--concurrency", String(AT_ONCE), "--json"];
  const start = clock();
  const run = spawn(process.execPath, [MAIN, "judge", "s", "--group", "judge", "--model", "m", ...options], {
    env: { ...process.env, DATABASE_URL: file },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const memory: number[] = [];
  const look = setInterval(() => memory.push(residentMb(run.pid!)), 250);
  const [code] = (await once(run, "exit")) as [number];
  clearInterval(look);
  if (code !== 0) throw new Error(`The run ended with ${code}.`);
  const took = clock() - start;
  const third = Math.floor(memory.length / 3);
  return [
    {
      what: `${CALLS.toLocaleString("en")} calls, ${AT_ONCE} at once, ${LATENCY_MS} ms each, one process from start to end`,
      measured: `${(took / 1000).toFixed(2)} s`,
      limit: `${(IDEAL_MS / 1000).toFixed(2)} s without anything but waiting`,
      ratio: (took / IDEAL_MS).toFixed(2),
      reach: "≤ 1.2",
    },
    {
      what: "its memory in the last third",
      measured: `${Math.max(...memory.slice(2 * third))} MB`,
      limit: `${Math.max(...memory.slice(third, 2 * third))} MB in the second third`,
      ratio: (Math.max(...memory.slice(2 * third)) / Math.max(...memory.slice(third, 2 * third))).toFixed(2),
      reach: "flat",
    },
  ];
}

/** How long people wait for their next pair, alone and while a model of the desk judges in the same server. */
async function besidePeople(url: string): Promise<Line[]> {
  const folder = workFolder();
  const file = path.join(folder, "study.db");
  const servers = path.join(folder, "servers.yaml");
  const tokens = await makeStudyFile(file, PROMPTS);
  fs.writeFileSync(servers, `- {url: "${url}/v1"}\n`);
  const env = { DATABASE_URL: file, JUDGE_SERVERS: servers };
  const server = await startServer(env);
  const people = { origin: server.origin, tokens, thinkMs: THINK_MS };
  const until = (end: number) => judgeOverHttp(people, () => clock() > end);
  await until(clock() + ALONE_MS / 2);
  const alone = await until(clock() + ALONE_MS);

  const run = await startRun(server.origin, { env, url });
  const start = clock();
  const beside = await judgeOverHttp(people, () => run.isOver);
  await run.ended;
  const took = clock() - start;
  await server.stop();
  const line = (what: string, q: number, reach: string): Line => ({
    what,
    measured: `${quantile(beside, q).toFixed(1)} ms`,
    limit: `${quantile(alone, q).toFixed(1)} ms without`,
    ratio: (quantile(beside, q) / quantile(alone, q)).toFixed(2),
    reach,
  });
  return [
    line(
      `a person's judgment at the 99th percentile beside such a run of the desk (${(took / 1000).toFixed(1)} s)`,
      0.99,
      "≤ 2",
    ),
    line("the same at the median", 0.5, "tell it"),
  ];
}

async function startRun(origin: string, given: { env: Record<string, string>; url: string }) {
  const headers = await ownerHeaders(origin, given.env);
  const runs = `${origin}/api/studies/s/judge-runs`;
  const wanted = {
    ...{ server: `${given.url}/v1`, model: "m", group: "judge", orders: "one" },
    limits: { concurrency: AT_ONCE },
  };
  const begun = await fetch(runs, { method: "POST", headers, body: JSON.stringify(wanted) });
  if (begun.status !== 202) throw new Error(await begun.text());
  const state = { isOver: false, ended: Promise.resolve() };
  state.ended = follow(runs, headers).then(() => void (state.isOver = true));
  return state;
}

async function follow(runs: string, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const told = (await (await fetch(runs, { headers })).json()) as { runs: { ending: string | null }[] };
    const ending = told.runs[0]?.ending;
    if (ending === "done") return;
    if (ending) throw new Error(`The run ended: ${ending}.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function residentMb(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
