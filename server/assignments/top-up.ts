import type { Protocol } from "../contract/studies.ts";
import type { Progress, Work } from "../contract/judging.ts";
import type { Transaction } from "../storage/database.ts";
import { selectReviewSignal } from "../studies/review-state.ts";
import { type Check, Checks } from "./checks.ts";
import { openTurn } from "./conversations.ts";
import type { FreeSlot } from "./free-slots.ts";
import { lockSlot } from "./free-slots.ts";
import { findSlot, mayComeLater, type Search } from "./find-slot.ts";
import { forNewcomer, hasLeft, isNewcomer } from "./joiners.ts";
import { comparisonsOpenTo } from "./open-places.ts";
import { type HandOutContext, Sides } from "./side.ts";
import {
  kindOfSearch,
  limitsOf,
  nextTurn,
  readStanding,
  shareOf,
  standBeforeFirst,
  type Standing,
  unseenOf,
} from "./standing.ts";
import {
  type AnnotatorAtWork,
  insertAssignment,
  type LiveAssignment,
  renewLeases,
  selectLive,
  setProbeKey,
  takeLapsed,
} from "./statements.ts";

const TOKEN_BYTES = 16;
const ASK_AGAIN_SECONDS = 15;
const ASK_AGAIN_PAUSED_SECONDS = 60;
const ASK_AGAIN_IN_REVIEW_SECONDS = 60;
/** An open page renews what it holds every ten minutes by itself; a shorter lease is to be renewed at half of it. */
const RENEWED_MINUTES = 15;
const HALF_A_MINUTE = 30;
/** A slot that another process took in between is no reason to give up at once. */
const TRIES = 32;

/** What the annotator holds after a top-up; texts are read and rendered outside. */
export interface Held {
  readonly live: readonly LiveAssignment[];
  readonly work: Omit<Work, "buffer" | "assignments">;
}

/**
 * Fills an annotator's live assignments up to the buffer: renews what they hold, then hands out what is free.
 * The annotator's row must be locked in this transaction. Pausing and closing stop only the handing out; who is left
 * out, or has left, is given nothing any more.
 */
export async function topUp(
  context: HandOutContext,
  tx: Transaction,
  given: { annotator: AnnotatorAtWork; protocol: Protocol },
): Promise<Held> {
  const { annotator, protocol } = given;
  const moment = context.clock().getTime();
  const at = new Date(moment).toISOString();
  const live = await tx.run(selectLive, { annotatorId: annotator.id });
  const holds = live.filter((one) => one.ordinal > 0).length;
  const standing = await readStanding(tx, annotator, holds);
  const { judged } = standing;
  const checks = await Checks.read(tx, annotator, protocol, standing.skipped.pairs);
  const { pairs, limit } = limitsOf(protocol, annotator.group, { standing, checks });
  if (standing.review === "end") return { live: [], work: { ...ended(judged), mayAnswer: true } };
  if (standing.isLeftOut || hasLeft(annotator, at)) return { live: [], work: ended(judged) };
  const before = await beforeFirst(tx, { annotator, protocol, at, judged, holds });
  if (before !== null) return { live: [], work: before };
  if (standing.review === "open" && judged < limit && annotator.state !== "closed")
    return { live: [], work: await inReview(tx, annotator.id, { judged, of: limit }) };

  const { leaseMinutes, buffer } = isNewcomer(annotator, judged) ? forNewcomer(protocol) : protocol;
  const leaseMs = leaseMinutes * 60_000;
  const leaseEnd = new Date(moment + leaseMs).toISOString();
  const stale = new Date(moment + leaseMs * 0.9).toISOString();
  if (live.some((one) => one.leaseEnd < stale))
    await tx.run(renewLeases, { annotatorId: annotator.id, leaseEnd });
  const wanted = Math.min(buffer - holds, limit - judged - holds);
  const { promptRepeats } = protocol;
  const how = { promptRepeats, kind: kindOfSearch(protocol), unseen: unseenOf(protocol) };
  const hand = { annotator, at, leaseEnd, standing, checks, ...how, pairs, wanted };
  const isOpen = annotator.state === "open";
  const { handed, end } = isOpen ? await handOut(context, tx, hand) : NOTHING_HANDED;
  const all = [...live, ...handed];
  const own = judged + holds + handed.length;
  const isAll = annotator.state === "closed" || (isOpen && handed.length < wanted);
  const more = isAll ? 0 : await toCome(tx, { hand, handed: handed.length });
  const progress = { judged, of: Math.min(Math.max(limit, own), own + (more ?? limit)) };
  return {
    live: all,
    work: {
      ...(isOpen ? outcome(all, end) : stopped(annotator, all)),
      ...(all.length > 0 &&
        leaseMinutes < RENEWED_MINUTES && { askAgainSeconds: leaseMinutes * HALF_A_MINUTE }),
      ...{ progress, ...(standing.warning !== null && { warning: standing.warning }) },
    },
  };
}

