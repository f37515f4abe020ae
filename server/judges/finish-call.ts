import { type Context, now } from "../context.ts";
import { type Grade, samplesOf } from "../contract/judge-method.ts";
import { type Said, writeJudgment } from "../judgments/record.ts";
import type { Database, Transaction } from "../storage/database.ts";
import { CommitLost } from "../storage/errors.ts";
import { statement } from "../storage/statement.ts";
import type { Call } from "./claim.ts";
import type { Judge } from "./judge-annotator.ts";
import type { JudgeSettings, SentParameters } from "../contract/judges.ts";
import type { Charge } from "../model-servers/cost.ts";
import type { ModelReply, Usage } from "../model-servers/model-call.ts";
import { strengthOfGrade } from "./method/grades.ts";
import { verdictOfSamples } from "./method/samples.ts";
import { type CallEnd, endCall, lockJudge, releaseCall, selectSamples } from "./statements.ts";
import type { VerdictChoice } from "./verdict-labels.ts";

/** What came of a call: a verdict, or a failure by its name. */
export type CallResult = {
  /** null: of a batch. */
  readonly latencyMs: number | null;
  readonly reply: ModelReply | null;
  /** What the server says that it took; null: nothing came back that says so. */
  readonly usage: Usage | null;
  readonly charge: Charge;
  /** The parameters as they were sent; null: they are not known. */
  readonly sent: SentParameters | null;
  readonly messagesHash: string | null;
} & (
  | {
      readonly choice: VerdictChoice;
      readonly rationale: string;
      /** Of five steps, the one that the choice collapses. */
      readonly grade?: Grade;
      /** For the left response, from 0 to 1, where the verdict is from probabilities. */
      readonly preference?: number;
    }
  | {
      readonly failure: string;
      readonly message: string;
      readonly raw: string | null;
      /** Of a reply that was cut off: nothing more fits the model, whatever the limit. */
      readonly isFull?: boolean;
    }
);

const selectOwn = statement<
  { assignmentId: number },
  { id: number; slotId: number | null; endedHow: string | null }
>((db, param) =>
  db
    .selectFrom("assignment")
    .select(["id", "slot_id as slotId", "ended_how as endedHow"])
    .where("id", "=", param("assignmentId")),
);

/**
 * Writes down how a call ended and, with a verdict, the judgment: in one transaction, so that what was paid for is never
 * without its judgment. Where several samples make one verdict, the last of them writes it. An assignment that another
 * call has judged meanwhile keeps that judgment.
 * @returns whether it made the judgment
 */
export async function finishCall(
  context: Context,
  given: {
    judge: Judge;
    call: Pick<Call, "id" | "assignmentId">;
    settings: Pick<JudgeSettings, "language" | "method" | "keepThinking">;
    result: CallResult;
  },
): Promise<boolean> {
  const { judge, call, settings, result } = given;
  const { language } = settings;
  const samples = samplesOf(settings);
  const thinking = settings.keepThinking === true ? thinkingIn(result) : null;
  const at = now(context);
  return againIfLost(context.database, async (tx) => {
    const { annotatorId } = judge;
    await tx.run(lockJudge, { annotatorId });
    await tx.run(endCall, endOf(call.id, result, { at, isOfSeveral: samples > 1, thinking }));
    if (!("choice" in result)) return false;
    const [assignment] = await tx.run(selectOwn, { assignmentId: call.assignmentId });
    if (!assignment || assignment.endedHow === "judged") return false;
    const verdict = await verdictWith(tx, call, { result, samples, thinking });
    if (!verdict) return false;
    const said = { ...verdict, language, activeMs: result.latencyMs, requestKey: `call ${call.id}` };
    await writeJudgment(tx, assignment, { annotatorId, said, at });
    return true;
  });
}

/** What the model thought before it replied, cut to length; null: nothing that the server reports. */
const thinkingIn = ({ reply }: CallResult): string | null =>
  storable(reply?.thinking?.trim().slice(0, THINKING_MAX)) || null;

