import type { Database } from "./storage/database.ts";

/** What every use case is given: the database, the time, and randomness. Nothing else is ambient. */
export interface Context {
  readonly database: Database;
  readonly clock: () => Date;
  /** Unpredictable bytes. */
  readonly randomBytes: (size: number) => Buffer;
}

/** The present moment as the tables keep it: ISO 8601, UTC. */
export const now = (context: Context): string => context.clock().toISOString();

/** An unguessable token of `bytes` random bytes, in base64url. */
export const newToken = (context: Context, bytes: number): string =>
  context.randomBytes(bytes).toString("base64url");
