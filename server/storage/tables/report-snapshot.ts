import type { Generated } from "kysely";

/** A report as it stood at one moment, with every block: written once, never changed. */
export interface ReportSnapshotTable {
  id: Generated<number>;
  study_id: number;
  /** Counts the snapshots of a study, from 1. */
  number: number;
  taken_at: string;
  /** Why it was taken, such as "the study was closed". */
  reason: string;
  /** Of the judgments behind it: see dataHash. */
  data_hash: string;
  /** Hashes of all that it was made of, as JSON: see Inputs. Null where an older version kept it. */
  inputs: string | null;
  judgments: number;
  estimator: string;
  /** The whole report as JSON. */
  body: string;
}
