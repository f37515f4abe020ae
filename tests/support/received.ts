import type { Page, Response } from "playwright-core";

/** Writes down everything that a page receives: addresses, headers, bodies, console messages. */
export class Recorder {
  readonly #parts: string[] = [];
  responses = 0;

  constructor(page: Page) {
    page.on("request", (request) => this.#parts.push(request.url()));
    page.on("console", (message) => this.#parts.push(message.text()));
    page.on("response", (response) => void this.#take(response));
  }

  async #take(response: Response): Promise<void> {
    this.responses++;
    this.#parts.push(response.url(), JSON.stringify(await response.allHeaders().catch(() => ({}))));
    this.#parts.push(await response.text().catch(() => ""));
  }

  text(): string {
    return this.#parts.join("\n");
  }
}

/** Everything that a page keeps: its document, cookies, and every kind of storage, as one text. */
export async function everythingKept(page: Page): Promise<string> {
  const cookies = JSON.stringify(await page.context().cookies());
  const kept = await page.evaluate(async () => {
    const parts = [document.title, document.documentElement.outerHTML, location.href];
    parts.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        parts.push(request.url, (await response?.text()) ?? "");
      }
    }
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open(name);
        open.onsuccess = () => resolve(open.result);
      });
      parts.push(name);
      for (const store of db.objectStoreNames) {
        const reading = db.transaction(store).objectStore(store);
        const ask = (request: IDBRequest<unknown>) =>
          new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
        parts.push(
          store,
          JSON.stringify(await ask(reading.getAllKeys())),
          JSON.stringify(await ask(reading.getAll())),
        );
      }
      db.close();
    }
    return parts.join("\n");
  });
  return `${cookies}\n${kept}`;
}
