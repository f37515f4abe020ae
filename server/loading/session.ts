import type { Context } from "../context.ts";
import type { FileReport } from "../contract/loading.ts";
import type { Origin } from "../contract/words.ts";
import type { Pace } from "./pace.ts";
import type { Remarks } from "./remarks.ts";
import type { LoadSource } from "./source.ts";

/** What all files of one call share. */
export interface Session {
  readonly context: Context;
  readonly study: { readonly id: number; readonly name: string };
  readonly pace: Pace;
  readonly origin: Origin;
  readonly by: string;
  readonly dryRun: boolean;
  readonly skipBad: boolean;
  readonly yes: boolean;
  /** Why an opened study gets more work; empty: nobody gave a reason. */
  readonly reason: string;
  readonly onStep: (what: string) => void;
  readonly onRows: (source: LoadSource, rows: number, share: number | null) => void;
}

export interface FileOutcome {
  readonly report: FileReport;
  readonly errors: Remarks;
  readonly warnings: Remarks;
  /** The load that holds the file's rows; null where nothing of it is to be published. */
  readonly loadId: number | null;
}
