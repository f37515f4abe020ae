import { once } from "node:events";
import net from "node:net";
import type { FastifyInstance } from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { drain } from "../../../server/commands/support/drain.ts";
import { appParts, ownerHeaders } from "../../support/app.ts";
import { buildApp } from "../../../server/app.ts";
import { testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

/** The app on a real port, whose requests have this long to arrive. */
async function listening(arrivalMs: number) {
  const context = await testContext("sqlite");
  const { tokens } = await openStudy(context, { prompts: 4, baselines: 1, annotators: 1 });
  const app = await buildApp({ ...appParts(context), arrivalMs });
  await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => app.close());
  return { app, context, token: tokens[0]! };
}

const CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
const request = (line: string, headers: string) => `${line} HTTP/1.1\r\nHost: tiebreak.test\r\n${headers}`;

/** Requests that never come to their end; `TOKEN` stands for an annotator's own. */
const STALLED: [what: string, text: string][] = [
  ["half a header", request("POST /api/judge/work", "")],
  ["no byte at all", ""],
  [
    "half a body",
    request(
      "POST /api/judge/work",
      "Authorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{",
    ),
  ],
  [
    "headers without their body",
    request("POST /api/join", "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n"),
  ],
  [
    "half a chunk",
    request(
      "POST /api/judge/work",
      `Authorization: Bearer TOKEN\r\nContent-Type: application/json\r\n${CHUNKED}5\r\n{"`,
    ),
  ],
  [
    "chunks without the last one",
    request("POST /api/join", `Content-Type: application/json\r\n${CHUNKED}2\r\n{}\r\n`),
  ],
  [
    "half a body that was refused before",
    request("POST /api/judge/work", "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"),
  ],
  [
    "half a file that nobody may load",
    request("POST /api/studies/s/files?name=a.csv", `Content-Type: text/csv\r\n${CHUNKED}5\r\nab`),
  ],
  [
    "half a body for an address that is not there",
    request("POST /nothing", "Content-Length: 5000\r\n\r\nab"),
  ],
  ["half a body of a page", request("GET /judge", "Content-Length: 5000\r\n\r\nab")],
];

/** Sends it over a connection of its own. */
async function send(app: FastifyInstance, text: string): Promise<net.Socket> {
  const { port } = app.server.address() as net.AddressInfo;
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined).resume();
  if (text !== "") socket.write(text);
  return socket;
}

/** Resolves once the connection has ended, in whatever way. */
const isClosed = (socket: net.Socket) =>
  new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once("close", () => resolve())));

describe("a request that stalls", () => {
  const bodies = STALLED.filter(([, text]) => text.includes("\r\n\r\n"));

  it.each(bodies)("%s is ended", async (_what, text) => {
    const { app, token } = await listening(300);
    await isClosed(await send(app, text.replace("TOKEN", token)));
  });

  it("in its header is ended by Node, whose limits are set", async () => {
    const { app } = await listening(300);
    expect(app.server.headersTimeout).toBeGreaterThan(0);
    expect(app.server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(app.server.requestTimeout).toBeGreaterThan(0);
  });

  it("takes nothing from requests that arrive whole, nor from the next on their connection", async () => {
    const { app, token } = await listening(300);
    const { port } = app.server.address() as net.AddressInfo;
    const socket = net.connect(port, "127.0.0.1");
    let replies = "";
    socket.on("data", (chunk: Buffer) => (replies += chunk.toString()));
    const body = JSON.stringify({ holding: [] });
    const headers = `Authorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    for (let n = 1; n <= 3; n++) {
      socket.write(request("POST /api/judge/work", headers + body));
      await until(() => replies.split("HTTP/1.1 200").length === n + 1);
      await pause(400);
    }
    expect(socket.closed).toBe(false);
    socket.destroy();
  });

  it("is no file of the owner's that keeps coming", async () => {
    const ms = 2000;
    const { app, context } = await listening(ms);
    const { cookie, origin } = await ownerHeaders(app, context);
    const headers = `Cookie: ${cookie}\r\nOrigin: ${origin}\r\nContent-Type: text/csv\r\n${CHUNKED}`;
    const socket = await send(app, request("POST /api/studies/s/files?name=a.csv&dryRun=1", headers));
    let reply = "";
    socket.on("data", (chunk: Buffer) => (reply += chunk.toString()));
    for (let sent = 0; sent < 2.5 * ms; sent += 100) {
      socket.write("1\r\na\r\n");
      await pause(100);
    }
    expect(reply).toBe("");
    socket.write("0\r\n\r\n");
    await until(() => reply.includes("\r\n\r\n"));
    expect(reply).not.toContain("408");
    socket.destroy();
  });
});

describe("a server that is asked to stop", () => {
  it.each(STALLED)("with %s ends all the same", async (_what, text) => {
    const { app, token } = await listening(600_000);
    const socket = await send(app, text.replace("TOKEN", token));
    await pause(50);
    await drain(app, { graceMs: 300, atOnce: new AbortController().signal });
    await isClosed(socket);
  });

  it("ends at once when it is asked again", async () => {
    const { app } = await listening(600_000);
    const socket = await send(app, STALLED[0]![1]);
    const again = new AbortController();
    const ended = drain(app, { graceMs: 600_000, atOnce: again.signal });
    again.abort();
    await ended;
    await isClosed(socket);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(met: () => boolean): Promise<void> {
  while (!met()) await pause(10);
}
