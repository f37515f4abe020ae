import type { Generated } from "kysely";

/** One file brought in; its rows are read only once it is published. */
export interface LoadTable {
  id: Generated<number>;
  study_id: number;
  state: "running" | "published" | "failed";
  file_name: string;
  content_hash: string;
  report: string | null;
  started_at: string;
  heartbeat_at: string;
  ended_at: string | null;
}
