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
  };
}

/** Keeps a published file's report anew, with warnings that only showed when all files were in. */
export async function rewriteReport(session: Session, outcome: FileOutcome): Promise<void> {
  const { loadId } = outcome;
  if (loadId === null) return;
  const report = JSON.stringify(reportOf(session, outcome));
  await session.context.database.transact(({ db }) =>
    db.updateTable("load").set({ report }).where("id", "=", loadId).execute(),
  );
}
