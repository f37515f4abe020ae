import { LRUCache } from "lru-cache";
import type { Protocol } from "../contract/studies.ts";
import type { Transaction } from "../storage/database.ts";
import { statement } from "../storage/statement.ts";
import { parseProtocol } from "./store.ts";

const PROTOCOLS_KEPT = 200;

const selectProtocol = statement<{ id: number }, { body: string }>((db, param) =>
  db.selectFrom("protocol").select("body").where("id", "=", param("id")),
);

/** Remembers frozen protocols, which never change, by the ids of their revisions. */
export class ProtocolCache {
  readonly #known = new LRUCache<number, Protocol>({ max: PROTOCOLS_KEPT });

  async protocolOf(tx: Pick<Transaction, "run">, id: number): Promise<Protocol> {
    const known = this.#known.get(id);
    if (known) return known;
    const [row] = await tx.run(selectProtocol, { id });
    const protocol = parseProtocol(row?.body ?? "null");
    this.#known.set(id, protocol);
    return protocol;
  }
}
