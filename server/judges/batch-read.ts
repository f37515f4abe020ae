import { type Context, now } from "../context.ts";
import { type JudgeSettings, judgeSettingsSchema, sentParametersSchema } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import type { Reader } from "../storage/database.ts";
import { currentProtocol, requireStudy } from "../studies/store.ts";
import { findAdapter } from "../model-servers/adapters/index.ts";
import { requestOf, verdictIn } from "./ask.ts";
import { type BatchResult, resultIn } from "./batch-format.ts";
import { customIdOf } from "./batch-write.ts";
import { chargeOfCall, FREE, type TokenPrice, worstOf } from "../model-servers/cost.ts";
import {
  complaintOf,
  couldNotFinish,
  failureOf,
  RAW_MAX,
  statusNamed,
} from "../model-servers/http-failure.ts";
import { readReply } from "../model-servers/read-reply.ts";
import { BATCH, endRun } from "./run-store.ts";
import { type CallResult, finishCall } from "./finish-call.ts";

/** What became of the lines of result files. */
export interface BatchRead {
  readonly lines: number;
  /** Replies that hold a choice. */
  readonly replies: number;
  /** Judgments that they made: where several replies make one, fewer. */
  readonly verdicts: number;
  /** Results of calls that are not of this study. */
  readonly unknown: number;
  /** Lines that are no result, such as one that was cut off. */
  readonly unreadable: number;
  /** Lines about calls whose result was read before. */
  readonly again: number;
  /** `message`: what was wrong with the first of them. */
  readonly failures: readonly { readonly kind: string; readonly count: number; readonly message: string }[];
  /** Calls of batches of this study that have no result yet. */
  readonly waiting: number;
}

/** States of calls whose result counts: one that was given up has been paid for, too, if it comes after all. */
const WAITED_FOR = new Set(["claimed", "lost"]);

/** Batches cost half of what single calls do. */
const BATCH_PRICE = 0.5;

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
  const failures = new Map<string, { count: number; message: string }>();
  const read = { lines: 0, replies: 0, verdicts: 0, unknown: 0, unreadable: 0, again: 0 };
  for await (const text of given.lines) {
    if (text.trim() === "") continue;
    read.lines++;
    const line = resultIn(text);
    const call = line && calls.get(line.id);
    if (!line) read.unreadable++;
    else if (!call) read.unknown++;
    else if (!WAITED_FOR.has(call.state)) read.again++;
    else {
      const result = resultOf(line, call, given.priceOf);
      const judge = { annotatorId: call.annotatorId, groupId: call.groupId, studyId: call.studyId };
      const isJudged = await finishCall(context, { judge, call, settings: call.settings, result });
      call.state = "answered";
      if (isJudged) read.verdicts++;
      if ("choice" in result) read.replies++;
      else {
        const { count = 0, message = result.message } = failures.get(result.failure) ?? {};
        failures.set(result.failure, { count: count + 1, message });
      }
    }
  }
  const kinds = [...failures].map(([kind, told]) => ({ kind, ...told })).sort((a, b) => b.count - a.count);
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
  /** As they were written, as JSON; null: by a version that did not keep them. */
  readonly sent: string | null;
  readonly messagesHash: string | null;
  readonly wording: Wording | undefined;
}

async function batchCalls(reader: Reader, name: string): Promise<Map<string, BatchCall>> {
  const study = await requireStudy(reader, name);
  const { protocol } = await currentProtocol(reader, study.id);
  const rows = await reader.db
    .selectFrom("judge_call as k")
    .innerJoin("judge_run as r", "r.id", "k.run_id")
    .select(["k.id", "k.run_id as runId", "k.assignment_id as assignmentId", "k.state", "r.settings"])
    .select(["k.sent", "k.messages_hash as messagesHash"])
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

function resultOf(
  line: BatchResult,
  call: BatchCall,
  priceOf: (model: string) => TokenPrice | null,
): CallResult {
  const { settings, wording, messagesHash } = call;
  const sent = call.sent === null ? null : sentParametersSchema.parse(JSON.parse(call.sent));
  const kept = { sent, messagesHash, latencyMs: null };
  const raw = JSON.stringify(
    ("reply" in line ? line.reply : "error" in line ? line.error : line.message) ?? null,
  );
  const failed = (failure: string, message: string): CallResult => ({
    ...{ ...kept, failure, message, raw: raw.slice(0, RAW_MAX), reply: null, usage: null, charge: FREE },
  });
  if ("unmade" in line) return failed(line.unmade, line.message);
  if (!("reply" in line)) {
    const { kind, message } = refusalIn(line, raw, settings);
    return failed(kind, message);
  }
  const request = requestOf(settings, []);
  const reply = readReply(findAdapter(settings.adapter)!, line.reply, { raw, sent: sent ?? NOT_KEPT });
  if (!reply) return failed("not understood", "The result is not a reply from a model.");
  const { nanodollars, isAtMost } = chargeOfCall(reply, worstOf(request), priceOf(settings.model));
  const half = nanodollars === null ? null : Math.round(nanodollars * BATCH_PRICE);
  const charge = { nanodollars: isAtMost ? null : half, isAtMost: false }; // what was sent is not at hand any more
  if (reply.finish === "failed") {
    const error = { error: reply.error ?? { message: `The reply ended with “${reply.finishWord}”.` } };
    const { kind, message } = refusalIn({ id: line.id, status: null, error }, raw, settings);
    return { ...failed(kind, message), usage: reply, charge };
  }
  const told = { ...kept, reply, usage: reply, charge };
  const verdict = verdictIn(reply, settings, wording);
  return "choice" in verdict ? { ...told, ...verdict } : { ...told, ...verdict, raw };
}

/** Stands where a batch was written before parameters were kept; it is stored nowhere. */
const NOT_KEPT = {
  ...{ temperature: null, topP: null, seed: null, maxTokens: null, form: "words" as const },
  ...{ refused: {}, isFormRefused: false },
};

/** An error by the name that it would have in a live run. */
function refusalIn(
  { status, error }: Extract<BatchResult, { error: unknown }>,
  raw: string,
  { baseUrl }: JudgeSettings,
): { kind: string; message: string } {
  const complaint = complaintOf(error, raw);
  const { message } = complaint;
  const known = status ?? statusNamed(complaint.codes);
  if (complaint.isModeration && known < 500) return { kind: "refused", message };
  if ((known === 400 || known === 422) && couldNotFinish(complaint)) return { kind: "truncated", message };
  const { kind } = failureOf({
    ...{
      url: new URL(baseUrl),
      status: known,
      complaint,
      raw,
      wait: { ms: undefined, isByHeader: false },
      hasAnswered: true,
    },
  });
  return { kind, message };
}

/** Ends the batches that nothing is missing of. @returns how many calls others still wait for */
async function endFinished(context: Context, study: string): Promise<number> {
  const calls = [...(await context.database.read((reader) => batchCalls(reader, study))).values()];
  const open = calls.filter(({ state }) => state === "claimed");
  const waiting = new Set(open.map(({ runId }) => runId));
  for (const id of new Set(calls.filter(({ isOpen }) => isOpen).map(({ runId }) => runId)))
    if (!waiting.has(id)) await endRun(context, { id, ending: "done", said: "Every result was imported." });
  return open.length;
}
