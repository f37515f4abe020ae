import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Reader, Transaction } from "./database.ts";
import { sqliteDialect } from "./dialect.ts";
import { DatabaseBusy } from "./errors.ts";
import { GroupCommit } from "./group-commit.ts";
import { makeFolders } from "./make-folders.ts";
import { Mutex } from "./mutex.ts";
import { DatabaseUnusable } from "./open-errors.ts";
import { OpenedFiles } from "./opened-files.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { Trouble } from "./trouble.ts";

const BUSY_TRIES = 10_000;
const READERS_KEPT = 4;

interface SqliteOptions {
  /** How much of the file each handle keeps in memory. */
  readonly cacheMb: number;
  /** How many pages the log holds before they go to the file. */
  readonly logPages: number;
  /** Told, once, that the file is not there any more, and that it is back. */
  readonly tell: (line: string) => void;
}

/**
 * Opens (and makes, where it does not exist) the SQLite file. One handle writes; readers have their own.
 * @throws DatabaseUnusable where the file has two names
 */
export function openSqlite(file: string, options: SqliteOptions): Database {
  const place = path.resolve(file);
  makeFolders(path.dirname(place));
  refuseTwoNames(place);
  return new SqliteDatabase(place, options);
}

/** SQLite knows a file by its name: under two of them nobody would see what the others do, and data is damaged. */
function refuseTwoNames(file: string): void {
  const names = fs.statSync(file, { throwIfNoEntry: false })?.nlink ?? 1;
  if (names <= 1) return;
  const reason = "has another name (a hard link), and SQLite damages a file that is used under two.";
  throw new DatabaseUnusable(file, `${reason} Remove the other name, or work on a copy.`);
}

class SqliteDatabase implements Database {
  readonly dialect = sqliteDialect;
  /** Where the file itself is, by whatever link it was named. */
  readonly place: string;
  readonly #options: SqliteOptions;
  readonly #writer: SqliteConnection;
  readonly #idleReaders: SqliteConnection[] = [];
  readonly #mutex = new Mutex();
  readonly #group: GroupCommit;
  readonly #files: OpenedFiles;
  readonly #trouble: Trouble;

  constructor(file: string, options: SqliteOptions) {
    this.#options = options;
    this.#writer = new SqliteConnection(file, { readonly: false, ...options });
    this.place = fs.realpathSync(file);
    fs.chmodSync(this.place, 0o600);
    this.#files = new OpenedFiles(this.place);
    this.#trouble = new Trouble(options.tell);
    this.#group = new GroupCommit({
      begin: () => this.#begin(),
      commit: () => this.#commit(),
      undo: () => this.#undo(),
      execute: (sql) => void this.#writer.prepare(sql).run(),
      inTransaction: () => this.#writer.handle.inTransaction,
      writes: () => this.#writer.writes,
      transaction: this.#transaction,
      exclusively: (use) => this.#mutex.run(use),
    });
  }

  async read<T>(use: (reader: Reader) => Promise<T>): Promise<T> {
    this.#requireFiles();
    const connection =
      this.#idleReaders.pop() ?? new SqliteConnection(this.place, { readonly: true, ...this.#options });
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
        this.#commit();
        return result;
      } catch (error) {
        this.#undo();
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

  /** @throws DatabaseGone where a commit would be kept nowhere */
  #commit(): void {
    this.#requireFiles();
    this.#writer.prepare("commit").run();
  }

  #undo(): void {
    if (this.#writer.handle.inTransaction) this.#writer.prepare("rollback").run();
  }

  /** @throws DatabaseGone */
  #requireFiles(): void {
    const fault = this.#files.fault();
    if (fault === null) return this.#trouble.isOver(`${this.place} is back.`);
    this.#trouble.is(fault.message);
    throw fault;
  }

  /** Waits for another process's short transaction without blocking this one's event loop. */
  async #begin(): Promise<void> {
    this.#requireFiles();
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
