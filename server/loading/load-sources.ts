import type { Context } from "../context.ts";
import type { AmendmentPlan } from "../contract/amendment-plan.ts";
import type { FileReport, LoadReport } from "../contract/loading.ts";
import type { Origin } from "../contract/words.ts";
import { asWord } from "../report-document/as-word.ts";
import { runningServer } from "../storage/server-lock.ts";
import { amendByMaterial, type Material, planMaterial } from "../studies/amendments/more-material.ts";
import { requireStudy, type StudyRow } from "../studies/store.ts";
import { allotNew } from "./allot-new.ts";
import { beginLoad, FAILED, publish, type StoredFile, storeSource } from "./load-file.ts";
import type { FileOutcome, Session } from "./session.ts";
import { endLoad, type LoadEnd, type LoadRun, nextLoad } from "./load-run.ts";
import { type Company, Pace } from "./pace.ts";
import { type LoadProgress, progressOf } from "./progress.ts";
import { Remarks } from "./remarks.ts";
import { inOrder, type LoadSource } from "./source.ts";
import { clearHidden, clearRows } from "./storing/clear.ts";
import { shownRows } from "./shown-rows.ts";
import { reportOf } from "./store-report.ts";
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
  /** Why an opened study gets more work, for its revision; files that add none need no reason. */
  readonly reason?: string | undefined;
  /** Who loads, for the study's record of changes. */
  readonly by?: string;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Called as a step begins that counts no rows, with what it is. */
  readonly onStep?: (what: string) => void;
  /** Called with the whole report just before anything is published; not where nothing will be. */
  readonly onReady?: (report: LoadReport) => void | Promise<void>;
}

/**
 * Loads files into a study in any state: prompts first, then responses, then judgments. All of a call is loaded, or
 * nothing: each file's rows are stored where nobody sees them, and published in one transaction at the end. When one is refused,
 * files of a later kind, which may build on it, are not tried.
 * Files that add work to a study that was opened amend it: without a reason, they are refused.
 * @throws StudyNotFound, LoadRunning
 */
export async function loadSources(context: Context, request: LoadRequest): Promise<LoadReport> {
  const study = await context.database.read((reader) => requireStudy(reader, request.study));
  const session = sessionOf(context, study, request);
  const call = new Call(session);
  await runCall(session, call, request);
  session.onStep("Making pairs of what is new");
  if (call.isPublished) await allotNew(context, study.id);
  return call.report(request.sources);
}

/** Stores the files one after another, each under a load of its own, and ends the call. */
async function runCall(session: Session, call: Call, request: LoadRequest): Promise<void> {
  const { context, study, pace } = session;
  const { sources, onReady } = request;
  let refusedRank = Infinity;
  let run: LoadRun | null = null;
  try {
    for (const { source, rank } of await inOrder(sources)) {
      if (rank > refusedRank && !source.isUnknown) continue;
      const start = {
        studyId: study.id,
        file: source.name,
        contentHash: source.contentHash,
        promptSet: source.promptSet,
      };
      const end = call.lastEnd();
      run = run ? await nextLoad(context, run, { end, start }) : await beginLoad(context, start, pace);
      const file = await storeSource(session, source, run);
      if (file.loadId === null) await clearRows(run, pace);
      call.add(source, file);
      if (file.report.outcome === "refused") refusedRank = Math.min(refusedRank, rank);
    }
    if (run) await endCall(run, session, { call, onReady: async () => onReady?.(call.report(sources)) });
  } catch (error) {
    const last = run;
    if (last)
      await clearHidden(context, last, pace)
        .then(() => last.transact((tx) => endLoad(tx, last.id, session.dryRun ? { state: "gone" } : FAILED)))
        .catch(() => undefined); // the next load clears it away; the first error is the one to tell
    throw error;
  }
}

/** Publishes all files of a call at once; or, where one was refused and in a dry run, takes all away. */
async function endCall(
  run: LoadRun,
  session: Session,
  { call, onReady }: { call: Call; onReady: () => Promise<void> },
): Promise<void> {
  const { context, dryRun, pace } = session;
  session.onStep("Looking at the study as it will be");
  await call.warn();
  for (;;) {
    const material = await call.amendment();
    const end = call.lastEnd();
    if (dryRun || call.isRefused) {
      await clearHidden(context, run, pace);
      return run.transact((tx) => endLoad(tx, run.id, end.state === "held" ? { state: "gone" } : end));
    }
    const files = call.toPublish();
    if (files.length > 0) await onReady();
    session.onStep("Publishing");
    const isAsPlanned = await run.transact(async (tx) => {
      const amended = { material, reason: session.reason, by: session.by };
      if (!(await amendByMaterial(context, tx, amended))) return false;
      if (end.state !== "held") await endLoad(tx, run.id, end);
      for (const file of files) await publish(tx, session, file);
      return true;
    });
    if (isAsPlanned) return;
  }
}

