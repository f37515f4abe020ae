import { TiebreakError } from "../contract/errors.ts";
import { samplesOf } from "../contract/judge-method.ts";
import type { JudgeCall, JudgeCalls, JudgeCallsQuery, ShownCall } from "../contract/judge-calls.ts";
import { judgeSettingsSchema, sentParametersSchema } from "../contract/judges.ts";
import type { Reader } from "../storage/database.ts";
import { requireStudy } from "../studies/store.ts";
import { messagesAgain } from "./messages-again.ts";

class CallNotFound extends TiebreakError {
  constructor(id: number) {
    super("CallNotFound", 404, `This study has no call ${id}.`);
  }
}

/** The calls of a study's models, the latest first, page by page. @throws StudyNotFound */
export async function listCalls(
  reader: Reader,
  study: string,
  { annotator, group, state, outcome, after, limit }: JudgeCallsQuery,
): Promise<JudgeCalls> {
  const { id } = await requireStudy(reader, study);
  let calls = callsIn(reader, id)
    .orderBy("k.id", "desc")
    .limit(limit + 1);
  if (annotator !== undefined) calls = calls.where("j.external_id", "=", annotator);
  if (group !== undefined) calls = calls.where("g.name", "=", group);
  if (state === "answered") calls = calls.where("k.state", "=", "answered");
  if (state === "failed") calls = calls.where("k.state", "in", ["failed", "lost"]);
  if (outcome !== undefined) calls = calls.where("k.outcome", "=", outcome);
  if (after !== undefined) calls = calls.where("k.id", "<", after);
  const rows = await calls.execute();
  const page = rows.slice(0, limit);
  return {
    calls: page.map(callAs),
    next: rows.length > limit ? String(page.at(-1)!.id) : null,
  };
}

/** One call with everything that was sent and came back. @throws StudyNotFound, CallNotFound */
export async function showCall(reader: Reader, study: string, id: number): Promise<ShownCall> {
  const { id: studyId } = await requireStudy(reader, study);
  const row = await callsIn(reader, studyId)
    .select(["r.settings", "r.template_version", "r.template_hash"])
    .select(["k.sent", "k.message", "k.raw", "k.signs", "k.assignment_id"])
    .where("k.id", "=", id)
    .executeTakeFirst();
  if (!row) throw new CallNotFound(id);
  const settings = judgeSettingsSchema.parse(JSON.parse(row.settings));
  const assignmentId = row.assignment_id;
  const samples = samplesOf(settings);
  const number =
    row.state === "answered" ? await countAnswered(reader, { ...row, assignmentId }) : samples + 1;
  const again = await messagesAgain(reader, { studyId, assignmentId, settings, hash: row.messagesHash });
  return {
    ...callAs(row),
    sample: samples > 1 ? { number: number > samples ? null : number, of: samples } : null,
    ...{ model: settings.model, baseUrl: settings.baseUrl },
    ...{ template: row.template_version, templateHash: row.template_hash },
    sent: row.sent === null ? null : sentParametersSchema.parse(JSON.parse(row.sent)),
    body: settings.body ?? {},
    ...("messages" in again
      ? { messages: again.messages, whyNot: null }
      : { messages: null, whyNot: again.whyNot }),
    ...{ message: row.message, raw: row.raw },
    signs: row.signs === null ? [] : (JSON.parse(row.signs) as string[]),
  };
}

/** Calls with a choice about an assignment, up to this one, that were asked in the same words. */
async function countAnswered(
  { db }: Reader,
  { id, assignmentId, template_hash: hash }: { id: number; assignmentId: number; template_hash: string },
): Promise<number> {
  const { calls } = await db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select((e) => e.fn.countAll<number>().as("calls"))
    .where("k.assignment_id", "=", assignmentId)
    .where("k.state", "=", "answered")
    .where("r.template_hash", "=", hash)
    .where("k.id", "<=", id)
    .executeTakeFirstOrThrow();
  return Number(calls);
}

const callsIn = ({ db }: Reader, studyId: number) =>
  db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .innerJoin("annotator as j", "j.id", "r.annotator_id")
    .innerJoin("annotator_group as g", "g.id", "r.group_id")
    .innerJoin("assignment as a", "a.id", "k.assignment_id")
    .innerJoin("comparison as c", "c.id", "a.comparison_id")
    .innerJoin("prompt as p", "p.id", "a.prompt_id")
    .innerJoin("system as l", "l.id", "a.left_system_id")
    .innerJoin("system as o", "o.id", "a.right_system_id")
    .select(["k.id", "k.run_id as run", "j.external_id as annotator", "g.name as group", "c.turn"])
    .select(["p.external_id as prompt", "l.name as left", "o.name as right", "a.presentation"])
    .select(["k.attempt", "k.state", "k.outcome", "k.claimed_at as at", "k.reported_model as reportedModel"])
    .select(["k.prompt_tokens as promptTokens", "k.completion_tokens as completionTokens"])
    .select(["k.cost_nanodollars as nanodollars", "k.cost_at_most as atMost", "k.latency_ms as latencyMs"])
    .select(["k.messages_hash as messagesHash", "k.grade", "k.preference"])
    .where("r.study_id", "=", studyId)
    .where("k.state", "<>", "released");

type Row = Awaited<ReturnType<ReturnType<typeof callsIn>["executeTakeFirstOrThrow"]>>;

const callAs = (row: Row): JudgeCall => ({
  ...{ id: row.id, run: row.run, annotator: row.annotator ?? "", group: row.group },
  ...{ prompt: row.prompt, turn: row.turn, left: row.left, right: row.right },
  ...{ presentation: row.presentation, attempt: row.attempt, at: row.at },
  state: row.state as JudgeCall["state"],
  ...{ outcome: row.outcome, grade: row.grade, preference: row.preference },
  ...{ reportedModel: row.reportedModel, latencyMs: row.latencyMs },
  ...{ promptTokens: row.promptTokens, completionTokens: row.completionTokens },
  dollars: row.nanodollars === null ? null : row.nanodollars / 1e9,
  isAtMost: row.atMost === 1,
  messagesHash: row.messagesHash,
});
