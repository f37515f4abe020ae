import type { Generated } from "kysely";

/** A signed-in browser of the owner. */
export interface SessionTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
}
