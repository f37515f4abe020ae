import type { Generated } from "kysely";

/** A link to the desk, exchanged once for a session. */
export interface OwnerTokenTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
}
