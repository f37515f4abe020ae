import type { Judge } from "../../contract/report-judges.ts";
import type { Reader } from "../../storage/database.ts";
import type { StudyData } from "../study-data.ts";
import { type PromptFields, readPromptFields } from "./read-prompt-fields.ts";
import { readTextFeatures, type ResponseTexts } from "./read-texts.ts";

/** What the judgments alone do not tell of models: their texts, their prompts and the calls behind their verdicts. */
export interface JudgeExtras {
  readonly texts: ResponseTexts;
  readonly fields: PromptFields;
  /** By the annotator's code. */
  readonly calls: ReadonlyMap<number, Calls>;
}

export type Calls = NonNullable<Judge["calls"]> & { readonly models: readonly string[] };

/** Reads them where models have judged. Must run within the `database.read` that `data` was read in. */
export async function readJudges(reader: Reader, data: StudyData): Promise<JudgeExtras | null> {
  const hasModels = data.annotators.some(({ group }) => data.facts.groups[group]!.kind === "model");
  if (!hasModels) return null;
  return {
    texts: await readTextFeatures(reader, data),
    fields: await readPromptFields(reader, data),
    calls: await readCalls(reader, data),
  };
}

async function readCalls({ db }: Reader, data: StudyData): Promise<Map<number, Calls>> {
  const runs = await db
    .selectFrom("judge_run")
    .select(["id", "annotator_id", "settings", "template_version", "template_hash"])
    .where("study_id", "=", data.facts.study.id)
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
    .where("r.study_id", "=", data.facts.study.id)
    .where("k.state", "in", ["answered", "failed", "lost"])
    .groupBy(["r.annotator_id", "k.state", "k.outcome", "k.reported_model"])
    .execute();
  const codes = new Map(data.annotators.map(({ id }, code) => [id, code]));
  const ids = [...new Set(runs.map(({ annotator_id }) => annotator_id))];
  return new Map(
    ids.map((id) => {
      const own = runs.filter((run) => run.annotator_id === id);
      return [
        codes.get(id)!,
        callsOf(
          own,
          sums.filter(({ annotator }) => annotator === id),
        ),
      ];
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

function callsOf(runs: readonly RunRow[], sums: readonly CallSum[]): Calls {
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
    failures: [...failed]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
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
