import { once } from "node:events";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { type OpenIdProvider, openIdProvider } from "../../accounts/openid/provider.ts";
import { makeOwnerToken } from "../../accounts/owner.ts";
import { buildApp } from "../../app.ts";
import { type Config, type ConfigInput, ConfigWrong, readConfig } from "../../config.ts";
import type { Context } from "../../context.ts";
import { type JudgeServer, openServers } from "../../model-servers/servers.ts";
import { startRenderer } from "../../rendering/rendering-pool.ts";
import { rendererWorkerUrl } from "../../rendering/worker-url.ts";
import { packsInThread } from "../../export/pack-writer.ts";
import { reportsInThread } from "../../reports/report-thread.ts";
import { makeOpenLink } from "../../studies/annotators.ts";
import { links } from "../../studies/links.ts";
import { shareResults } from "../../reports/share.ts";
import { allStudies } from "../../studies/store.ts";
import { type UploadPlace, UPLOAD_BYTES_MAX } from "../../uploads/folder.ts";
import { isNew } from "../../storage/open.ts";
import { claimServer } from "../../storage/server-lock.ts";
import { DEMO_STUDY, loadDemo, VISITORS } from "../../demo/demo-study.ts";
import { drain, GRACE_MS } from "./drain.ts";
import { listen, requireFreePort } from "./listen.ts";
import { type Invocation, print, say, withDatabase } from "./run.ts";
import { thisProcess } from "./this-process.ts";
import { type TwoStops, twoStops } from "./two-stops.ts";

const PAGES = fileURLToPath(new URL("../client/", import.meta.url));

export interface ServeFlags extends ConfigInput {
  readonly demo: boolean;
}

/** How long a request waits for a PostgreSQL that is away before it is answered with 503. */
const PATIENCE_MS = 5000;
/** When the process exits whatever is still in progress: its connections are gone by then, so nobody waits for it. */
const LAST_MS = GRACE_MS + 10_000;

/**
 * Runs until it is asked to stop.
 * @param stopping listens for that from when the server is about to start; SIGINT and SIGTERM by default
 */
export async function runServer(
  flags: ServeFlags,
  stopping: () => TwoStops = listenForSignals,
): Promise<void> {
  const config = readConfig(flags, process.env);
  if (isNew(config.databaseUrl)) await requireFreePort(config); // a taken port leaves no file behind
  await withDatabase(
    flags,
    (run) =>
      serveOn(run, {
        prepare: () => (flags.demo ? fillEmpty(run.context) : Promise.resolve()),
        welcome: (origin) => greet(run.context, origin),
        stopping,
      }),
    { patienceMs: PATIENCE_MS, make: true },
  );
}

interface Service {
  /** What is done before anybody can connect. */
  readonly prepare?: () => Promise<void>;
  /** Prints the links to start with. */
  readonly welcome: (origin: string) => Promise<void>;
  /** Listens for being asked to stop, from when the server is about to start; default: for SIGINT and SIGTERM. */
  readonly stopping?: () => TwoStops;
}

/** Serves a database that is open, until it is asked to stop. @throws CannotListen, ServerRunning */
export async function serveOn(
  { config, context }: Invocation,
  { prepare, welcome, stopping: listenForStops = listenForSignals }: Service,
): Promise<void> {
  const openId = openIdOf(config);
  const judges = { servers: await judgeServersOf(config), process: thisProcess() };
  let origin = config.publicUrl ?? originOf(config, config.port);
  const release = claim(context, origin);
  const renderer = startRenderer({ workerUrl: rendererWorkerUrl() });
  const reports = reportsInThread({ url: config.databaseUrl });
  try {
    await requireFreePort(config);
    await prepare?.();
    const names = () => [...new Set([new URL(origin).origin, ...localNames(new URL(origin).port)])];
    const { trustedProxies, drainSeconds } = config;
    const stops = listenForStops();
    const stopping = stops.signals.stop;
    const parts = {
      ...context,
      renderer,
      reports,
      packs: packsInThread({ url: config.databaseUrl }),
      judges,
      pages: PAGES,
      trustedProxies,
      logger: true,
      uploads: uploadsOf(config, context),
      openId,
    };
    const app = await buildApp({ ...parts, stopping, origin: () => origin, origins: names });
    await untilDrained(app, { stops, drainMs: 1000 * drainSeconds }, async () => {
      await listen(app, config);
      if (config.publicUrl === null) origin = originOf(config, portOf(app));
      claim(context, origin);
      await welcome(origin);
      void openId?.check().catch(({ message }: Error) => say(`${unreachable(config)}: ${message}`));
    });
  } finally {
    await reports.close();
    await renderer.close();
    release();
  }
}

