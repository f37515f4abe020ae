import type { Generated } from "kysely";
import type { GroupKind } from "../../contract/words.ts";

/** A kind of annotator reported on its own; `headline` 0 stays out of the people's figure. */
export interface AnnotatorGroupTable {
  id: Generated<number>;
  study_id: number;
  name: string;
  kind: GroupKind;
  headline: number;
  open_token_hash: string | null;
  /** Of the shared link: when it was made (null: before that was noted), last used, and revoked. */
  open_link_made_at: string | null;
  open_link_used_at: string | null;
  open_link_revoked_at: string | null;
  load_id: number | null;
}
