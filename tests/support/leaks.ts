import type { Page } from "playwright-core";

type Plant = (page: Page, text: string) => Promise<() => Promise<unknown>>;

/** Runs both parts in the page: the leak, and how it is taken back. */
const inPage =
  (leak: (text: string) => unknown, takeBack: () => unknown = () => null): Plant =>
  async (page, text) => {
    await page.evaluate(leak, text);
    return () => page.evaluate(takeBack);
  };

const onTheWire =
  (reply: (text: string) => { body: string; headers?: Record<string, string> }): Plant =>
  async (page, text) => {
    await page.route("**/leak", (route) => route.fulfill(reply(text)));
    await page.evaluate(() => fetch("/leak").then((response) => response.text()));
    return () => page.unroute("**/leak");
  };

/** Every place in which a browser can receive or keep something, with a leak for it. */
export const leakingPlaces: Record<string, Plant> = {
  "a body": onTheWire((text) => ({ body: `{"a":"aa${text}bb"}` })),
  "a header": onTheWire((text) => ({ body: "fine", headers: { "x-leak": text } })),
  "an address": inPage((text) => fetch(`/${text}`).then((response) => response.text())),
  "a console message": inPage((text) => console.log(text)),
  "the title": inPage(
    (text) => (document.title = text),
    () => (document.title = ""),
  ),
  "the document": inPage(
    (text) => document.body.setAttribute("data-x", text),
    () => document.body.removeAttribute("data-x"),
  ),
  "the page's address": inPage(
    (text) => history.replaceState(null, "", `?${text}`),
    () => history.replaceState(null, "", "/judge"),
  ),
  "local storage": inPage(
    (text) => localStorage.setItem("k", `a${text}b`),
    () => localStorage.clear(),
  ),
  "session storage": inPage(
    (text) => sessionStorage.setItem(text, "k"),
    () => sessionStorage.clear(),
  ),
  "a cookie": inPage(
    (text) => (document.cookie = `k=${text}`),
    () => (document.cookie = "k=; max-age=0"),
  ),
  "the cache": inPage(
    async (text) => (await caches.open("c")).put("/x", new Response(text)),
    () => caches.delete("c"),
  ),
  "a cached header": inPage(
    async (text) => (await caches.open("c")).put("/x", new Response("", { headers: { "x-leak": text } })),
    () => caches.delete("c"),
  ),
  "a record": inPage(keepRecord, forgetRecords),
  "a record of bytes": inPage(keepBytes, forgetRecords),
};

/** Runs in the page, so it stands alone. */
function keepRecord(text: string): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open("leak");
    opening.onupgradeneeded = () => opening.result.createObjectStore("s");
    opening.onsuccess = () => {
      const writing = opening.result.transaction("s", "readwrite");
      writing.objectStore("s").put({ deep: new Map([["k", [text]]]) }, "k");
      writing.oncomplete = () => (opening.result.close(), resolve());
    };
  });
}

/** Runs in the page, so it stands alone. */
function keepBytes(text: string): Promise<void> {
  return new Promise((resolve) => {
    const opening = indexedDB.open("leak");
    opening.onupgradeneeded = () => opening.result.createObjectStore("s");
    opening.onsuccess = () => {
      const writing = opening.result.transaction("s", "readwrite");
      writing.objectStore("s").put(new TextEncoder().encode(text), "k");
      writing.oncomplete = () => (opening.result.close(), resolve());
    };
  });
}

function forgetRecords(): Promise<unknown> {
  return new Promise((resolve) => (indexedDB.deleteDatabase("leak").onsuccess = resolve));
}
