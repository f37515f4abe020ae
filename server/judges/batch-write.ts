import type { Context } from "../context.ts";
import type { Wording } from "../contract/studies.ts";
import { ProtocolCache } from "../studies/protocol-cache.ts";
import type { Manner } from "../model-servers/adapters/adapter.ts";
import { openai } from "../model-servers/adapters/openai.ts";
import { messagesFor, requestOf } from "./ask.ts";
import { claimCalls } from "./claim.ts";
import type { JudgeRequest } from "./judge-study.ts";
import { prepareJudge } from "./judge-annotator.ts";
import { catchUp } from "./present-again.ts";
import { BATCH, beginRun } from "./run-store.ts";
import { TEMPLATE_VERSION, templateHash } from "./template.ts";

/** Calls that one short transaction claims. */
const A_BATCH = 100;
/** Batches take up to a day; whoever reads them may be late. In minutes. */
const LEASE_MINUTES = 14 * 24 * 60;

interface WrittenBatch {
  readonly runId: number;
  readonly calls: number;
}

/** A batch is written before anything is known of what the model takes. */
export const BATCH_MANNER: Manner = { without: new Set(), repetitionPenaltyAs: [] };

/** The line's own name for a call. */
export const customIdOf = (callId: number): string => `tiebreak-call-${callId}`;

/**
 * Claims every call that there is for a judge, up to the limit, and writes each as a line of an OpenAI batch file. Its
 * assignments stay the judge's until the results are read.
 * @param write takes one line, with its LF
 * @throws as `judgeStudy`
 */
export async function writeBatch(
  context: Context,
  request: JudgeRequest,
  { wording, write }: { wording: Wording; write: (line: string) => void },
): Promise<WrittenBatch> {
  const { settings, limits } = request;
  const judge = await prepareJudge(context, request);
  const template = { version: TEMPLATE_VERSION, hash: templateHash(wording, settings.method) };
  const runId = await beginRun(context, { judge, settings, template, process: BATCH });
  const at = context.clock().toISOString();
  await catchUp(context, { annotatorId: judge.annotatorId, again: settings, at });
  const most = limits.calls ?? Infinity;
  const protocols = new ProtocolCache();
  for (let calls = 0; ;) {
    const want = Math.min(A_BATCH, most - calls);
    if (want <= 0) return { runId, calls };
    const wanted = { judge, runId, settings, attempts: limits.attempts, want, protocols };
    const claimed = await claimCalls(context, { ...wanted, leaseMinutes: LEASE_MINUTES });
    for (const call of claimed.calls) {
      const messages = messagesFor(context, { call, wording, settings });
      const body = openai.body(requestOf(settings, messages, call.sample), BATCH_MANNER);
      const line = { custom_id: customIdOf(call.id), method: "POST", url: "/v1/chat/completions", body };
      write(`${JSON.stringify(line)}\n`);
    }
    calls += claimed.calls.length;
    if (claimed.calls.length === 0) return { runId, calls };
  }
}
