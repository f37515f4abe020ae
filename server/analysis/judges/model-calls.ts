import { createHash } from "node:crypto";
import { samplesOf } from "../../contract/judge-method.ts";
import { judgeSettingsSchema, sentParametersSchema } from "../../contract/judges.ts";
import { type ModelCalls, modelCallsSchema } from "../../contract/model-calls.ts";
import { askedIn } from "./model-methods.ts";
import { strengthsByAnnotator } from "./model-strengths.ts";
import { versionsByAnnotator } from "./model-versions.ts";
import type { Reader } from "../../storage/database.ts";

/**
 * The calls behind the judgments of a study's models, by the annotators' ids: of runs here, and as files tell of those
 * elsewhere. No annotator has both: who judged here is never the one that a file names. Must run within one
 * `database.read`.
 */
export async function callsByAnnotator(reader: Reader, studyId: number): Promise<Map<number, ModelCalls>> {
  const byAnnotator = await callsHere(reader, studyId);
  for (const [annotator, versions] of await versionsByAnnotator(reader, studyId))
    byAnnotator.set(annotator, { ...byAnnotator.get(annotator)!, versions });
  for (const [annotator, strengths] of await strengthsByAnnotator(reader, studyId))
    byAnnotator.set(annotator, { ...byAnnotator.get(annotator)!, strengths });
  const told = await reader.db
    .selectFrom("told_calls as t")
    .innerJoin("load as l", "l.id", "t.load_id")
    .select(["t.annotator_id as annotator", "t.calls"])
    .where("l.study_id", "=", studyId)
    .where("l.state", "=", "published")
    .orderBy("t.load_id") // the latest is in force
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
    .select(["r.annotator_id as annotator", "k.state", "k.outcome", "k.reported_model as model", "k.sent"])
    .select("r.id as run")
    .select(({ fn }) => [
      fn.countAll<number>().as("calls"),
      fn.sum<number | null>("k.prompt_tokens").as("prompt"),
      fn.sum<number | null>("k.completion_tokens").as("completion"),
      fn.sum<number | null>("k.cost_nanodollars").as("cost"),
      fn.count<number>("k.completion_tokens").as("told"),
      fn.sum<number | null>("k.cost_at_most").as("atMost"),
    ])
    .where("r.study_id", "=", studyId)
    .where("k.state", "in", ["answered", "failed", "lost"])
    .groupBy(["r.annotator_id", "r.id", "k.state", "k.outcome", "k.reported_model", "k.sent"])
    .execute();
  const hashes = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["r.annotator_id as annotator", "k.messages_hash as hash"])
    .select(({ fn }) => fn.countAll<number>().as("calls"))
    .where("r.study_id", "=", studyId)
    .where("k.state", "=", "answered")
    .where("k.messages_hash", "is not", null)
    .groupBy(["r.annotator_id", "k.messages_hash"])
    .$narrowType<{ hash: string }>()
    .execute();
  const flagged = await flaggedJudgments({ db }, studyId);
  const ids = [...new Set(runs.map(({ annotator_id }) => annotator_id))];
  return new Map(
    ids.map((id) => {
      const own = runs.filter((run) => run.annotator_id === id);
      const ofAnnotator = sums.filter(({ annotator }) => annotator === id);
      const messages = messagesOf(hashes.filter(({ annotator }) => annotator === id));
      const calls = { ...callsOf(own, ofAnnotator), flagged: flagged.get(id) ?? 0, ...messages };
      return [id, modelCallsSchema.parse(calls)]; // in the schema's order, as those that were loaded
    }),
  );
}

/** Judgments of responses that address their judge, by annotators' ids: one, however many replies made it. */
async function flaggedJudgments(
  { db }: Pick<Reader, "db">,
  studyId: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .select("r.annotator_id as annotator")
    .select(({ fn }) => fn.count<number>("a.id").distinct().as("flagged"))
    .where("r.study_id", "=", studyId)
    .where("k.state", "=", "answered")
    .where("k.signs", "is not", null)
    .where("a.ended_how", "=", "judged")
    .groupBy("r.annotator_id")
    .execute();
  return new Map(rows.map(({ annotator, flagged }) => [annotator, Number(flagged)]));
}

/** All messages as one hash, so that two records of the same calls can be compared. */
function messagesOf(sent: readonly { hash: string; calls: number }[]): Pick<ModelCalls, "messages"> {
  if (sent.length === 0) return {};
  const sorted = sent.map(({ hash }) => `${hash}\n`).sort();
  const calls = sent.reduce((sum, one) => sum + Number(one.calls), 0);
  const hash = createHash("sha256").update(sorted.join("")).digest("hex");
  return { messages: { calls, different: sent.length, hash } };
}

