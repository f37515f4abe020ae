import { type Context, now } from "../context.ts";
import {
  type JudgeSettings,
  judgeSettingsSchema,
  type JudgeRun,
  type RunEnding,
} from "../contract/judges.ts";
import type { Reader, Transaction } from "../storage/database.ts";
import { requireStudy } from "../studies/store.ts";
import type { Judge } from "./judge-annotator.ts";
import { requireSameSetting } from "./one-setting.ts";
import { lockJudge } from "./statements.ts";

/** A run says that it lives this often; one that has not for the second time is dead. */
export const HEARTBEAT_MS = 5000;
const SILENT_MS = 20_000;

/** Stands in place of a process where a batch file is with the server: it waits for its results, however long. */
export const BATCH: RunProcess = { name: "batch", isAlive: () => null };

/** Who runs it. `isAlive` tells of another run's process: null where that cannot be known from here. */
export interface RunProcess {
  readonly name: string;
  readonly isAlive: (name: string) => boolean | null;
}

interface NewRun {
  readonly judge: Judge;
  readonly settings: JudgeSettings;
  readonly template: { readonly version: string; readonly hash: string };
  readonly process: RunProcess;
}

/**
 * Begins a run. Calls of runs that died are let go first, so that theirs are asked again.
 * @returns its id
 * @throws JudgeWrong where the judge has judged with another setting
 */
export async function beginRun(context: Context, run: NewRun): Promise<number> {
  const at = now(context);
  return context.database.transact(async (tx) => {
    await tx.run(lockJudge, { annotatorId: run.judge.annotatorId }); // two runs that begin at once see each other
    await buryDead(tx, { annotatorId: run.judge.annotatorId, process: run.process, at });
    await requireSameSetting(tx, { annotatorId: run.judge.annotatorId, settings: run.settings });
    const row = {
      ...{ study_id: run.judge.studyId, group_id: run.judge.groupId, annotator_id: run.judge.annotatorId },
      ...{ settings: JSON.stringify(run.settings), process: run.process.name },
      ...{ template_version: run.template.version, template_hash: run.template.hash },
      ...{ started_at: at, seen_at: at, ended_at: null, ended_how: null, said: null },
    };
    const { id } = await tx.db.insertInto("judge_run").values(row).returning("id").executeTakeFirstOrThrow();
    return id;
  });
}

async function buryDead(
  tx: Transaction,
  { annotatorId, process, at }: { annotatorId: number; process: RunProcess; at: string },
): Promise<void> {
  const running = await tx.db
    .selectFrom("judge_run")
    .select(["id", "process", "seen_at"])
    .where("annotator_id", "=", annotatorId)
    .where("ended_at", "is", null)
    .execute();
  const silentSince = new Date(Date.parse(at) - SILENT_MS).toISOString();
  const dead = running.filter((run) => {
    if (run.process === BATCH.name) return false;
    const alive = process.isAlive(run.process);
    return alive === null ? run.seen_at < silentSince : !alive;
  });
  for (const { id } of dead) {
    await tx.db
      .updateTable("judge_call")
      .set({ state: "lost", ended_at: at })
      .where("run_id", "=", id)
      .where("state", "=", "claimed")
      .execute();
    await tx.db
      .updateTable("judge_run")
      .set({ ended_at: at, ended_how: "died" })
      .where("id", "=", id)
      .execute();
  }
}

/** Says that a run lives. */
export async function markAlive(context: Context, runId: number): Promise<void> {
  const seen_at = now(context);
  await context.database.transact(async (tx) => {
    await tx.db.updateTable("judge_run").set({ seen_at }).where("id", "=", runId).execute();
  });
}

export async function endRun(
  context: Context,
  run: { id: number; ending: RunEnding; said: string },
): Promise<void> {
  const at = now(context);
  await context.database.transact(async (tx) => {
    await tx.db
      .updateTable("judge_run")
      .set({ ended_at: at, seen_at: at, ended_how: run.ending, said: run.said })
      .where("id", "=", run.id)
      .execute();
  });
}

/** The runs of a study, the latest first. @throws StudyNotFound */
export async function listRuns(reader: Reader, study: string): Promise<JudgeRun[]> {
  const { id } = await requireStudy(reader, study);
  const runs = await reader.db
    .selectFrom("judge_run as r")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .innerJoin("annotator as a", "a.id", "r.annotator_id")
    .select(["r.id", "g.name as group", "a.external_id as annotator", "r.settings", "r.started_at"])
    .select(["r.ended_at", "r.ended_how", "r.said", "r.template_version"])
    .where("r.study_id", "=", id)
    .orderBy("r.id", "desc")
    .execute();
  const calls = await callsOf(reader, id);
  return runs.map((run) => ({
    ...{ id: run.id, group: run.group, annotator: run.annotator },
    settings: judgeSettingsSchema.parse(JSON.parse(run.settings)),
    ...{ template: run.template_version, startedAt: run.started_at, endedAt: run.ended_at },
    ...{ ending: run.ended_how, said: run.said },
    ...summed(calls.filter((call) => call.run_id === run.id)),
  }));
}

interface CallSum {
  readonly run_id: number;
  readonly state: string;
  readonly outcome: string | null;
  readonly calls: number;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly nanodollars: number | null;
}

function callsOf({ db }: Reader, studyId: number): Promise<CallSum[]> {
  return db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["k.run_id", "k.state", "k.outcome"])
    .select(({ fn }) => [
      fn.countAll<number>().as("calls"),
      fn.sum<number | null>("k.prompt_tokens").as("promptTokens"),
      fn.sum<number | null>("k.completion_tokens").as("completionTokens"),
      fn.sum<number | null>("k.cost_nanodollars").as("nanodollars"),
    ])
    .where("r.study_id", "=", studyId)
    .where("k.state", "<>", "released")
    .groupBy(["k.run_id", "k.state", "k.outcome"])
    .execute();
}

function summed(calls: readonly CallSum[]) {
  const sum = (of: (call: CallSum) => number | null, some = calls) =>
    some.reduce((total, call) => total + Number(of(call) ?? 0), 0);
  const failures = calls.filter(({ state }) => state === "failed" || state === "lost");
  const priced = calls.some(({ nanodollars }) => nanodollars !== null);
  return {
    calls: sum((call) => call.calls),
    answered: sum(
      (call) => call.calls,
      calls.filter(({ state }) => state === "answered"),
    ),
    failures: failures
      .map(({ outcome, calls: count }) => ({ kind: outcome ?? "lost", count: Number(count) }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    promptTokens: sum((call) => call.promptTokens),
    completionTokens: sum((call) => call.completionTokens),
    dollars: priced ? sum((call) => call.nanodollars) / 1e9 : null,
  };
}
