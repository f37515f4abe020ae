import { TiebreakError } from "../contract/errors.ts";

export class DatabaseBusy extends TiebreakError {
  constructor(place: string, options?: ErrorOptions) {
    super("DatabaseBusy", 503, `${place} is held by another program. Try again in a moment.`, options);
  }
}

/** A database that answered before does not now; nothing of what was asked is kept. */
export class DatabaseAway extends TiebreakError {
  constructor(place: string, options?: ErrorOptions) {
    super("DatabaseAway", 503, `${place} is not answering. Try again in a moment.`, options);
  }

  override get isTold() {
    return true;
  }
}

/** The file at the database's path is not the one that was opened: what would be written there nobody could find. */
export class DatabaseGone extends TiebreakError {
  constructor(file: string, what: "deleted" | "replaced") {
    super(
      "DatabaseGone",
      503,
      `${file} was ${what} while it was in use: nothing more can be saved. Restore the original file, or restart the server.`,
    );
  }

  override get isTold() {
    return true;
  }
}

export class DatabaseNewer extends TiebreakError {
  constructor(place: string, migration: string) {
    super(
      "DatabaseNewer",
      409,
      `${place} was written by a newer Tiebreak (it has ${migration}). Update Tiebreak, or name another database.`,
    );
  }
}

export class CommitLost extends TiebreakError {
  constructor(options?: ErrorOptions) {
    super("CommitLost", 503, "This could not be saved. Send it again.", options);
  }
}

export class DatabaseUrlUnknown extends TiebreakError {
  constructor(url: string) {
    super(
      "DatabaseUrlUnknown",
      400,
      `“${url.replace(/:\/\/.*@/, "://…@")}” is not a database: give a path, sqlite:PATH or postgres://….`,
    );
  }
}
