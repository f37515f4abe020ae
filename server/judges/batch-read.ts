import { z } from "zod";
import { type Context, now } from "../context.ts";
import { type JudgeSettings, judgeSettingsSchema } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { openai } from "../model-servers/adapters/openai.ts";
import { requestOf, verdictIn } from "./ask.ts";
import { BATCH_MANNER, customIdOf } from "./batch-write.ts";
import { chargeOfCall, FREE, type TokenPrice, worstOf } from "../model-servers/cost.ts";
import { complaintOf, RAW_MAX } from "../model-servers/http-failure.ts";
import { readReply } from "../model-servers/read-reply.ts";
import { BATCH, endRun } from "./run-store.ts";
import { sentParameters } from "../model-servers/sent-parameters.ts";
import { type CallResult, finishCall } from "./finish-call.ts";

/** What became of the lines of result files. */
export interface BatchRead {
  readonly lines: number;
  readonly verdicts: number;
  /** Lines that are no answer to a call of this study, by what they are. */
  readonly unknown: number;
  /** Lines about calls whose result was read before. */
  readonly again: number;
  readonly failures: readonly { readonly kind: string; readonly count: number }[];
  /** Calls of batches of this study that have no result yet. */
  readonly waiting: number;
}

/** Batches cost half of what single calls do. */
const BATCH_PRICE = 0.5;

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});
type ResultLine = z.infer<typeof lineSchema>;

/**
 * Reads result files of batches back, in any order of lines: each becomes a judgment, or a failure by its name (expired,
 * rejected, unreadable …). A line that was read before changes nothing, so files can be read again.
 * @param lines one result each
 * @param priceOf the usual price of a model: half of it is told as the cost
 * @throws StudyNotFound
 */
export async function readBatch(
  context: Context,
  study: string,
  given: { lines: AsyncIterable<string>; priceOf: (model: string) => TokenPrice | null },
): Promise<BatchRead> {
  const calls = await context.database.read((reader) => batchCalls(reader, study));
  const failures = new Map<string, number>();
  const read = { lines: 0, verdicts: 0, unknown: 0, again: 0 };
  for await (const text of given.lines) {
    if (text.trim() === "") continue;
    read.lines++;
    const line = lineOf(text);
    const call = line && calls.get(line.custom_id);
    if (!call) read.unknown++;
    else if (call.state !== "claimed") read.again++;
    else {
      const result = resultOf(line, call, given.priceOf);
      const judge = { annotatorId: call.annotatorId, groupId: call.groupId, studyId: call.studyId };
      await finishCall(context, { judge, call, settings: call.settings, result });
      call.state = "answered";
      if ("choice" in result) read.verdicts++;
      else failures.set(result.failure, (failures.get(result.failure) ?? 0) + 1);
    }
  }
  const kinds = [...failures].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count);
  return { ...read, failures: kinds, waiting: await endFinished(context, study) };
}

/** Waits no longer for what has no result: it can be asked about again. @returns how many calls were given up */
export async function giveUpBatches(context: Context, study: string): Promise<number> {
  const ended_at = now(context);
  const waiting = await context.database.read((reader) => batchCalls(reader, study));
  const open = [...waiting.values()].filter(({ state }) => state === "claimed");
  await context.database.transact(async ({ db }) => {
    for (const { id } of open)
      await db.updateTable("judge_call").set({ state: "lost", ended_at }).where("id", "=", id).execute();
  });
  for (const id of new Set(open.map(({ runId }) => runId)))
    await endRun(context, { id, ending: "given up", said: "Calls without a result were abandoned." });
  return open.length;
}

interface BatchCall {
  readonly id: number;
  readonly runId: number;
  readonly assignmentId: number;
  readonly annotatorId: number;
  readonly groupId: number;
  readonly studyId: number;
  state: string;
  /** Whether its batch is still waited for. */
  readonly isOpen: boolean;
  readonly settings: JudgeSettings;
  readonly wording: Wording | undefined;
}

async function batchCalls(reader: Reader, name: string): Promise<Map<string, BatchCall>> {
  const study = await requireStudy(reader, name);
  const { protocol } = await currentProtocol(reader, study.id);
  const rows = await reader.db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["k.id", "k.run_id as runId", "k.assignment_id as assignmentId", "k.state", "r.settings"])
    .select(["r.annotator_id as annotatorId", "r.group_id as groupId", "r.study_id as studyId"])
    .select("r.ended_at as endedAt")
    .where("r.study_id", "=", study.id)
    .where("r.process", "=", BATCH.name)
    .execute();
  const parsed = new Map<string, JudgeSettings>();
  return new Map(
    rows.map((row) => {
      const settings = parsed.get(row.settings) ?? judgeSettingsSchema.parse(JSON.parse(row.settings));
      parsed.set(row.settings, settings);
      return [
        customIdOf(row.id),
        { ...row, settings, isOpen: row.endedAt === null, wording: protocol.wording[settings.language] },
      ];
    }),
  );
}

function lineOf(text: string): ResultLine | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function resultOf(
  { response, error }: ResultLine,
  call: BatchCall,
  priceOf: (model: string) => TokenPrice | null,
): CallResult {
  const { settings, wording } = call;
  const raw = JSON.stringify(response?.body ?? error ?? null);
  const failed = (failure: string, message: string): CallResult => ({
    ...{ failure, message, raw: raw.slice(0, RAW_MAX), latencyMs: 0, reply: null },
    ...{ usage: null, charge: FREE, sent: null },
  });
  if (error || !response) return failed(kindOf(error?.code ?? null), error?.message ?? "No result.");
  if (response.status_code >= 300) return failed("rejected", complaintOf(response.body, raw).message);
  const request = requestOf(settings, []);
  const sent = sentParameters(request, openai.body(request, BATCH_MANNER));
  const reply = readReply(openai, response.body, { raw, sent });
  if (!reply) return failed("not understood", "The result is no chat completion.");
  const { nanodollars, isAtMost } = chargeOfCall(reply, worstOf(request), priceOf(settings.model));
  const half = nanodollars === null ? null : Math.round(nanodollars * BATCH_PRICE);
  const charge = { nanodollars: isAtMost ? null : half, isAtMost: false }; // what was sent is not at hand any more
  const told = { reply, usage: reply, sent, latencyMs: 0, charge };
  const verdict = verdictIn(reply, settings, wording);
  return "choice" in verdict ? { ...told, ...verdict } : { ...told, ...verdict, raw };
}

const kindOf = (code: string | null): string => (code === "batch_expired" ? "expired" : "rejected");

/** Ends the batches that nothing is missing of. @returns how many calls others still wait for */
async function endFinished(context: Context, study: string): Promise<number> {
  const calls = [...(await context.database.read((reader) => batchCalls(reader, study))).values()];
  const open = calls.filter(({ state }) => state === "claimed");
  const waiting = new Set(open.map(({ runId }) => runId));
  for (const id of new Set(calls.filter(({ isOpen }) => isOpen).map(({ runId }) => runId)))
    if (!waiting.has(id)) await endRun(context, { id, ending: "done", said: "Every result was imported." });
  return open.length;
}
