import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { LoadReport } from "../contract/loading.ts";
import type { Upload, UploadRun } from "../contract/uploads.ts";
import { findFiles } from "../loading/find-files.ts";
import { loadFiles } from "../loading/load-files.ts";
import { UploadsBusy } from "./errors.ts";
import { dropBytes, type UploadPlace } from "./folder.ts";
import { forgetFiles } from "./store.ts";
import type { WaitingFile } from "./waiting-file.ts";
import { toLoad } from "./to-load.ts";

/** A check or a load, as it is or was. */
interface Run {
  readonly what: UploadRun["what"];
  /** What it is about. */
  readonly of: string;
  state: UploadRun["state"];
  at: UploadRun["at"];
  report: LoadReport | null;
  message: string | null;
}

interface RunRequest {
  readonly what: UploadRun["what"];
  readonly study: string;
  readonly studyId: number;
  readonly files: readonly WaitingFile[];
  /** The same files, as they were recognised. */
  readonly recognised: readonly Upload[];
  /** Load the valid rows of files that have faulty ones. */
  readonly skipBad: boolean;
  /** Also add judgments of pairs that the same annotators judged in an earlier file. */
  readonly yes: boolean;
  /** Why an opened study gets more to judge. */
  readonly reason?: string | undefined;
  /** Who loads. */
  readonly by: string;
}

interface RunServices {
  readonly context: Context;
  readonly place: UploadPlace;
  readonly onLoaded: () => void;
  readonly onError: (error: unknown) => void;
}

class Stopped extends Error {}

/**
 * Checks and loads of what waits, one at a time in a study. They run in this process whether or not anybody looks, and the latest of
 * each study is remembered until the process ends.
 */
export class UploadRuns {
  readonly #services: RunServices;
  readonly #runs = new Map<number, Run>();
  readonly #running = new Map<number, Promise<void>>();
  #isClosing = false;

  constructor(services: RunServices) {
    this.#services = services;
  }

  /** The latest run of a study; null where there is none. */
  of(studyId: number, files: readonly WaitingFile[]): UploadRun | null {
    const run = this.#runs.get(studyId);
    if (!run) return null;
    const { of, ...shown } = run;
    return { ...shown, isCurrent: of === fingerprintOf(files) };
  }

  isLoading(studyId: number): boolean {
    const run = this.#runs.get(studyId);
    return run?.state === "running" && run.what === "load";
  }

  /** Begins a run. A check that is running is given up first. @throws UploadsBusy where files are being loaded */
  async start(request: RunRequest): Promise<void> {
    const { studyId, what, files } = request;
    if (this.isLoading(studyId)) throw new UploadsBusy();
    const earlier = this.#running.get(studyId);
    const run: Run = {
      ...{ what, of: fingerprintOf(files), state: "running", at: null, report: null, message: null },
    };
    this.#runs.set(studyId, run);
    const running = Promise.resolve(earlier).then(() => this.#go(run, request));
    this.#running.set(studyId, running);
  }

  async #go(run: Run, request: RunRequest): Promise<void> {
    const isGivenUp = () => this.#isClosing || this.#runs.get(request.studyId) !== run;
    try {
      const report = await this.#load(run, request, () => {
        if (isGivenUp()) throw new Stopped();
      });
      if (run.what === "load" && report.done) await this.#clear(request);
      Object.assign(run, { report, state: "done" });
    } catch (error) {
      run.state = "failed";
      if (error instanceof Stopped) return;
      const isTold = error instanceof TiebreakError && error.status < 500;
      run.message = isTold ? error.message : "This could not be done. Try again.";
      if (!isTold) this.#services.onError(error);
    }
  }

  async #load(run: Run, request: RunRequest, goOn: () => void): Promise<LoadReport> {
    goOn();
    const { context, place } = this.#services;
    const { study, skipBad, yes, reason, by, recognised } = request;
    const isUsed = (id: number) => {
      const file = recognised.find((one) => one.id === id);
      if (file === undefined || file.settings.isUsed === false) return false;
      return file.leftOut === null || file.settings.isNamed === true;
    };
    const given = request.files.filter(({ id }) => isUsed(id)).map((file) => toLoad(place, file));
    const found = await findFiles(given, { keepDamaged: true });
    return loadFiles(context, {
      ...{ study, ...found, skipBad, by, dryRun: run.what === "check", yes, reason, serverBeside: true },
      onProgress: ({ file, rows }) => {
        goOn();
        run.at = { file, rows };
      },
    });
  }

  /** What was loaded need not be kept. */
  async #clear({ studyId, files }: RunRequest): Promise<void> {
    const { context, place, onLoaded } = this.#services;
    onLoaded();
    const keys = files.map(({ key }) => key);
    await dropBytes(place, await forgetFiles(context, studyId, keys));
  }

  /** Gives up what is running, so that nothing of it stays, and waits until it has ended. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all(this.#running.values());
  }
}

const fingerprintOf = (files: readonly WaitingFile[]): string =>
  JSON.stringify(files.map(({ key, name, settings }) => [key, name, settings]));