/** Characters of thinking that are kept: as many as of a rationale. */
const THINKING_MAX = 20_000;

interface Replied {
  readonly result: Extract<CallResult, { choice: unknown }>;
  readonly samples: number;
  readonly thinking: string | null;
}

/**
 * The verdict of a reply, with its strength; or of all samples, with the reasons and the thinking of one that agrees with it. null:
 * some samples are missing.
 */
async function verdictWith(
  tx: Transaction,
  { id: callId, assignmentId }: Pick<Call, "id" | "assignmentId">,
  { result, samples, thinking }: Replied,
): Promise<(Pick<Said, "rationale" | "strength" | "metadata"> & { choice: VerdictChoice }) | null> {
  const { choice, rationale, grade, preference } = result;
  if (samples === 1) {
    const strength = grade && strengthOfGrade(grade);
    return { choice, rationale, strength, metadata: metadataOf({ preferenceForLeft: preference, thinking }) };
  }
  const all = await tx.run(selectSamples, { assignmentId, callId });
  if (all.length < samples) return null;
  const verdict = verdictOfSamples(all.map((one) => one.choice));
  const agreeing = all.find((one) => one.choice === verdict && one.rationale !== null);
  const metadata = metadataOf({
    ...{ samples: all.map((one) => one.grade ?? one.choice), thinking: agreeing?.thinking },
  });
  return { choice: verdict, rationale: agreeing?.rationale ?? "", metadata };
}

/** What a verdict was made of, as JSON; undefined: there is nothing to say. */
function metadataOf(members: Readonly<Record<string, unknown>>): string | undefined {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given));
}

/** A commit of which nobody knows whether it was kept is repeated once: a second time the same rows say the same. */
async function againIfLost<T>(database: Database, use: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await database.transactTogether(use);
  } catch (error) {
    if (!(error instanceof CommitLost)) throw error;
    return await database.transactTogether(use);
  }
}

/** Lets go of calls that were never sent. */
export async function releaseCalls(context: Context, calls: readonly Pick<Call, "id">[]): Promise<void> {
  if (calls.length === 0) return;
  const at = now(context);
  await context.database.transact(async (tx) => {
    for (const { id } of calls) await tx.run(releaseCall, { id, at });
  });
}

/** @param isOfSeveral whether several replies make one verdict: only then are reasons and thinking of each kept apart */
function endOf(
  id: number,
  result: CallResult,
  { at, isOfSeveral, thinking }: { at: string; isOfSeveral: boolean; thinking: string | null },
): CallEnd {
  const { reply, usage, latencyMs, charge, sent, messagesHash } = result;
  const told = {
    ...{ id, at, latencyMs, costNanodollars: charge.nanodollars, costAtMost: charge.isAtMost ? 1 : 0 },
    reportedModel: storable(reply?.reportedModel),
    fingerprint: storable(reply?.fingerprint),
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    sent: sent && JSON.stringify(sent),
    messagesHash,
    ...{ grade: null, preference: null, rationale: null, thinking: null },
  };
  if ("choice" in result) {
    const { choice, rationale, grade = null, preference = null } = result;
    const own = isOfSeveral ? { rationale: storable(rationale), thinking } : {};
    const found = { grade, preference, ...own };
    return {
      ...told,
      ...found,
      state: "answered",
      outcome: choice,
      message: null,
      raw: storable(reply?.raw),
    };
  }
  const { failure, message, raw } = result;
  const said = { message: storable(message), raw: storable(raw) };
  return { ...told, state: "failed", outcome: failure, ...said };
}

/** What a server sent, as both databases can keep it: without NUL and halves of characters. */
const storable = (text: string | null | undefined): string | null =>
  text?.replaceAll("\u0000", "\ufffd").replace(LONE_SURROGATE, "\ufffd") ?? null;

const LONE_SURROGATE = /\p{Surrogate}/gu;
