import type { Context } from "../context.ts";
import type { FileReport, LoadReport } from "../contract/loading.ts";
import type { Origin } from "../contract/words.ts";
import { runningServer } from "../storage/server-lock.ts";
import { requireStudy, type StudyRow } from "../studies/store.ts";
import { allotNew } from "./allot-new.ts";
import { beginLoad, discardLoad, loadFile, tryFile } from "./load-file.ts";
import type { FileOutcome, Session } from "./session.ts";
import type { LoadRun } from "./load-run.ts";
import { type Company, Pace } from "./pace.ts";
import { type LoadProgress, progressOf } from "./progress.ts";
import { Remarks } from "./remarks.ts";
import { inOrder, type LoadSource } from "./source.ts";
import { rewriteReport } from "./store-report.ts";
import { type StudyWarnings, warnOfStudy } from "./warnings/warnings.ts";

export interface LoadRequest {
  readonly study: string;
  readonly sources: readonly LoadSource[];
  readonly dryRun: boolean;
  /** Take the good rows of a file that has bad ones. */
  readonly skipBad: boolean;
  /** Add judgments by annotators who judged the same comparisons in an earlier file. */
  readonly yes: boolean;
  readonly origin?: Exclude<Origin, "handed_out">;
  /** Whether people may be judging on this database meanwhile; that a server works on an SQLite file shows by itself. */
  readonly serverBeside?: boolean;
  /** Who loads, for the study's record of changes. */
  readonly by?: string;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * Loads files into a study in any state: prompts first, then responses, then judgments. All of a call is loaded, or
 * nothing: several files are gone through as in a dry run before. When one is refused, files of a later kind, which may
 * build on it, are not tried.
 * @throws StudyNotFound, LoadRunning
 */
export async function loadSources(context: Context, request: LoadRequest): Promise<LoadReport> {
  if (!request.dryRun && request.sources.length > 1) {
    const rehearsed = await loadOnce(context, { ...request, dryRun: true }, true);
    if (!rehearsed.done) return refusedWhole(rehearsed);
  }
  return loadOnce(context, request, false);
}

/** What a dry run found in the way of loading. */
const refusedWhole = (report: LoadReport): LoadReport => ({
  ...report,
  dryRun: false,
  files: report.files.map((file) =>
    file.outcome === "would publish" ? { ...file, outcome: "held back" } : file,
  ),
});

async function loadOnce(context: Context, request: LoadRequest, isRehearsal: boolean): Promise<LoadReport> {
  const study = await context.database.read((reader) => requireStudy(reader, request.study));
  const session = { ...sessionOf(context, study, request), isRehearsal };
  const outcomes = new Map<LoadSource, FileOutcome>();
  const dryLoad = request.dryRun ? await beginDryLoad(session, request) : null;
  const call = new Call(session, outcomes);
  try {
    await loadInOrder(request.sources, outcomes, (source) =>
      dryLoad ? tryFile(session, source, dryLoad) : loadFile(session, source),
    );
    await call.warn();
  } finally {
    if (dryLoad) await discardLoad(dryLoad, session.pace);
    else if (call.published.length > 0) await allotNew(context, study.id);
  }
  return call.report(request.sources);
}

async function loadInOrder(
  sources: readonly LoadSource[],
  outcomes: Map<LoadSource, FileOutcome>,
  load: (source: LoadSource) => Promise<FileOutcome>,
): Promise<void> {
  let refusedRank = Infinity;
  for (const { source, rank } of await inOrder(sources)) {
    if (rank > refusedRank) continue;
    const outcome = await load(source);
    outcomes.set(source, outcome);
    if (outcome.report.outcome === "refused") refusedRank = Math.min(refusedRank, rank);
  }
}

/** One load for all files of a dry run: later files see what the earlier ones would bring. */
async function beginDryLoad(session: Session, { sources }: LoadRequest): Promise<LoadRun> {
  const file = `${sources.map((source) => source.name).join(", ")} (dry run)`;
  return beginLoad(
    session.context,
    { studyId: session.study.id, file, contentHash: "dry run" },
    session.pace,
  );
}

/** What one call came to. */
class Call {
  readonly #session: Session;
  readonly #outcomes: ReadonlyMap<LoadSource, FileOutcome>;
  #studyWarnings: StudyWarnings = { study: new Remarks(), prompts: new Remarks() };

  constructor(session: Session, outcomes: ReadonlyMap<LoadSource, FileOutcome>) {
    this.#session = session;
    this.#outcomes = outcomes;
  }

  get published(): FileOutcome[] {
    return [...this.#outcomes.values()].filter((one) => one.report.outcome === "published");
  }

  /** What only shows when all files are in; the last file's report keeps it. */
  async warn(): Promise<void> {
    const { context, study, dryRun } = this.#session;
    const kept = [...this.#outcomes.values()].filter((one) => /publish/.test(one.report.outcome));
    const loadIds = new Set(kept.flatMap((one) => one.loadId ?? []));
    const last = kept.at(-1);
    if (!last) return;
    this.#studyWarnings = await warnOfStudy(context.database, { studyId: study.id, loadIds });
    if (!dryRun) await rewriteReport(this.#session, { ...last, warnings: this.#allWarnings([last]) });
  }

  /** The study's first, those of single prompts, of which there may be many, last. */
  #allWarnings(files: readonly FileOutcome[]): Remarks {
    const all = new Remarks();
    const { study, prompts } = this.#studyWarnings;
    for (const some of [study, ...files.map((file) => file.warnings), prompts]) all.append(some);
    return all;
  }

  report(sources: readonly LoadSource[]): LoadReport {
    const errors = new Remarks();
    const files = sources.map((source): FileReport => {
      const outcome = this.#outcomes.get(source);
      if (outcome) errors.append(outcome.errors);
      return outcome?.report ?? notTried(source);
    });
    const { dryRun, study } = this.#session;
    const warnings = this.#allWarnings(sources.flatMap((source) => this.#outcomes.get(source) ?? []));
    const done = files.every((file) => file.outcome !== "refused" && file.outcome !== "not tried");
    return {
      ...{ study: study.name, dryRun, done, files, leftOut: [] },
      ...{ errors: errors.toJson(), warnings: warnings.toJson() },
    };
  }
}

function notTried({ name, format }: LoadSource): FileReport {
  const none = () => ({ read: 0, new: 0, unchanged: 0 });
  const counts = { prompts: none(), responses: none(), judgments: none(), answers: none() };
  return {
    file: name,
    format,
    outcome: "not tried",
    rows: 0,
    ...counts,
    repeats: 0,
    leftOut: 0,
    verdicts: null,
    kept: [],
  };
}

function sessionOf(context: Context, study: StudyRow, request: LoadRequest): Omit<Session, "isRehearsal"> {
  return {
    context,
    study,
    pace: new Pace(context.clock, () => companyOf(context, request)),
    origin: request.origin ?? "loaded",
    by: request.by ?? "owner",
    dryRun: request.dryRun,
    skipBad: request.skipBad,
    yes: request.yes,
    onRows: progressOf(context.clock, request.onProgress),
  };
}

/** On PostgreSQL others may be at work that nobody here knows of; a server on an SQLite file may start at any time. */
function companyOf({ database }: Context, { serverBeside = false }: LoadRequest): Company {
  if (serverBeside) return "annotators";
  if (!database.dialect.oneWriter) return "perhaps";
  return runningServer(database.place) === null ? "nobody" : "annotators";
}
