import { TiebreakError } from "../contract/errors.ts";

/** A database that cannot be opened where the operator said it is: what to do is for them. */
export class DatabaseUnusable extends TiebreakError {
  constructor(place: string, reason: string, options?: ErrorOptions) {
    super("DatabaseUnusable", 400, `${place} ${reason}`, options);
  }
}

/** There is no file where a database was named, and the command makes none. */
export class NoDatabase extends TiebreakError {
  constructor(place: string) {
    const advice =
      "Correct --database or DATABASE_URL; “npx tiebreak study create”, “serve”, “demo” and “restore” create a new one.";
    super("NoDatabase", 404, `There is no database at ${place}. ${advice}`);
  }
}

/** By the codes of the operating system, of SQLite and of PostgreSQL. */
const REASONS: readonly { readonly codes: RegExp; readonly reason: string }[] = [
  {
    codes: /^(EEXIST|ENOTDIR)$/,
    reason: "cannot be created: a part of its path is a file, not a folder. Name another path.",
  },
  {
    codes: /^ENOENT$/,
    reason: "cannot be created, because its folder cannot be created. Name another path.",
  },
  {
    codes: /^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/,
    reason: "is not an SQLite database, or is damaged. Name another file, or a new one.",
  },
  {
    codes: /^(EACCES|EPERM|EROFS|SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM)$/,
    reason: "cannot be opened for writing. Give this user the right to write the file and its folder.",
  },
  { codes: /^(ENOSPC|SQLITE_FULL)$/, reason: "cannot be written: the disk is full." },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|57P03)$/,
    reason: "does not answer. Start PostgreSQL, or correct the host and port in DATABASE_URL or --database.",
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    reason: "has an unknown host. Correct its name in DATABASE_URL or --database.",
  },
  {
    codes: /^28(P01|000)$/,
    reason: "does not let this user in. Correct the user and password in DATABASE_URL or --database.",
  },
  { codes: /^3D000$/, reason: "does not exist on that server. Create it with: createdb NAME" },
  {
    codes: /^42501$/,
    reason: "does not let this user create tables. Grant that right, or use another user.",
  },
  { codes: /^53300$/, reason: "has no connection left. Close some, or raise max_connections." },
  { codes: /^ERR_INVALID_URL$/, reason: "is not an address like postgres://user@host:5432/name." },
];

/** What was thrown while a database was opened, as a refusal that says what to do; anything else as it was. */
export function asRefusal(error: unknown, place: string): unknown {
  if (error instanceof TiebreakError) return error;
  const code = codeOf(error);
  const known = REASONS.find(({ codes }) => codes.test(code));
  return known ? new DatabaseUnusable(place, known.reason, { cause: error }) : error;
}

/** The code of an error; of several that happened together, as of a host with two addresses, the first one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return "";
  if (/does not support SSL|TypeError: Invalid URL/.test(String(error))) return "ERR_INVALID_URL";
  return "code" in error ? String(error.code) : "";
}
