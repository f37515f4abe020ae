import { createStore, entries, promisifyRequest } from "idb-keyval";
import type { Entry, HeldWork } from "./held-work.ts";
import { changesBetween, entriesIn, restore } from "./kept-records.ts";

/** Where an annotator's page keeps what it holds. Every method may reject: some browsers keep nothing. */
export interface Keeper {
  load(): Promise<HeldWork>;
  /** The entries that are kept, whichever tab made them. */
  entries(): Promise<Entry[]>;
  /** Writes what changed, in one transaction that has begun when this returns. */
  save(previous: HeldWork, next: HeldWork): Promise<void>;
}

/** Keeps in IndexedDB, in a database for each personal link: two links on one device never mix. */
export function indexedKeeper(token: string): Keeper {
  const store = createStore(`tiebreak-${token}`, "held");
  return {
    load: async () => restore(await entries<string, unknown>(store)),
    entries: async () => entriesIn(await entries<string, unknown>(store)),
    save(previous, next) {
      const { put, remove } = changesBetween(previous, next);
      if (put.length + remove.length === 0) return Promise.resolve();
      return store("readwrite", (records) => {
        for (const [key, value] of put) records.put(value, key);
        for (const key of remove) records.delete(key);
        return promisifyRequest(records.transaction);
      });
    },
  };
}