function uploadsOf({ uploadsFolder, uploadBytesMax }: Config, { database }: Context): UploadPlace {
  const beside = database.dialect.name === "sqlite" ? `${database.place}-uploads` : "data/uploads";
  return { folder: uploadsFolder ?? beside, bytesMax: uploadBytesMax ?? UPLOAD_BYTES_MAX };
}

const listenForSignals = (): TwoStops => twoStops(STOPPING);

async function fillEmpty(context: Context): Promise<void> {
  if ((await context.database.read(allStudies)).length > 0) return;
  say("The database is empty: loading the demo study …");
  await loadDemo(context);
}

/** Starts the server, and closes it when it is asked to stop or cannot start. */
async function untilDrained(
  app: FastifyInstance,
  { stops: { signals, end }, drainMs }: { stops: TwoStops; drainMs: number },
  start: () => Promise<void>,
): Promise<void> {
  try {
    await start();
    if (!signals.stop.aborted) await once(signals.stop, "abort");
    if (drainMs > 0) await sleep(drainMs, null, { signal: signals.abandon }).catch(() => undefined);
    setTimeout(() => process.exit(1), LAST_MS).unref();
  } finally {
    await drain(app, { graceMs: GRACE_MS, atOnce: signals.abandon });
    end();
  }
}

const STOPPING = {
  first: `Stopping: requests in progress have ${GRACE_MS / 1000} seconds to finish (press Ctrl-C again to end them now) …`,
  second: "Ending the requests in progress.",
};

/** @throws ConfigWrong if the file cannot be read, JudgeServersWrong if it cannot be used */
async function judgeServersOf({ judgeServersFile: file }: Config): Promise<JudgeServer[]> {
  return file === null ? [] : openServers(textOf("--judge-servers", file), process.env);
}

/** @throws ConfigWrong if the file of the secret cannot be read */
function openIdOf({ openId }: Config): OpenIdProvider | null {
  if (openId === null) return null;
  const { clientSecretFile: file, ...settings } = openId;
  const secret = file === null ? settings.clientSecret : textOf("--oidc-client-secret-file", file).trim();
  return openIdProvider({ ...settings, clientSecret: secret });
}

const unreachable = ({ openId }: Config): string =>
  `OpenID Connect: ${openId?.issuer} cannot be used now, and is tried again when somebody signs in; passwords and owner links work`;

/** @throws ConfigWrong if the file of a setting cannot be read */
function textOf(setting: string, file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new ConfigWrong([`${setting}: ${file} cannot be read (${code ?? name}).`]);
  }
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

/** Prints the links to start with. */
async function greet(context: Context, origin: string): Promise<void> {
  const demo = (await context.database.read(allStudies)).some((study) => study.name === DEMO_STUDY);
  const dashboard = links.dashboard(origin, await makeOwnerToken(context));
  const lines = [`Tiebreak is running at ${origin}`, ""];
  if (demo) {
    const by = "server start";
    const open = await makeOpenLink(context, { study: DEMO_STUDY, group: VISITORS, by });
    lines.push(`  Judge the demo      ${links.join(origin, open)}`);
  }
  lines.push(`  Dashboard           ${dashboard}`);
  if (demo) {
    const { token } = await shareResults(context, { study: DEMO_STUDY, frozen: false, by: "server start" });
    lines.push(`  Results of the demo ${links.results(origin, token)}`);
  }
  print([...lines, "", "The link to the dashboard is valid for a day. Stop with Ctrl-C."].join("\n"));
}
