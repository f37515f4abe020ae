import type { FastifyInstance } from "fastify";
import { buildApp } from "../../../server/app.ts";
import type { Context } from "../../../server/context.ts";
import type { JudgeRuns } from "../../../server/contract/judges.ts";
import type { RunProcess } from "../../../server/judges/run-store.ts";
import type { JudgeServer } from "../../../server/model-servers/servers.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { ORIGIN, ownerHeaders } from "../../support/app.ts";

interface JudgingApp {
  readonly app: FastifyInstance;
  readonly get: (url: string) => Promise<{ status: number; body: string }>;
  readonly post: (url: string, payload?: object) => Promise<{ status: number; body: string }>;
  /** The runs of the study "s". */
  readonly runs: () => Promise<JudgeRuns["runs"]>;
}

/** The app with an operator's model servers, and an owner who is signed in. */
export async function judgingApp(
  context: Context,
  servers: readonly JudgeServer[],
  process: RunProcess = { name: "here:1", isAlive: () => null },
): Promise<JudgingApp> {
  const renderer = { render: async () => [], close: async () => undefined };
  const parts = { ...context, renderer, reports: reportsHere(context), pages: null };
  const judges = { servers, process };
  const app = await buildApp({ ...parts, judges, origin: () => ORIGIN, origins: () => [ORIGIN] });
  await app.ready();
  const headers = await ownerHeaders(app, context);
  const call = async (method: "GET" | "POST", url: string, payload?: object) => {
    const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: reply.statusCode, body: reply.body };
  };
  return {
    app,
    get: (url) => call("GET", url),
    post: (url, payload) => call("POST", url, payload),
    runs: async () => {
      const { body } = await call("GET", RUNS);
      return (JSON.parse(body) as JudgeRuns).runs;
    },
  };
}

export const RUNS = "/api/studies/s/judge-runs";

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("It did not become so.");
}
