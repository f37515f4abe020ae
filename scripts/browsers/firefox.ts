import { once } from "node:events";
import type { Browser, Protocol } from "./driven.ts";
import { installed, startProgram, temporaryFolder } from "./processes.ts";

/** Firefox, driven through WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/. */
export function firefox(): Browser {
  const file = installed("firefox-esr", "firefox");
  return file === undefined ? { missing: "firefox-esr is not installed" } : { start: () => start(file) };
}

async function start(file: string): Promise<Protocol> {
  const { folder, remove } = temporaryFolder();
  const program = await startProgram(
    [file, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"],
    /WebDriver BiDi listening on (ws:\/\/\S+)/,
    { HOME: folder },
  );
  const session = await connect(`${program.ready}/session`);
  const { capabilities } = (await session.send("session.new", { capabilities: {} })) as {
    capabilities: { browserName: string; browserVersion: string };
  };
  const { contexts } = (await session.send("browsingContext.getTree", {})) as {
    contexts: { context: string }[];
  };
  const context = contexts[0]!.context;
  return {
    browser: `${capabilities.browserName} ${capabilities.browserVersion}`,
    async open(url) {
      await session.send("browsingContext.navigate", { context, url, wait: "interactive" });
    },
    async evaluate(expression) {
      const json = `JSON.stringify(${expression})`;
      const said = (await session.send("script.evaluate", {
        ...{ expression: json, target: { context }, awaitPromise: true },
      })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
      if (said.type !== "success") throw new Error(said.exceptionDetails?.text);
      return JSON.parse(said.result?.value ?? "null") as unknown;
    },
    async perform(actions) {
      await session.send("input.performActions", { context, actions });
    },
    async end() {
      session.close();
      await program.end();
      remove();
    },
  };
}

interface Session {
  /** @throws Error where the browser refuses the command */
  send(method: string, params: object): Promise<unknown>;
  close(): void;
}

/** What is used of the WebSocket that Node.js has from version 22, and version 20 with --experimental-websocket. */
interface Socket extends EventTarget {
  send(text: string): void;
  close(): void;
}

async function connect(url: string): Promise<Session> {
  const { WebSocket } = globalThis as unknown as { WebSocket: new (url: string) => Socket };
  const socket = new WebSocket(url);
  const waiting = new Map<number, (reply: Reply) => void>();
  let sent = 0;
  socket.addEventListener("message", (event) => {
    const reply = JSON.parse(String((event as MessageEvent).data)) as Reply;
    waiting.get(reply.id ?? 0)?.(reply);
    waiting.delete(reply.id ?? 0);
  });
  await once(socket, "open");
  return {
    async send(method, params) {
      const id = ++sent;
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params }));
      const { type, result, error, message } = await replied;
      if (type !== "success") throw new Error(`${method}: ${error}: ${message}`);
      return result;
    },
    close: () => socket.close(),
  };
}

/** What comes back of a command; an event has no id. */
interface Reply {
  readonly type: "success" | "error" | "event";
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}
