import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { makeOwnerToken } from "../accounts/owner.ts";
import { buildApp } from "../app.ts";
import { type Config, type ConfigInput, ConfigWrong, readConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { type JudgeServer, openServers } from "../judges/servers.ts";
import { startRenderer } from "../rendering/rendering-pool.ts";
import { rendererWorkerUrl } from "../rendering/worker-url.ts";
import { reportsInThread } from "../reports/report-thread.ts";
import { makeOpenLink } from "../studies/annotators.ts";
import { links } from "../studies/links.ts";
import { shareResults } from "../reports/share.ts";
import { allStudies } from "../studies/store.ts";
import { claimServer } from "../storage/server-lock.ts";
import { DEMO_STUDY, loadDemo, VISITORS } from "./demo-study.ts";
import { listen } from "./listen.ts";
import { print, say, withDatabase } from "./run.ts";
import { thisProcess } from "./this-process.ts";

const PAGES = fileURLToPath(new URL("../client/", import.meta.url));

export interface ServeFlags extends ConfigInput {
  readonly demo: boolean;
}

/** Runs until SIGINT or SIGTERM. */
export async function runServer(flags: ServeFlags): Promise<void> {
  await withDatabase(flags, async ({ context }) => {
    const config = readConfig(flags, process.env);
    const judges = { servers: await judgeServersOf(config), process: thisProcess() };
    let origin = config.publicUrl ?? originOf(config, config.port);
    const release = claim(context, origin);
    const renderer = startRenderer({ workerUrl: rendererWorkerUrl() });
    const reports = reportsInThread({ url: config.databaseUrl });
    try {
      if (flags.demo && (await context.database.read(allStudies)).length === 0) {
        say("The database is empty: loading the demo study …");
        await loadDemo(context);
      }
      const names = () => [...new Set([origin, ...localNames(new URL(origin).port)])];
      const { trustedProxies } = config;
      const parts = { ...context, renderer, reports, judges, pages: PAGES, trustedProxies, logger: true };
      const app = await buildApp({ ...parts, origin: () => origin, origins: names });
      try {
        await listen(app, config);
        if (config.publicUrl === null) origin = originOf(config, portOf(app));
        claim(context, origin);
        await greet(context, origin);
        await untilStopped();
      } finally {
        await app.close();
      }
    } finally {
      await reports.close();
      await renderer.close();
      release();
    }
  });
}

/** @throws ConfigWrong where the file cannot be read, JudgeServersWrong where it cannot be used */
async function judgeServersOf({ judgeServersFile: file }: Config): Promise<JudgeServer[]> {
  if (file === null) return [];
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new ConfigWrong([`--judge-servers: ${file} cannot be read (${code ?? name}).`]);
  }
  return openServers(text, process.env);
}

function claim(context: Context, origin: string): () => void {
  const { database } = context;
  if (database.dialect.name !== "sqlite") return () => undefined;
  return claimServer(database.place, { pid: process.pid, origin });
}

function originOf(config: Config, port: number): string {
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = everywhere ? "127.0.0.1" : config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${host}:${port}`;
}

const localNames = (port: string): string[] =>
  ["127.0.0.1", "localhost", "[::1]"].map((host) => new URL(`http://${host}:${port || "80"}`).origin);

const portOf = (app: FastifyInstance): number => {
  const address = app.server.address();
  return typeof address === "object" && address ? address.port : 0;
};

/** The links that get everybody started. */
async function greet(context: Context, origin: string): Promise<void> {
  const demo = (await context.database.read(allStudies)).some((study) => study.name === DEMO_STUDY);
  const desk = links.desk(origin, await makeOwnerToken(context));
  const lines = [`Tiebreak is running at ${origin}`, ""];
  if (demo) {
    const by = "server start";
    const open = await makeOpenLink(context, { study: DEMO_STUDY, group: VISITORS, by });
    lines.push(`  Judge the demo      ${links.join(origin, open)}`);
  }
  lines.push(`  The desk            ${desk}`);
  if (demo) {
    const { token } = await shareResults(context, { study: DEMO_STUDY, frozen: false, by: "server start" });
    lines.push(`  Results of the demo ${links.results(origin, token)}`);
  }
  print([...lines, "", "The link to the desk is valid for a day. Stop with Ctrl-C."].join("\n"));
}

const untilStopped = () =>
  new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
