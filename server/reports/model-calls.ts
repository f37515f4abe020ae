import { type ModelCalls, modelCallsSchema } from "../contract/model-calls.ts";
import type { Reader } from "../storage/database.ts";

/**
 * The calls behind the judgments of a study's models, by the annotators' ids: of runs here, and as files tell of those
 * elsewhere. No annotator has both: who judged here is never the one that a file names. Must run within one
 * `database.read`.
 */
export async function callsByAnnotator(reader: Reader, studyId: number): Promise<Map<number, ModelCalls>> {
  const byAnnotator = await callsHere(reader, studyId);
  const told = await reader.db
    .selectFrom("told_calls as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["t.annotator_id as annotator", "t.calls"])
    .where("l.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .execute();
  for (const { annotator, calls } of told)
    byAnnotator.set(annotator, modelCallsSchema.parse(JSON.parse(calls)));
  return byAnnotator;
}

async function callsHere({ db }: Reader, studyId: number): Promise<Map<number, ModelCalls>> {
  const runs = await db
    .selectFrom("judge_run")
    .select(["id", "annotator_id", "settings", "template_version", "template_hash"])
    .where("study_id", "=", studyId)
    .orderBy("id")
    .execute();
  const sums = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["r.annotator_id as annotator", "k.state", "k.outcome", "k.reported_model as model"])
    .select(({ fn }) => [
      fn.countAll<number>().as("calls"),
      fn.sum<number | null>("k.prompt_tokens").as("prompt"),
      fn.sum<number | null>("k.completion_tokens").as("completion"),
      fn.sum<number | null>("k.cost_nanodollars").as("cost"),
      fn.count<number>("k.signs").as("flagged"),
    ])
    .where("r.study_id", "=", studyId)
    .where("k.state", "in", ["answered", "failed", "lost"])
    .groupBy(["r.annotator_id", "k.state", "k.outcome", "k.reported_model"])
    .execute();
  const ids = [...new Set(runs.map(({ annotator_id }) => annotator_id))];
  return new Map(
    ids.map((id) => {
      const own = runs.filter((run) => run.annotator_id === id);
      const ofAnnotator = sums.filter(({ annotator }) => annotator === id);
      return [id, callsOf(own, ofAnnotator)];
    }),
  );
}

interface RunRow {
  readonly settings: string;
  readonly template_version: string;
  readonly template_hash: string;
}

interface CallSum {
  readonly state: string;
  readonly outcome: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly prompt: number | null;
  readonly completion: number | null;
  readonly cost: number | null;
  readonly flagged: number;
}

function callsOf(runs: readonly RunRow[], sums: readonly CallSum[]): ModelCalls {
  const total = (of: (sum: CallSum) => number | null, some = sums) =>
    some.reduce((all, sum) => all + Number(of(sum) ?? 0), 0);
  const answered = sums.filter(({ state }) => state === "answered");
  const failed = new Map<string, number>();
  for (const { state, outcome, calls } of sums) {
    const kind = state === "failed" ? (outcome ?? "failed") : state;
    if (state !== "answered") failed.set(kind, (failed.get(kind) ?? 0) + Number(calls));
  }
  const settings = runs.map(
    (run) => JSON.parse(run.settings) as { model: string; temperature: number | null },
  );
  const dollars = sums.some(({ cost }) => cost !== null) ? total(({ cost }) => cost) / 1e9 : null;
  const verdicts = total(({ calls }) => calls, answered);
  return {
    runs: runs.length,
    calls: total(({ calls }) => calls),
    failures: sortedFailures(failed),
    promptTokens: total(({ prompt }) => prompt),
    completionTokens: total(({ completion }) => completion),
    ...{ dollars, dollarsPerJudgment: dollars === null || verdicts === 0 ? null : dollars / verdicts },
    reportedModels: unique(sums.flatMap(({ model }) => model ?? [])),
    templates: unique(runs.map((run) => `${run.template_version} (${run.template_hash.slice(0, 12)})`)),
    temperatures: [...new Set(settings.map(({ temperature }) => temperature))],
    flagged: total(({ flagged }) => flagged, answered),
    models: unique(settings.map(({ model }) => model)),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** The commonest first. */
const sortedFailures = (failed: ReadonlyMap<string, number>): ModelCalls["failures"] =>
  [...failed]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
