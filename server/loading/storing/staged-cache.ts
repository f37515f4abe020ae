import { LRUCache } from "lru-cache";

/**
 * What is known of rows in the database, for the latest keys only. What a transaction learns counts within it
 * at once, and afterwards only if it was committed.
 */
export class StagedCache<Key extends string | number, Value extends object> {
  readonly #kept: LRUCache<Key, Value>;
  readonly #staged = new Map<Key, Value>();

  constructor(max: number) {
    this.#kept = new LRUCache({ max });
  }

  get(key: Key): Value | undefined {
    return this.#staged.get(key) ?? this.#kept.get(key);
  }

  set(key: Key, value: Value): void {
    this.#staged.set(key, value);
  }

  /** The transaction begins, or begins again. */
  begin(): void {
    this.#staged.clear();
  }

  /** The transaction is committed. */
  keep(): void {
    for (const [key, value] of this.#staged) this.#kept.set(key, value);
    this.#staged.clear();
  }
}
