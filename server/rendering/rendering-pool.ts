import { Worker } from "node:worker_threads";
import { renderPlain } from "./plain-text.ts";
import type { RenderingReply, RenderingRequest } from "./rendering-worker.ts";

export interface Renderer {
  /** Safe HTML for each text, in the same order. */
  render(texts: readonly string[]): Promise<string[]>;
  /** Ends the worker; whatever is still being rendered is refused with `RendererClosed`. */
  close(): Promise<void>;
}

interface RendererOptions {
  /** The worker's entry: see `rendererWorkerUrl`. */
  workerUrl: URL;
  /** How long one request to the worker may take, in milliseconds. 10,000 if not said. */
  deadlineMs?: number;
}

/** `close` was called before the texts were rendered. @internal */
export class RendererClosed extends Error {
  override readonly name = "RendererClosed";
}

/** The worker could not be started: its file is missing or fails to load. @internal */
export class RendererUnavailable extends Error {
  override readonly name = "RendererUnavailable";
}

/** Texts that go to the worker in one request, so that a long load and a single page take turns. */
const TEXTS_PER_REQUEST = 64;

/**
 * A renderer of untrusted texts in one worker thread: rendering never holds up the server, and no text can
 * harm more than itself. The worker starts with the first text and again after a crash, and does not keep the
 * process alive while idle.
 *
 * A request that crashes the worker or passes the deadline is done again text by text; the text that does it
 * once more comes as plain escaped text.
 */
export function startRenderer({ workerUrl, deadlineMs = 10_000 }: RendererOptions): Renderer {
  const worker = new RestartingWorker(workerUrl, deadlineMs);
  let last: Promise<unknown> = Promise.resolve();

  /** Requests run one after another: a deadline must measure one request, not those before it. */
  const inTurn = (texts: string[]): Promise<string[]> => {
    const html = last.then(() => renderOrFallBack(worker, texts));
    last = html.catch(() => undefined);
    return html;
  };

  return {
    render: async (texts) => (await Promise.all(inRequests(texts).map(inTurn))).flat(),
    close: () => worker.close(),
  };
}

function inRequests(texts: readonly string[]): string[][] {
  const requests: string[][] = [];
  for (let at = 0; at < texts.length; at += TEXTS_PER_REQUEST) {
    requests.push(texts.slice(at, at + TEXTS_PER_REQUEST));
  }
  return requests;
}

async function renderOrFallBack(worker: RestartingWorker, texts: string[]): Promise<string[]> {
  const together = await worker.ask(texts);
  if (together) return together;
  const html: string[] = [];
  for (const text of texts) {
    const alone = texts.length > 1 ? await worker.ask([text]) : undefined;
    html.push(alone?.[0] ?? renderPlain(text));
  }
  return html;
}

/** One worker thread that answers one request at a time, started when needed. */
class RestartingWorker {
  readonly #url: URL;
  readonly #deadlineMs: number;
  #running: Promise<Worker> | undefined;
  #thread: Worker | undefined;
  #requests = 0;
  #refuse: ((reason: Error) => void) | undefined;
  #closed = false;

  constructor(url: URL, deadlineMs: number) {
    this.#url = url;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * @returns undefined when the worker crashed on these texts or passed the deadline.
   * @throws RendererUnavailable, RendererClosed
   */
  async ask(texts: string[]): Promise<string[] | undefined> {
    if (this.#closed) throw new RendererClosed("The renderer is closed.");
    const closing = new Promise<never>((_resolve, reject) => (this.#refuse = reject));
    closing.catch(() => undefined);
    const thread = await Promise.race([(this.#running ??= this.#start()), closing]);
    thread.ref();
    const html = await Promise.race([this.#answer(thread, texts), closing]);
    thread.unref();
    if (html === undefined) await this.#stop();
    return html;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#refuse?.(new RendererClosed("The renderer was closed while texts were waiting."));
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#running = undefined;
    await thread?.terminate();
  }

  /** Settles when the worker can answer. A worker that ends before that would end again: nothing is retried. */
  #start(): Promise<Worker> {
    const thread = new Worker(this.#url, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 512 } });
    this.#thread = thread;
    thread.on("exit", () => {
      if (this.#thread === thread) this.#thread = this.#running = undefined;
    });
    return new Promise((resolve, reject) => {
      const refuse = (reason: string): void =>
        reject(new RendererUnavailable(`The rendering worker did not start: ${reason}`));
      thread.once("message", () => resolve(thread));
      thread.on("error", (error) => refuse(error instanceof Error ? error.message : String(error)));
      thread.once("exit", (code) => refuse(`it ended with code ${code}.`));
    });
  }

  #answer(thread: Worker, texts: string[]): Promise<string[] | undefined> {
    const id = ++this.#requests;
    return new Promise((resolve) => {
      const settle = (html: string[] | undefined): void => {
        clearTimeout(timer);
        thread.off("message", receive).off("exit", giveUp);
        resolve(html);
      };
      const receive = (message: RenderingReply): void => {
        if (message !== "ready" && message.id === id) settle(message.html);
      };
      const giveUp = (): void => settle(undefined);
      const timer = setTimeout(giveUp, this.#deadlineMs);
      thread.on("message", receive).once("exit", giveUp);
      thread.postMessage({ id, texts } satisfies RenderingRequest);
    });
  }
}
