import type { Generated } from "kysely";

/** Who did what on the desk and the command line. */
export interface AuditEventTable {
  id: Generated<number>;
  study_id: number | null;
  kind: string;
  detail: string;
  at: string;
}