/**
 * What somebody is answered whom something comes before the first pair for: nothing is handed out, and who would find
 * nothing afterwards is not kept busy; in a closed study this is everybody who holds no pair. Null: they have passed it all.
 */
async function beforeFirst(
  tx: Transaction,
  given: { annotator: AnnotatorAtWork; protocol: Protocol; at: string; judged: number; holds: number },
): Promise<Held["work"] | null> {
  const { annotator, judged, holds } = given;
  const stand = await standBeforeFirst(tx, given);
  if (stand.kind === "passed") return null;
  if (annotator.state === "closed" && (stand.kind === "out" || holds === 0))
    return { state: "closed", askAgainSeconds: null, progress: { judged, of: judged } };
  const { whole, isAnythingLeft } = await shareOf(tx, given);
  const state = stand.kind === "out" || isAnythingLeft ? "entry" : "done";
  const of = judged === 0 ? 0 : Math.max(judged, whole); // nobody is shown how far they are before they begin
  return { state, askAgainSeconds: null, progress: { judged, of } };
}

const ended = (judged: number): Held["work"] => ({
  ...{ state: "ended", askAgainSeconds: null },
  progress: { judged, of: judged },
});

/** Nothing is shown until a person has looked; what is held stays theirs for its time. */
async function inReview(tx: Transaction, annotatorId: number, progress: Progress): Promise<Held["work"]> {
  const [asked] = await tx.run(selectReviewSignal, { annotatorId });
  const review = asked?.signal ?? undefined;
  return {
    ...{ state: "review", askAgainSeconds: ASK_AGAIN_IN_REVIEW_SECONDS, progress },
    ...(review && { review }),
  };
}

/**
 * How many pairs the annotator may be given beyond those handed out, checks among them; null where there are too many
 * to be counted.
 */
async function toCome(
  tx: Transaction,
  { hand, handed }: { hand: Hand; handed: number },
): Promise<number | null> {
  const { annotator, standing, checks } = hand;
  const { id: annotatorId, groupId } = annotator;
  const open = await comparisonsOpenTo(tx, { groupId, annotatorId, unseen: hand.unseen });
  if (open === null || checks === null) return open;
  const pairs = standing.last + handed - checks.handed + open;
  return open + Math.max(0, checks.dueAfter(pairs) - checks.handed);
}

interface Hand {
  readonly annotator: AnnotatorAtWork;
  readonly at: string;
  readonly leaseEnd: string;
  readonly standing: Standing;
  readonly checks: Checks | null;
  readonly promptRepeats: Protocol["promptRepeats"];
  readonly kind: Search["kind"];
  readonly unseen: Search["unseen"];
  /** How many pairs of the group the annotator is to be given in all, checks not among them. */
  readonly pairs: number;
  readonly wanted: number;
}

type End = "filled" | "nothing left" | "held by others";

const NOTHING_HANDED: { handed: LiveAssignment[]; end: End } = { handed: [], end: "nothing left" };

