/** A service worker has no types of its own beside those of the page: what is used of it here. */
interface WorkerScope {
  addEventListener(type: "install" | "activate", handle: (event: Lasting) => void): void;
  addEventListener(type: "fetch", handle: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as WorkerScope;

/** The folder that this file stands in: the server's own, or the path that a proxy serves it below. */
const BASE = location.pathname.replace(/[^/]*$/, "");
const KEPT = `tiebreak-page${BASE === "/" ? "" : ` ${BASE}`}`;
const PAGE = `${BASE}judge`;
const FILES = new RegExp(`${BASE}assets/[\\w.-]+`, "g");
const PATIENCE_MS = 4_000;

/**
 * Keeps the annotator's page and its files, so that it opens without network. The page comes from the
 * network wherever that answers in time; its files carry a hash in their names and never change. Calls to
 * the server are left alone.
 */
scope.addEventListener("install", (event) => event.waitUntil(fetchPage().then(() => scope.skipWaiting())));

scope.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === PAGE) event.respondWith(openPage(event));
  else if (pathname.startsWith(`${BASE}assets/`)) event.respondWith(openFile(event.request));
});

async function openPage(event: Fetching): Promise<Response> {
  const fetched = fetchPage();
  event.waitUntil(fetched.catch(() => undefined));
  const kept = await caches.match(PAGE, { cacheName: KEPT });
  if (!kept) return fetched;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fetched.catch(() => kept), late]);
}

async function openFile(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: KEPT })) ?? fetch(request);
}

/** Fetches the page, keeps it with the files it names, and drops files that it names no more. */
async function fetchPage(): Promise<Response> {
  const page = await fetch(PAGE, { cache: "no-cache" });
  if (!page.ok) return page;
  const files = new Set((await page.clone().text()).match(FILES) ?? []);
  const cache = await caches.open(KEPT);
  const kept = (await cache.keys()).map((request) => new URL(request.url).pathname);
  await cache.addAll([...files].filter((file) => !kept.includes(file)));
  await cache.put(PAGE, page.clone());
  await Promise.all(
    kept.filter((path) => path !== PAGE && !files.has(path)).map((path) => cache.delete(path)),
  );
  return page;
}
