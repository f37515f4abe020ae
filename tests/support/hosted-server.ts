import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import path from "node:path";
import { freePort } from "./postgres.ts";
import { type RunningServer, untilRunning } from "./server.ts";

const HOST = path.join(import.meta.dirname, "server-host.mjs");

interface Host {
  readonly child: ChildProcess;
  /** What its servers have printed so far. */
  output: string;
}

/** What the host sends when a server has ended, with the reason where it was not asked to. */
interface Ended {
  readonly ended: string;
  readonly error?: string;
}

/** The process of this worker's servers. */
let host: Host | undefined;
let servers = 0;
let running = 0;

/**
 * Starts the built server on a database, in a process that all such servers of a test worker share, and waits until it
 * answers. For where neither the process nor its environment is what is tested.
 */
export async function hostServer(
  database: string,
  { publicUrl }: { publicUrl?: string | undefined } = {},
): Promise<RunningServer> {
  if (host?.child.connected !== true) host = startHost();
  const own = host;
  const [id, from, port] = [`server ${++servers}`, own.output.length, await freePort()];
  const output = () => own.output.slice(from);
  if (running++ === 0) for (const stream of streamsOf(own.child)) stream.ref();
  const address = publicUrl ?? `http://127.0.0.1:${port}`;
  const ended = endOf(own, id);
  own.child.send({ start: id, flags: { database, port: String(port), publicUrl, demo: false } });
  const greeting = () =>
    output()
      .split("Tiebreak is running at ")
      .find((one) => one.startsWith(address)) ?? "";
  await Promise.race([untilRunning(own.child, greeting), ended]);
  return {
    origin: address,
    port,
    output,
    async stop() {
      own.child.send({ stop: id });
      await ended;
      // Without servers the host keeps nobody from ending: a benchmark is no worker that vitest ends.
      if (--running === 0) for (const stream of streamsOf(own.child)) stream.unref();
    },
  };
}

const streamsOf = ({ stdout, stderr }: ChildProcess) => [stdout, stderr] as Socket[];

function startHost(): Host {
  const child = fork(HOST, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const started: Host = { child, output: "" };
  for (const stream of streamsOf(child))
    stream.on("data", (chunk: Buffer) => (started.output += chunk.toString()));
  child.setMaxListeners(0);
  child.unref();
  child.channel?.unref();
  return started;
}

/** Until a server has ended. @throws where it was not asked to */
function endOf(host: Host, id: string): Promise<void> {
  const { child } = host;
  const end = new Promise<void>((resolve, reject) => {
    const listen = (message: Ended): void => {
      if (message.ended !== id) return;
      child.off("message", listen);
      if (message.error === undefined) resolve();
      else reject(new Error(`The server ended: ${message.error}`));
    };
    child.on("message", listen).once("exit", (code, signal) => {
      const why = `The process of servers has ended: ${signal ?? code}. ${host.output.slice(-2000)}`;
      reject(new Error(why));
    });
  });
  end.catch(() => undefined); // who waits for it is told
  return end;
}
