import type { BrowserContext, Page, Response } from "playwright-core";

/** Writes down everything that a browser context receives: addresses, headers, bodies, console messages. */
export class Recorder {
  readonly #parts: string[] = [];
  readonly #taking: Promise<void>[] = [];
  readonly statuses = new Set<number>();
  /** Replies of the server's interface whose body could not be read, so that nobody can say what was in it. */
  readonly unread: string[] = [];
  responses = 0;

  constructor(context: BrowserContext) {
    context.on("request", (request) => this.#parts.push(request.url()));
    context.on("console", (message) => this.#parts.push(message.text()));
    context.on("response", (response) => this.#taking.push(this.#take(response)));
  }

  async #take(response: Response): Promise<void> {
    this.responses++;
    this.statuses.add(response.status());
    this.#parts.push(response.url(), response.statusText());
    this.#parts.push(JSON.stringify(await response.allHeaders().catch(() => response.headers())));
    try {
      this.#parts.push((await patiently(response.body())).toString("latin1"));
    } catch {
      if (new URL(response.url()).pathname.startsWith("/api/")) this.unread.push(response.url());
    }
  }

  /** Everything so far, as one text, once the bodies that are under way have been read. */
  async text(): Promise<string> {
    for (let read = 0; read < this.#taking.length; read = this.#taking.length)
      await Promise.all(this.#taking);
    return this.#parts.join("\n");
  }
}

const PATIENCE_MS = 5000;

/** A body that the page itself never reads may never be there to be read. */
const patiently = <Value>(reading: Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The body does not come.")), PATIENCE_MS);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** Everything that a page keeps: its document, cookies, and every kind of storage, as one text. */
export async function everythingKept(page: Page): Promise<string> {
  const cookies = JSON.stringify(await page.context().cookies());
  return `${cookies}\n${await page.evaluate(readStorage)}`;
}

/** Runs in the page. */
async function readStorage(): Promise<string> {
  const latin1 = (bytes: ArrayBuffer) => new TextDecoder("latin1").decode(bytes);
  const spell = (value: unknown) =>
    JSON.stringify(value, (_key, part: unknown) => {
      if (part instanceof ArrayBuffer) return latin1(part);
      if (ArrayBuffer.isView(part)) return latin1(new Uint8Array(part.buffer as ArrayBuffer).buffer);
      return part instanceof Map || part instanceof Set ? [...part] : part;
    });
  const parts = [document.title, document.documentElement.outerHTML, location.href];
  parts.push(spell({ ...localStorage }), spell({ ...sessionStorage }), spell(history.state));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    parts.push(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      parts.push(request.url, spell([...(response?.headers ?? [])]), (await response?.text()) ?? "");
    }
  }
  const ask = <Result>(request: IDBRequest<Result>) =>
    new Promise<Result>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error("This record cannot be read."));
    });
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await ask(indexedDB.open(name));
    parts.push(name);
    for (const store of database.objectStoreNames) {
      const records = database.transaction(store).objectStore(store);
      parts.push(store, spell(await ask(records.getAllKeys())), spell(await ask(records.getAll())));
    }
    database.close();
  }
  return parts.join("\n");
}
