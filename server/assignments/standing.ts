import type { Decision, Signal } from "../contract/quality.ts";
import type { Protocol } from "../contract/studies.ts";
import type { EntryEnd } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { type EntryStand, entryStandOf } from "../studies/entry-stages.ts";
import { Checks } from "./checks.ts";
import { openTurn } from "./conversations.ts";
import { findSlot, mayComeLater, type Search } from "./find-slot.ts";
import type { FreeSlot } from "./free-slots.ts";
import { type AnnotatorAtWork, selectLive, selectTally } from "./statements.ts";

type Running = Pick<Reader, "run">;

/** How far an annotator is. */
export interface Standing extends Pick<Search, "comparisons" | "prompts" | "depths" | "latestKey"> {
  /** The slot of the latest claim; null before the first. */
  readonly latestSlot: number | null;
  /** Assignments handed out so far. */
  readonly last: number;
  readonly judged: number;
  /** Pairs of the group, and checks, that the annotator could not judge. */
  readonly skipped: { readonly pairs: number; readonly checks: number };
  readonly isLeftOut: boolean;
  /** Of the latest look of a person at their work; null: there was none. */
  readonly review: Decision | "open" | null;
  /** What a warning is about that they have not read. */
  readonly warning: Signal | null;
}

/** @param live first presentations that the annotator holds */
export async function readStanding(tx: Running, annotator: AnnotatorAtWork, live: number): Promise<Standing> {
  const [row] = await tx.run(selectTally, { annotatorId: annotator.id, groupId: annotator.groupId });
  const last = row?.last ?? 0;
  return {
    last,
    judged: last - (row?.unjudged ?? 0) - live,
    comparisons: row?.comparisons ?? 0,
    prompts: row?.prompts ?? 0,
    depths: { shared: row?.sharedDepth ?? 0, main: row?.mainDepth ?? 0 },
    latestKey: row?.latestKey ?? null,
    latestSlot: row?.latestSlot ?? null,
    skipped: { pairs: row?.skippedPairs ?? 0, checks: row?.skippedChecks ?? 0 },
    isLeftOut: row?.leftOut === 1,
    review: row?.review ?? null,
    warning: row?.warning ?? null,
  };
}

/** The most pairs that one annotator of a group judges; null: as many as there are. */
const eachOf = ({ groups }: Protocol, group: string): number | null =>
  groups.find(({ name }) => name === group)?.judgmentsPerAnnotator ?? null;

interface Limits {
  /** Pairs of the group that the annotator is to be given in all, checks not among them. */
  readonly pairs: number;
  /** Judgments that they are to come to: others make up for what they could not judge, where there are others. */
  readonly limit: number;
  /** The whole of the work of somebody who can judge every pair, checks among them. */
  readonly whole: number;
  /** Whether the protocol asks each annotator for a number. */
  readonly isAsked: boolean;
}

/** What is asked of an annotator: one definition for handing out, for the finish and for pay. */
export function limitsOf(
  protocol: Protocol,
  group: string,
  { standing, checks }: { standing: Standing; checks: Checks | null },
): Limits {
  const { comparisons, prompts, skipped } = standing;
  const most = eachOf(protocol, group);
  const there = protocol.promptRepeats === "forbid" ? Math.min(prompts, comparisons) : comparisons;
  const all = Math.min(most ?? there, there);
  const pairs = Math.max(0, Math.min(all, there - skipped.pairs));
  const due = checks?.dueAfter(pairs + skipped.pairs) ?? 0;
  return {
    pairs: pairs + skipped.pairs,
    limit: pairs + Math.max(0, due - skipped.checks),
    whole: all + (checks?.dueAfter(all) ?? 0),
    isAsked: most !== null,
  };
}

export const kindOfSearch = ({ turns }: Protocol): Search["kind"] => (turns === "each" ? "turns" : "single");

/** Whether prompts that somebody saw in another study are left out, as the searches take it. */
export const unseenOf = ({ unseenPrompts }: Protocol): Search["unseen"] => (unseenPrompts ? 1 : 0);

/** The turn that follows the pair handed out last, where a conversation is judged turn by turn and goes on. */
export async function nextTurn(
  tx: Running,
  given: Pick<Search, "kind" | "promptRepeats" | "annotator" | "at"> & Pick<Standing, "latestSlot">,
): Promise<FreeSlot | null> {
  const { kind, promptRepeats, latestSlot, annotator, at } = given;
  if (kind !== "turns" || promptRepeats === "forbid" || latestSlot === null) return null;
  return openTurn(tx, { slotId: latestSlot, annotatorId: annotator.id, at });
}

/** Where an annotator who has judged so many pairs stands before their first, or next, one. */
export const standBeforeFirst = (
  tx: Running,
  { annotator, protocol, judged }: { annotator: AnnotatorAtWork; protocol: Protocol; judged: number },
): Promise<EntryStand> => {
  const { id: annotatorId, group, joinedAt } = annotator;
  return entryStandOf(tx, { annotatorId, group, protocol, judged, isJoined: joinedAt !== null });
};

/** What an annotator has done of what is asked of them. */
export interface Share extends Pick<Limits, "whole" | "isAsked"> {
  readonly judged: number;
  /** Pairs and checks that they looked at and could not judge. */
  readonly skipped: number;
  readonly isLeftOut: boolean;
  /** How their part ended before the first pair; null: it did not. */
  readonly entryEnd: EntryEnd | null;
  /** Whether a person has ended their part. */
  readonly isEnded: boolean;
  /** Whether they hold a pair, or would be given one, or would be asked to wait for one, while the study is open. */
  readonly isAnythingLeft: boolean;
}

/** What an annotator has done, and whether the next top-up could find anything for them; hands out nothing. */
export async function shareOf(
  tx: Running,
  given: { annotator: AnnotatorAtWork; protocol: Protocol; at: string },
): Promise<Share> {
  const { annotator, protocol } = given;
  const live = await tx.run(selectLive, { annotatorId: annotator.id });
  const holds = live.filter(({ ordinal }) => ordinal > 0).length;
  const standing = await readStanding(tx, annotator, holds);
  const checks = await Checks.read(tx, annotator, protocol, standing.skipped.pairs);
  const { limit, whole, isAsked } = limitsOf(protocol, annotator.group, { standing, checks });
  const { judged, skipped, isLeftOut, review } = standing;
  const mayGetMore = judged < limit && (await isFound(tx, { ...given, standing, checks }));
  const stand = await standBeforeFirst(tx, { annotator, protocol, judged });
  const entryEnd = stand.kind === "out" ? stand.end : null;
  return {
    ...{ judged, skipped: skipped.pairs + skipped.checks, whole, isAsked, isLeftOut, entryEnd },
    isEnded: review === "end",
    isAnythingLeft: live.length > 0 || mayGetMore,
  };
}

async function isFound(
  tx: Running,
  given: {
    annotator: AnnotatorAtWork;
    protocol: Protocol;
    at: string;
    standing: Standing;
    checks: Checks | null;
  },
): Promise<boolean> {
  const { annotator, protocol, at, standing, checks } = given;
  const handedOut = standing.last - (checks?.handed ?? 0);
  const { promptRepeats } = protocol;
  const how = { promptRepeats, kind: kindOfSearch(protocol), unseen: unseenOf(protocol) };
  const search: Search = { ...standing, annotator, at, handedOut, ...how, lost: null };
  if (await nextTurn(tx, { ...search, latestSlot: standing.latestSlot })) return true;
  if (await checks?.next(handedOut)) return true;
  const found = await findSlot(tx, search);
  return found.slot !== null || mayComeLater(tx, search, found);
}
