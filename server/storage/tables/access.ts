import type { Generated } from "kysely";

/* Links, sessions and who used them. */

/** A link to the dashboard, exchanged once for a session. */
export interface OwnerTokenTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
}

/** A signed-in browser of the owner. */
export interface SessionTable {
  id: Generated<number>;
  token_hash: string;
  created_at: string;
  expires_at: string;
}

/** A read-only link to the results of one study. */
export interface ShareLinkTable {
  id: Generated<number>;
  study_id: number;
  token_hash: string;
  /** What the link shows; null: the report as it stands when it is opened. */
  snapshot_id: number | null;
  created_at: string;
  revoked_at: string | null;
  /** When it was last used, within a minute; null: never, or nobody noted it. */
  used_at: string | null;
}

/** Not yet used: who did what on the dashboard and the command line. Always empty. */
export interface AuditEventTable {
  id: Generated<number>;
  study_id: number | null;
  kind: string;
  detail: string;
  at: string;
}
