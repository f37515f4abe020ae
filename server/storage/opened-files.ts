import fs from "node:fs";
import { DatabaseGone } from "./errors.ts";

/** What SQLite keeps beside the database while it is in use: its log of changes, and what processes share of it. */
const BESIDE = ["-wal", "-shm"] as const;

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/**
 * Remembers which files an SQLite database was opened as. A process goes on writing to a file that was deleted, and no
 * error says so; what was written is gone when it ends.
 */
export class OpenedFiles {
  readonly #opened: readonly { readonly file: string; readonly identity: Identity }[];

  /** @param place the database, just opened and read once, so that the files beside it are there */
  constructor(place: string) {
    this.#opened = ["", ...BESIDE].flatMap((end) => {
      const identity = identityOf(place + end);
      return identity ? [{ file: place + end, identity }] : [];
    });
  }

  /** The first file that is not the one that was opened; null where all are. */
  fault(): DatabaseGone | null {
    for (const { file, identity } of this.#opened) {
      const there = identityOf(file);
      if (!there) return new DatabaseGone(file, "deleted");
      if (there.ino !== identity.ino || there.dev !== identity.dev) return new DatabaseGone(file, "replaced");
    }
    return null;
  }
}

const identityOf = (file: string): Identity | undefined =>
  fs.statSync(file, { bigint: true, throwIfNoEntry: false });
