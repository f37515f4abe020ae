import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Reader, Transaction } from "./database.ts";
import { sqliteDialect } from "./dialect.ts";
import { DatabaseBusy } from "./errors.ts";
import { GroupCommit } from "./group-commit.ts";
import { makeFolders } from "./make-folders.ts";
import { Mutex } from "./mutex.ts";
import { SqliteConnection } from "./sqlite-connection.ts";

const BUSY_TRIES = 10_000;
const READERS_KEPT = 4;

/**
 * Opens (and makes, where it does not exist) the SQLite file. One handle writes; readers have their own.
 * `cacheMb`: how much of the file each handle keeps in memory.
 */
export function openSqlite(file: string, options: { cacheMb: number }): Database {
  makeFolders(path.dirname(path.resolve(file)));
  return new SqliteDatabase(path.resolve(file), options);
}

class SqliteDatabase implements Database {
  readonly dialect = sqliteDialect;
  readonly #writer: SqliteConnection;
  readonly #idleReaders: SqliteConnection[] = [];
  readonly #mutex = new Mutex();
  readonly #group: GroupCommit;

  constructor(
    readonly place: string,
    readonly options: { cacheMb: number },
  ) {
    this.#writer = new SqliteConnection(place, { readonly: false, ...options });
    fs.chmodSync(place, 0o600);
    this.#group = new GroupCommit({
      begin: () => this.#begin(),
      execute: (sql) => void this.#writer.prepare(sql).run(),
      inTransaction: () => this.#writer.handle.inTransaction,
      writes: () => this.#writer.writes,
      transaction: this.#transaction,
      exclusively: (use) => this.#mutex.run(use),
    });
  }

  async read<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
    const connection =
      this.#idleReaders.pop() ?? new SqliteConnection(this.place, { readonly: true, ...this.options });
    connection.prepare("begin").run();
    try {
      return await use(connection.reader);
    } finally {
      connection.prepare("commit").run();
      if (this.#idleReaders.length < READERS_KEPT) this.#idleReaders.push(connection);
      else connection.close();
    }
  }

  transact<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#mutex.run(async () => {
      await this.#begin();
      try {
        const result = await use(this.#transaction);
        this.#writer.prepare("commit").run();
        return result;
      } catch (error) {
        if (this.#writer.handle.inTransaction) this.#writer.prepare("rollback").run();
        throw error;
      }
    });
  }

  transactTogether<T>(use: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#group.add(use);
  }

  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      for (const reader of this.#idleReaders) reader.close();
      this.#writer.close();
    });
  }

  get #transaction(): Transaction {
    return this.#writer.reader as Transaction;
  }

  /** Waits for another process's short transaction without blocking this one's event loop. */
  async #begin(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        this.#writer.prepare("begin immediate").run();
        return;
      } catch (error) {
        const busy =
          error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
        if (!busy) throw error;
        if (tries >= BUSY_TRIES) throw new DatabaseBusy(this.place, { cause: error });
        await sleep(1);
      }
    }
  }
}
