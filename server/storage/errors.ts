import { TiebreakError } from "../contract/errors.ts";

export class DatabaseBusy extends TiebreakError {
  constructor(place: string, options?: ErrorOptions) {
    super("DatabaseBusy", 503, `${place} is held by another program. Try again in a moment.`, options);
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
    super("CommitLost", 503, "This could not be saved just now. Send it again.", options);
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
