import type { Generated } from "kysely";

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
