import type { Context } from "../context.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Wording } from "../contract/studies.ts";
import { ProtocolCache } from "../studies/protocol-cache.ts";
import { findAdapter } from "../model-servers/adapters/index.ts";
import { requestBody } from "../model-servers/request-body.ts";
import { sentParameters } from "../model-servers/sent-parameters.ts";
import { questionOf } from "./ask.ts";
import { batchFileOf } from "./batch-format.ts";
import { type Call, claimCalls } from "./claim.ts";
import { type JudgeRequest, requirePossible } from "./judge-study.ts";
import { prepareJudge } from "./judge-annotator.ts";
import { learntBefore } from "./learnt.ts";
import { catchUp } from "./present-again.ts";
import { BATCH, beginRun } from "./run-store.ts";
import { TEMPLATE_VERSION, templateHash } from "./template.ts";

/** Calls that one short transaction claims. */
const A_BATCH = 100;
/** Batches take up to a day; whoever reads them may be late. In minutes. */
const LEASE_MINUTES = 14 * 24 * 60;
/** What every server takes as one file. */
const FILE_MAX = { calls: 50_000, bytes: 180_000_000 };

export interface WrittenBatch {
  readonly runId: number;
  readonly calls: number;
  /** Whether the file is full, and more calls may be left for another one. */
  readonly isFull: boolean;
  /** Where the file goes. */
  readonly to: string;
  /** What the server is known not to take, and calls are written without; null: nothing is known. */
  readonly without: readonly string[] | null;
}

/** The name of a call in a batch file. */
export const customIdOf = (callId: number): string => `tiebreak-call-${callId}`;

/**
 * Claims every call that there is for a judge, up to the limit, and writes them as a batch file of its kind of server,
 * with the parameters that live calls would have. Its assignments stay the judge's until the results are read.
 * @param write takes one piece of the file
 * @throws as `judgeStudy`
 */
export async function writeBatch(
  context: Context,
  request: JudgeRequest,
  { wording, write }: { wording: Wording; write: (text: string) => void },
): Promise<WrittenBatch> {
  const { settings, limits } = request;
  await requirePossible(context, request);
  const judge = await prepareJudge(context, request);
  const template = { version: TEMPLATE_VERSION, hash: templateHash(wording, settings.method) };
  const runId = await beginRun(context, { judge, settings, template, process: BATCH });
  await catchUp(context, {
    annotatorId: judge.annotatorId,
    again: settings,
    at: context.clock().toISOString(),
  });
  const learnt = await learntBefore(context, settings);
  const file = new FileOfCalls(settings, learnt ?? new Set(), write);
  const protocols = new ProtocolCache();
  const most = Math.min(limits.calls ?? Infinity, FILE_MAX.calls);
  while (file.calls < most && file.bytes < FILE_MAX.bytes) {
    const want = Math.min(A_BATCH, most - file.calls);
    const wanted = { judge, runId, settings, attempts: limits.attempts, want, protocols };
    const claimed = await claimCalls(context, { ...wanted, leaseMinutes: LEASE_MINUTES });
    if (claimed.calls.length === 0) break;
    await keepSent(
      context,
      claimed.calls.map((call) => file.add(call, wording)),
    );
  }
  file.end();
  const isFull = file.calls >= FILE_MAX.calls || file.bytes >= FILE_MAX.bytes;
  return { runId, calls: file.calls, isFull, to: file.to, without: learnt && [...learnt].sort() };
}

interface SentCall {
  readonly id: number;
  readonly sent: string;
  readonly hash: string;
}

/** A file of calls while it is written. */
class FileOfCalls {
  readonly #form: ReturnType<typeof batchFileOf>;
  calls = 0;
  bytes = 0;

  constructor(
    readonly settings: JudgeSettings,
    readonly without: ReadonlySet<string>,
    readonly write: (text: string) => void,
  ) {
    this.#form = batchFileOf(settings.adapter);
  }

  get to(): string {
    return this.#form.to;
  }

  add(call: Call, wording: Wording): SentCall {
    const { settings, without } = this;
    const { request, hash } = questionOf({ call, wording, settings });
    const adapter = findAdapter(settings.adapter)!;
    const body = requestBody(adapter, request, { without, repetitionPenaltyAs: [], own: settings.body });
    const first = this.calls === 0;
    this.#put((first ? this.#form.begin : "") + this.#form.call(customIdOf(call.id), body, first));
    this.calls++;
    return { id: call.id, sent: JSON.stringify(sentParameters(request, body, without)), hash };
  }

  end(): void {
    if (this.calls > 0) this.#put(this.#form.end);
  }

  #put(text: string): void {
    if (text === "") return;
    this.bytes += Buffer.byteLength(text);
    this.write(text);
  }
}

/** Nobody else can say later what stands in a file. */
async function keepSent(context: Context, calls: readonly SentCall[]): Promise<void> {
  await context.database.transact(async ({ db }) => {
    for (const { id, sent, hash: messages_hash } of calls)
      await db.updateTable("judge_call").set({ sent, messages_hash }).where("id", "=", id).execute();
  });
}