interface RunRow {
  readonly id: number;
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
  readonly run: number;
  readonly sent: string | null;
  readonly told: number;
  readonly atMost: number | null;
}

function callsOf(runs: readonly RunRow[], sums: readonly CallSum[]): Omit<ModelCalls, "flagged"> {
  const total = (of: (sum: CallSum) => number | null, some = sums) =>
    some.reduce((all, sum) => all + Number(of(sum) ?? 0), 0);
  const answered = sums.filter(({ state }) => state === "answered");
  const failed = new Map<string, number>();
  for (const { state, outcome, calls } of sums) {
    const kind = state === "failed" ? (outcome ?? "failed") : state;
    if (state !== "answered") failed.set(kind, (failed.get(kind) ?? 0) + Number(calls));
  }
  const settings = runs.map((run) => judgeSettingsSchema.parse(JSON.parse(run.settings)));
  const own = settings.flatMap(({ body = {} }) => Object.entries(body));
  const headers = settings.flatMap((one) => Object.keys(one.headers ?? {}));
  const fields = unique([
    ...own.map(([name, value]) => `${name}=${JSON.stringify(value)}`),
    ...headers.map((name) => `header ${name}`),
  ]);
  const servers = unique(settings.map(({ baseUrl }) => new URL(baseUrl).host));
  const samples = new Map(runs.map(({ id }, i) => [id, samplesOf(settings[i]!)]));
  const asked = askedIn(settings);
  const dollars = sums.some(({ cost }) => cost !== null) ? total(({ cost }) => cost) / 1e9 : null;
  const verdicts = total(({ calls, run }) => Number(calls) / (samples.get(run) ?? 1), answered);
  return {
    runs: runs.length,
    calls: total(({ calls }) => calls),
    failures: sortedFailures(failed),
    promptTokens: total(({ prompt }) => prompt),
    completionTokens: total(({ completion }) => completion),
    ...{ dollars, dollarsPerJudgment: dollars === null || verdicts === 0 ? null : dollars / verdicts },
    reportedModels: unique(sums.flatMap(({ model }) => model ?? [])),
    templates: unique(runs.map((run) => `${run.template_version} (${run.template_hash.slice(0, 12)})`)),
    ...parametersOf(runs, answered),
    ...(fields.length > 0 && { ownFields: fields }),
    ...(servers.length > 1 && { servers }),
    tokensNotTold: total(({ calls, told }) => Number(calls) - Number(told), answered),
    costAtMost: total(({ atMost }) => atMost),
    ...(asked.length > 0 && { asked }),
    models: unique(settings.map(({ model }) => model)),
  };
}

/**
 * What verdicts were really asked for with. Calls from before this was kept have the wish of their run, and so has a
 * judge without any verdict.
 */
function parametersOf(
  runs: readonly RunRow[],
  answered: readonly CallSum[],
): Pick<ModelCalls, "temperatures" | "sent" | "maxTokens" | "seeds"> {
  const wanted = new Map(
    runs.map(({ id, settings }) => [
      id,
      (JSON.parse(settings) as { temperature: number | null }).temperature,
    ]),
  );
  const parsed = answered.flatMap(({ sent, calls }) =>
    sent === null ? [] : [{ calls, ...sentParametersSchema.parse(JSON.parse(sent)) }],
  );
  const kept = parsed.map(({ calls, temperature, form, refused, isFormRefused }) => {
    const temperatureRefused = refused.temperature ?? null;
    return { calls: Number(calls), temperature, temperatureRefused, form, formRefused: isFormRefused };
  });
  const byKind = new Map<string, (typeof kept)[number]>();
  for (const { calls, ...kind } of kept) {
    const key = JSON.stringify(kind);
    byKind.set(key, { calls: calls + (byKind.get(key)?.calls ?? 0), ...kind });
  }
  const older = answered.filter(({ sent }) => sent === null).map(({ run }) => wanted.get(run) ?? null);
  const temperatures =
    answered.length === 0 ? [...wanted.values()] : [...older, ...kept.map(({ temperature }) => temperature)];
  const sent = [...byKind.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, kind]) => kind);
  const asked = { temperatures: [...new Set(temperatures)] };
  if (sent.length === 0) return asked;
  const limits = [...new Set(parsed.flatMap(({ maxTokens }) => maxTokens ?? []))].sort((a, b) => a - b);
  const seeds = [...new Set(parsed.map(({ seed }) => seed))];
  return { ...asked, sent, maxTokens: limits, seeds };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** The commonest first. */
const sortedFailures = (failed: ReadonlyMap<string, number>): ModelCalls["failures"] =>
  [...failed]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
