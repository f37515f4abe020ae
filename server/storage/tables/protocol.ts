import type { Generated } from "kysely";

/** What annotators are asked, as JSON; frozen with a hash when the study opens. */
export interface ProtocolTable {
  id: Generated<number>;
  study_id: number;
  revision: number;
  body: string;
  hash: string | null;
  frozen_at: string | null;
}
