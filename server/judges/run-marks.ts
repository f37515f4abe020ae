import type { Context } from "../context.ts";
import { requireStudy } from "../studies/store.ts";
import { BATCH, HEARTBEAT_MS, type RunProcess } from "./run-store.ts";

/** Who has a run, and when it last said that it lives. */
export interface RunMark {
  readonly id: number;
  readonly process: string;
  readonly seenAt: string;
}

/** A run that has not said for so long that it lives is dead, where nobody can look at its process. */
const SILENT_MS = 4 * HEARTBEAT_MS;

/** The runs of a study that nobody has written an end of. @throws StudyNotFound */
export function unendedRuns({ database }: Context, study: string): Promise<RunMark[]> {
  return database.read(async (reader) =>
    reader.db
      .selectFrom("judge_run")
      .select(["id", "process", "seen_at as seenAt"])
      .where("study_id", "=", (await requireStudy(reader, study)).id)
      .where("ended_at", "is", null)
      .execute(),
  );
}

/** Whether a run waits for the results of a batch file, and has no process. */
export const isBatch = (mark: RunMark): boolean => mark.process === BATCH.name;

/** Whether a run's process is gone, as far as can be seen from here. @param moment milliseconds */
export function isDead(mark: RunMark, process: RunProcess, moment: number): boolean {
  if (isBatch(mark)) return false;
  const alive = process.isAlive(mark.process);
  return alive === null ? Date.parse(mark.seenAt) < moment - SILENT_MS : !alive;
}

/** A run of this study, and whether it has ended; null: there is no such run. @throws StudyNotFound */
export function findRun(
  { database }: Context,
  { study, id }: { study: string; id: number },
): Promise<(RunMark & { isEnded: boolean }) | null> {
  return database.read(async (reader) => {
    const run = await reader.db
      .selectFrom("judge_run")
      .select(["process", "seen_at as seenAt", "ended_at as endedAt"])
      .where("id", "=", id)
      .where("study_id", "=", (await requireStudy(reader, study)).id)
      .executeTakeFirst();
    return run ? { id, process: run.process, seenAt: run.seenAt, isEnded: run.endedAt !== null } : null;
  });
}
