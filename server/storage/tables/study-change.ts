import type { Generated } from "kysely";

/** Append-only: every change that can move a figure and is no judgment. */
export interface StudyChangeTable {
  id: Generated<number>;
  study_id: number;
  kind: string;
  detail: string;
  by_whom: string;
  changed_at: string;
}
