import { topUp } from "../assignments/top-up.ts";
import { type Context, now } from "../context.ts";
import { samplesOf } from "../contract/judge-method.ts";
import type { JudgeSettings } from "../contract/judges.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Progress, Work } from "../contract/judging.ts";
import type { Transaction } from "../storage/database.ts";
import type { ProtocolCache } from "../studies/protocol-cache.ts";
import { addressesJudge } from "./injection.ts";
import type { Judge } from "./judge-annotator.ts";
import { fieldsOf, type PromptFields } from "./method/prompt-fields.ts";
import { presentAgain, presentationsOf } from "./present-again.ts";
import {
  type Askable,
  countHeld,
  CUT_MAX,
  insertCall,
  lockJudge,
  selectAskable,
  selectSource,
  type Source,
} from "./statements.ts";

/** What is put before a model. */
export interface Pair {
  /** The turns up to the one that is judged. */
  readonly prompt: readonly string[];
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** What the prompt's own fields give the judge. */
  readonly fields: PromptFields;
  /** Of the study. */
  readonly seed: string;
}

/** One call that is to be made: written down, and nobody else's. */
export interface Call extends Pair {
  readonly id: number;
  readonly assignmentId: number;
  /** Whether it failed in an earlier run. */
  readonly isKnownToFail: boolean;
  /** Its number among the calls about the assignment, from 0, where several make a verdict; else 0. */
  readonly sample: number;
  /** How many of these are missing, this one included. */
  readonly samplesLeft: number;
}

interface Claimed {
  readonly calls: readonly Call[];
  /** What the judge's annotator would be told: whether more may come. */
  readonly state: Work["state"];
  readonly progress: Progress;
}

interface ClaimWanted {
  readonly judge: Judge;
  readonly runId: number;
  readonly settings: JudgeSettings;
  /** How often one reply may fail. */
  readonly attempts: number;
  /** How many calls at the most. */
  readonly want: number;
  readonly protocols: ProtocolCache;
  /** Assignments that come before all others: they are asked about again at once, otherwise. */
  readonly first?: ReadonlySet<number>;
  /** How long the judge's leases hold, in minutes, where the protocol's are too short. */
  readonly leaseMinutes?: number;
}

/**
 * Claims calls for a run, in one transaction that begins by locking the judge's row: tops the judge up as any annotator,
 * presents again what is to be judged more than once, and writes each call down before anybody sends it. What was never
 * asked about comes first, so that no pair waits behind those that fail.
 */
export async function claimCalls(context: Context, wanted: ClaimWanted): Promise<Claimed> {
  return context.database.transactTogether(async (tx) => {
    const { judge, runId, settings } = wanted;
    const attempts = wanted.attempts * samplesOf(settings);
    const cuts = CUT_MAX * samplesOf(settings);
    const who = { annotatorId: judge.annotatorId };
    const [annotator] = await tx.run(lockJudge, who);
    if (!annotator) throw new Error("A judge's annotator is gone.");
    const askable = await tx.run(selectAskable, { ...who, runId, attempts, cuts });
    const { protocol } = await wanted.protocols.protocolOf(tx, annotator.protocolId);
    const buffer = await bufferFor(tx, { askable, wanted });
    const leaseMinutes = wanted.leaseMinutes ?? protocol.leaseMinutes;
    // a model forgets: a prompt that comes back is new to it
    const own = { ...protocol, buffer, leaseMinutes, promptRepeats: "allow" } satisfies Protocol;
    const held = await topUp(context, tx, { annotator, protocol: own });
    const { state, progress } = held.work;
    if (state === "ended") return { calls: [], state, progress: inCalls(progress, settings) };
    const known = new Set(askable.map(({ id }) => id));
    const firsts = held.live.filter(({ id, ordinal }) => ordinal > 0 && !known.has(id)).map(({ id }) => id);
    const at = now(context);
    await presentAgain(context, tx, { firsts, again: settings, at });
    const fresh =
      firsts.length === 0 ? askable : await tx.run(selectAskable, { ...who, runId, attempts, cuts });
    const calls = await claimed(tx, { askable: inOrder(fresh, wanted.first), wanted, at });
    return { calls, state, progress: inCalls(progress, settings) };
  });
}

const inOrder = (askable: readonly Askable[], first: ReadonlySet<number> = new Set()): Askable[] => [
  ...askable.filter(({ id }) => first.has(id)),
  ...askable.filter(({ id }) => !first.has(id)),
];

/** So many first presentations held that, with what is asked again, `want` that never failed can be asked about. */
async function bufferFor(
  tx: Transaction,
  { askable, wanted }: { askable: readonly Askable[]; wanted: ClaimWanted },
): Promise<number> {
  const { judge, settings, want } = wanted;
  const [count] = await tx.run(countHeld, { annotatorId: judge.annotatorId });
  const untried = askable.filter(({ failures }) => Number(failures) === 0).length;
  const missing = Math.max(0, want - untried);
  return (count?.held ?? 0) + Math.ceil(missing / (presentationsOf(settings) * samplesOf(settings)));
}

/** What is put before a model, from the rows of an assignment. */
export function pairOf(source: Source, { method = {} }: Pick<JudgeSettings, "method">): Pair {
  const { turn, promptTurns, leftTurns, rightTurns, metadata, seed } = source;
  const upTo = (turns: string) => (JSON.parse(turns) as string[]).slice(0, turn);
  const fields = fieldsOf(method, { metadata, turns: turn });
  return { prompt: upTo(promptTurns), left: upTo(leftTurns), right: upTo(rightTurns), fields, seed };
}

async function claimed(
  tx: Transaction,
  { askable, wanted, at }: { askable: readonly Askable[]; wanted: ClaimWanted; at: string },
): Promise<Call[]> {
  const { runId, settings, want } = wanted;
  const isOfSeveral = samplesOf(settings) > 1;
  const calls: Call[] = [];
  for (const { id: assignmentId, attempts, failuresBefore, answered } of askable) {
    const samplesLeft = samplesOf(settings) - Number(answered);
    // what is claimed in part waits until that is back, which in a batch is too late
    if (calls.length > 0 && calls.length + samplesLeft > want) break;
    const [source] = await tx.run(selectSource, { assignmentId });
    if (!source) continue; // texts of a judgment made elsewhere were never loaded
    const pair = pairOf(source, settings);
    const found = [...new Set([...pair.left, ...pair.right].flatMap(addressesJudge))];
    const signs = found.length === 0 ? null : JSON.stringify(found);
    const texts = { ...pair, isKnownToFail: Number(failuresBefore) > 0 };
    for (let next = 0; next < samplesLeft && calls.length < want; next++) {
      const attempt = Number(attempts) + 1 + next;
      const [call] = await tx.run(insertCall, { runId, assignmentId, attempt, at, signs });
      const sample = isOfSeveral ? attempt - 1 : 0; // a seed that was answered would give the same reply again
      if (call) calls.push({ id: call.id, assignmentId, ...texts, sample, samplesLeft });
    }
  }
  return calls;
}

const inCalls = ({ judged, of }: Progress, settings: JudgeSettings): Progress => ({
  judged: judged * presentationsOf(settings),
  of: of * presentationsOf(settings),
});