/** What one call came to. */
class Call {
  readonly #session: Session;
  readonly #files = new Map<LoadSource, StoredFile>();
  #studyWarnings: StudyWarnings = { study: new Remarks(), prompts: new Remarks() };
  #shown: LoadReport["shown"] = [];
  #amendment: AmendmentPlan | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  get isPublished(): boolean {
    const isNew = [...this.#files.values()].some(({ loadId }) => loadId !== null);
    return isNew && !this.isRefused && !this.#session.dryRun;
  }

  add(source: LoadSource, file: StoredFile): void {
    this.#files.set(source, file);
  }

  get isRefused(): boolean {
    const files = [...this.#files.values()];
    return this.#needsReason || files.some((file) => file.report.outcome === "refused");
  }

  get #needsReason(): boolean {
    const { dryRun, reason } = this.#session;
    return this.#amendment !== null && !dryRun && reason === "";
  }

  /** What becomes of the latest file's load until the call ends. A refusal is kept, with its report. */
  lastEnd(): LoadEnd {
    const last = [...this.#files.values()].at(-1);
    if (!last || last.loadId !== null) return { state: "held" };
    if (last.report.outcome !== "refused" || this.#session.dryRun) return { state: "gone" };
    return { state: "failed", report: JSON.stringify(reportOf(this.#session, last)) };
  }

  /** The files that bring something new; the report of the last one also keeps what only shows when all are in. */
  toPublish(): StoredFile[] {
    const files = [...this.#files.values()].filter(({ loadId }) => loadId !== null);
    const last = files.pop();
    return last ? [...files, { ...last, warnings: this.#allWarnings([last]) }] : [];
  }

  get #loadIds(): number[] {
    return [...this.#files.values()].flatMap(({ loadId }) => loadId ?? []);
  }

  /** What the files come to in a study that was opened. */
  async amendment(): Promise<Material> {
    const { context, study } = this.#session;
    const wanted = { study: study.name, loads: this.#loadIds };
    const material = await context.database.read((reader) => planMaterial(reader, wanted));
    this.#amendment = material.plan;
    return material;
  }

  /** Looks at the study as it will be. */
  async warn(): Promise<void> {
    const { context, study } = this.#session;
    const loadIds = new Set(this.#loadIds);
    if (loadIds.size === 0) return;
    this.#studyWarnings = await warnOfStudy(context.database, { studyId: study.id, loadIds });
    this.#shown = await shownRows(context.database, { studyId: study.id, loadIds });
  }

  /** The study's first, those of single prompts, of which there may be many, last. */
  #allWarnings(files: readonly FileOutcome[]): Remarks {
    const all = new Remarks();
    const { study, prompts } = this.#studyWarnings;
    for (const some of [study, ...files.map((file) => file.warnings), prompts]) all.append(some);
    return all;
  }

  report(sources: readonly LoadSource[]): LoadReport {
    const { isRefused } = this;
    const { dryRun, study } = this.#session;
    const errors = new Remarks();
    const files = sources.map((source): FileReport => {
      const file = this.#files.get(source);
      if (!file) return notTried(source);
      errors.append(file.errors);
      const isHeldBack = isRefused && !dryRun && file.loadId !== null;
      return isHeldBack ? { ...file.report, outcome: "held back" } : file.report;
    });
    const warnings = this.#allWarnings(sources.flatMap((source) => this.#files.get(source) ?? []));
    if (this.#needsReason)
      errors.add({ name: "ReasonMissing", file: "", line: 0, message: needsReason(study.name) });
    const tried = files.every((file) => file.outcome !== "refused" && file.outcome !== "not tried");
    const amendment = this.#amendment && { ...this.#amendment, done: this.isPublished };
    return {
      ...{ study: study.name, dryRun, done: tried && !this.#needsReason, files, leftOut: [] },
      ...{ errors: errors.toJson(), warnings: warnings.toJson() },
      ...(amendment && { amendment }),
      shown: this.#shown,
    };
  }
}

const needsReason = (study: string): string =>
  `“${study}” was opened, so what these files add to its work is an amendment, and needs a reason, which the report shows:\n` +
  `  npx tiebreak load ${asWord(study)} FILE… --reason "…"`;

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
    judgedBy: [],
    outputs: [],
    columns: [],
    kept: [],
  };
}

function sessionOf(context: Context, study: StudyRow, request: LoadRequest): Session {
  return {
    context,
    study,
    pace: new Pace(context.clock, () => companyOf(context, request)),
    origin: request.origin ?? "loaded",
    by: request.by ?? "owner",
    dryRun: request.dryRun,
    skipBad: request.skipBad,
    yes: request.yes,
    reason: request.reason?.trim() ?? "",
    onRows: progressOf(context.clock, request.onProgress),
    onStep: request.onStep ?? (() => undefined),
  };
}

/** On PostgreSQL others may be at work that nobody here knows of; a server on an SQLite file may start at any time. */
function companyOf({ database }: Context, { serverBeside = false }: LoadRequest): Company {
  if (serverBeside) return "annotators";
  if (!database.dialect.oneWriter) return "perhaps";
  return runningServer(database.place) === null ? "nobody" : "annotators";
}
