import type { Generated } from "kysely";

/** One person or one judge model. `probe_key`: where a bounded search for free work goes on. */
export interface AnnotatorTable {
  id: Generated<number>;
  group_id: number;
  study_id: number;
  provider: string;
  external_id: string;
  display_number: number;
  token_hash: string | null;
  probe_key: number | null;
  load_id: number | null;
  created_at: string;
  /** When this person's link was last used, within a minute; null: never, or nobody noted it. */
  link_used_at: string | null;
  link_revoked_at: string | null;
}
