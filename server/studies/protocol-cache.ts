import { LRUCache } from "lru-cache";
import type { Protocol } from "../contract/studies.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { parseProtocol } from "./store.ts";

const PROTOCOLS_KEPT = 200;

const selectProtocol = statement<{ id: number }, { body: string; revision: number }>((db, param) =>
  db.selectFrom("protocol").select(["body", "revision"]).where("id", "=", param("id")),
);

interface KnownProtocol {
  readonly protocol: Protocol;
  readonly revision: number;
}

/** Remembers frozen protocols, which never change, by the ids of their revisions. */
export class ProtocolCache {
  readonly #known = new LRUCache<number, KnownProtocol>({ max: PROTOCOLS_KEPT });

  async protocolOf(tx: Pick<Transaction, "run">, id: number): Promise<KnownProtocol> {
    const known = this.#known.get(id);
    if (known) return known;
    const [row] = await tx.run(selectProtocol, { id });
    const read = { protocol: parseProtocol(row?.body ?? "null"), revision: row?.revision ?? 1 };
    this.#known.set(id, read);
    return read;
  }
}