async function handOut(
  context: HandOutContext,
  tx: Transaction,
  hand: Hand,
): Promise<{ handed: LiveAssignment[]; end: End }> {
  const handed: LiveAssignment[] = [];
  const { annotator, at, promptRepeats, kind, unseen, standing, checks } = hand;
  const sides = new Sides(tx, annotator, context.randomBytes);
  let lost: FreeSlot | null = null;
  let { latestKey, latestSlot } = standing;
  for (let tries = 0; handed.length < hand.wanted && tries < hand.wanted + TRIES; tries++) {
    const ordinal = standing.last + handed.length + 1;
    const handedOut = ordinal - 1 - (checks?.handed ?? 0);
    const turn = await nextTurn(tx, { ...hand, latestSlot });
    // a check waits for the end of a conversation, as long as it still gets its turn afterwards
    const check = turn && handedOut < hand.pairs ? null : ((await checks?.next(handedOut)) ?? null);
    if (check) {
      const made = await assign(context, tx, { hand, shown: check, sides, ordinal });
      if (made) handed.push(made);
      if (made) checks?.wasHanded(check);
      continue;
    }
    const how = { promptRepeats, kind, unseen };
    const search: Search = { ...standing, latestKey, annotator, at, handedOut, ...how, lost };
    const found = turn ? { slot: turn } : await findSlot(tx, search);
    if (found.slot === null) {
      await keepProbe(tx, annotator, found.probeKey);
      return { handed, end: (await mayComeLater(tx, search, found)) ? "held by others" : "nothing left" };
    }
    const shown = turn ?? (await startOf(tx, hand, found.slot));
    const made = await assign(context, tx, { hand, shown, sides, ordinal });
    if (made) {
      handed.push(made);
      latestKey = shown.orderKey;
    }
    latestSlot = made ? shown.id : null;
    lost = made ? null : found.slot;
  }
  await keepProbe(tx, annotator, null);
  const short = handed.length < hand.wanted;
  return { handed, end: hand.wanted <= 0 ? "nothing left" : short ? "held by others" : "filled" };
}

/** Where a search came upon any turn of a conversation, the turn with which the annotator begins it. */
async function startOf(tx: Transaction, { kind, annotator, at }: Hand, slot: FreeSlot): Promise<FreeSlot> {
  if (kind !== "turns") return slot;
  return (await openTurn(tx, { slotId: slot.id, annotatorId: annotator.id, at })) ?? slot;
}

async function assign(
  context: HandOutContext,
  tx: Transaction,
  given: { hand: Hand; shown: FreeSlot | Check; sides: Sides; ordinal: number },
): Promise<LiveAssignment | null> {
  const { hand, shown, sides, ordinal } = given;
  const { annotator, at, leaseEnd } = hand;
  const slot = "id" in shown ? shown : null;
  const purpose = "id" in shown ? shown.stage : shown.purpose;
  if (slot !== null && !(await takes(tx, slot, at))) return null;
  const token = context.randomBytes(TOKEN_BYTES).toString("base64url");
  const { left, right } = await sides.decide(shown);
  const [row] = await tx.run(insertAssignment, {
    token,
    slotId: slot?.id ?? null,
    comparisonId: shown.comparisonId,
    promptId: shown.promptId,
    groupId: annotator.groupId,
    annotatorId: annotator.id,
    purpose,
    presentation: purpose === "repeat" ? 1 : 0,
    left,
    right,
    ordinal,
    openedAt: at,
    leaseEnd,
    protocolId: annotator.protocolId,
  });
  if (!row) return null;
  sides.handedOut(shown, left);
  return { id: row.id, token, leaseEnd, ordinal };
}

/** Whether nobody else took the slot a moment ago; a lapsed assignment in it ends. */
async function takes(tx: Transaction, { id, lapsedId }: FreeSlot, at: string): Promise<boolean> {
  if (!tx.dialect.oneWriter && (await tx.run(lockSlot, { id })).length === 0) return false;
  return lapsedId === undefined || (await tx.run(takeLapsed, { id: lapsedId, at })).length > 0;
}

async function keepProbe(
  tx: Transaction,
  annotator: AnnotatorAtWork,
  probeKey: number | null,
): Promise<void> {
  if (annotator.probeKey === probeKey) return;
  await tx.run(setProbeKey, { annotatorId: annotator.id, probeKey });
}

function stopped(
  { state }: AnnotatorAtWork,
  live: readonly LiveAssignment[],
): Omit<Held["work"], "progress"> {
  if (live.length > 0) return { state: "work", askAgainSeconds: null };
  if (state === "closed") return { state: "closed", askAgainSeconds: null };
  return { state: "paused", askAgainSeconds: ASK_AGAIN_PAUSED_SECONDS };
}

function outcome(live: readonly LiveAssignment[], end: End): Omit<Held["work"], "progress"> {
  if (live.length > 0) return { state: "work", askAgainSeconds: null };
  if (end === "held by others") return { state: "wait", askAgainSeconds: ASK_AGAIN_SECONDS };
  return { state: "done", askAgainSeconds: null };
}
