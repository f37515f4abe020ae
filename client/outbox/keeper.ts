import { createStore, entries, promisifyRequest, type UseStore } from "idb-keyval";
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

/**
 * Keeps in IndexedDB, in a database for each personal link: two links on one device never mix. The name of
 * the database is a hash, so that the link itself cannot be read off it.
 */
export function indexedKeeper(token: string): Keeper {
  const store = storeOf(token);
  return {
    load: async () => restore(await patiently(entries<string, unknown>(store))),
    entries: async () => entriesIn(await patiently(entries<string, unknown>(store))),
    // async: a browser without IndexedDB throws at once, and that is a rejection here
    async save(previous, next) {
      const { put, remove } = changesBetween(previous, next);
      if (put.length + remove.length === 0) return;
      await store("readwrite", (records) => {
        for (const [key, value] of put) records.put(value, key);
        for (const key of remove) records.delete(key);
        // not left until the requests have answered: the page may be gone by then, and all of it with it
        records.transaction.commit();
        return promisifyRequest(records.transaction);
      });
    },
  };
}

/** Where a browser keeps what it holds for a personal link. */
export const storeOf = (token: string): UseStore => createStore(`tiebreak-${hashOf(token)}`, "held");

const PATIENCE_MS = 3_000;

/** Some browsers' storage never answers: after a while the page goes on without it. */
function patiently<Value>(reading: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The storage does not answer.")), PATIENCE_MS);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const FNV_START = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a, 64 bits: apart from each other, and far too short to lead back to a token of 256 random bits. */
export function hashOf(token: string): string {
  let hash = FNV_START;
  for (const character of token) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * FNV_PRIME);
  }
  return hash.toString(36);
}
