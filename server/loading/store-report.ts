import type { LoadReport } from "../contract/loading.ts";
import type { FileOutcome, Session } from "./session.ts";

/** The report that is kept with one file's load. */
export function reportOf(session: Session, { report, errors, warnings }: FileOutcome): LoadReport {
  return {
    study: session.study.name,
    dryRun: session.dryRun,
    done: report.outcome !== "refused",
    files: [report],
    leftOut: [],
    errors: errors.toJson(),
    warnings: warnings.toJson(),
    shown: [],
  };
}
