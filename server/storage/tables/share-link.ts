import type { Generated } from "kysely";

/** A read-only link to the results of one study. */
export interface ShareLinkTable {
  id: Generated<number>;
  study_id: number;
  token_hash: string;
  created_at: string;
  revoked_at: string | null;
}
