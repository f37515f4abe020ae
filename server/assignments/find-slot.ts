import type { Stage } from "../contract/words.ts";
import type { Reader } from "../storage/database.ts";
import { keyOf } from "../studies/keys.ts";
import { type FreeSlot, probeEnd, PROBES } from "./free-slots.ts";
import type { AnnotatorAtWork } from "./statements.ts";

/** Order keys are below 2^48. */
const CIRCLE = 2 ** 48;
const NEVER = Number.MAX_SAFE_INTEGER;
/** How often the last pass probes on before it leaves the rest to the next ask. */
const ROUNDS = 1;
/** A prompt comes back after this many pairs at the earliest. */
const APART = 20;

export interface Search {
  readonly annotator: AnnotatorAtWork;
  readonly at: string;
  /** Assignments handed out to the annotator so far. */
  readonly handedOut: number;
  /** Comparisons that have slots for the group: who has had as many has had them all. */
  readonly comparisons: number;
  /** Prompts that have slots for the group. */
  readonly prompts: number;
  /** How many replicates each stage of the group has. */
  readonly depths: Readonly<Record<Stage, number>>;
  /** Where the annotator's latest claim stands on the circle of order keys; null before the first. */
  readonly latestKey: number | null;
  readonly promptRepeats: "avoid" | "forbid" | "allow";
  /** Whether the turns of a conversation are compared one by one, or one turn of each prompt. */
  readonly kind: keyof typeof PROBES;
  /** 1: prompts that the annotator's person saw in another study are left out. */
  readonly unseen: 0 | 1;
  /** What somebody else took a moment ago: the search goes on behind that slot. */
  readonly lost: FreeSlot | null;
}

type Found =
  | { readonly slot: FreeSlot }
  /** Nothing: for certain, or as far as a bounded search saw, to go on from `probeKey`. */
  | { readonly slot: null; readonly certain: boolean; readonly probeKey: number | null };

/**
 * What this annotator gets next: a lapsed assignment of somebody else, else a free slot; shared before main,
 * coverage before depth, and a prompt that is new to the annotator before one that comes back.
 */
export async function findSlot(tx: Pick<Reader, "run">, search: Search): Promise<Found> {
  if (search.handedOut >= search.comparisons) return { slot: null, certain: true, probeKey: null };
  const lists = (["shared", "main"] as const).flatMap((stage) => replicates(stage, search.depths[stage]));
  const from = search.lost ? search.lost.orderKey + 1 : startKey(search);
  if (search.promptRepeats !== "allow") {
    const probe = search.handedOut >= search.prompts ? "newBriefly" : "new";
    const slot = await searchAll(tx, { search, lists, from, probe, sinceOrdinal: 0 });
    if (slot) return { slot };
    if (search.promptRepeats === "forbid") return exhaustive(tx, { search, lists, from, sinceOrdinal: 0 });
  }
  return exhaustive(tx, { search, lists, from, sinceOrdinal: recentOrdinal(search) });
}

interface List {
  readonly stage: Stage;
  readonly replicate: number;
}

interface Pass {
  readonly search: Search;
  readonly lists: readonly List[];
  readonly from: number;
  readonly sinceOrdinal: number;
}

const replicates = (stage: Stage, depth: number): List[] =>
  Array.from({ length: depth }, (_, replicate) => ({ stage, replicate }));

/** The ordinal from which prompts count as just seen: the last 20 pairs, or half the prompts where that is fewer. */
function recentOrdinal(search: Search): number {
  if (search.promptRepeats === "allow") return NEVER;
  const apart = Math.min(APART, Math.floor(search.prompts / 2));
  return Math.max(1, search.handedOut + 1 - apart);
}

/** Everybody begins at a place of their own on the circle and goes on from their latest claim. */
function startKey({ annotator, latestKey }: Search): number {
  return annotator.probeKey ?? latestKey ?? keyOf(annotator.seed, "start", annotator.displayNumber);
}

const whoOf = ({ annotator, unseen }: Search) => ({
  groupId: annotator.groupId,
  annotatorId: annotator.id,
  unseen,
});

async function searchAll(
  tx: Pick<Reader, "run">,
  pass: Pass & { probe: "new" | "newBriefly" | "any" },
): Promise<FreeSlot | null> {
  const { search, sinceOrdinal } = pass;
  const { lapsed: probeLapsed, [pass.probe]: probe } = PROBES[search.kind];
  const who = { ...whoOf(search), sinceOrdinal };
  if (search.lost?.lapsedId === undefined) {
    const [lapsed] = await tx.run(probeLapsed, { ...who, at: search.at });
    if (lapsed) return lapsed;
  }
  for (const list of pass.lists) {
    const [ahead] = await tx.run(probe, { ...who, ...list, from: pass.from, below: CIRCLE });
    if (ahead) return ahead;
    const [around] = await tx.run(probe, { ...who, ...list, from: 0, below: pass.from });
    if (around) return around;
  }
  return null;
}

/**
 * The last pass. It says for certain that nothing is there only when it went round every list;
 * else it says where the next search should go on, so that every slot is reached in a few asks.
 */
async function exhaustive(tx: Pick<Reader, "run">, pass: Pass): Promise<Found> {
  const slot = await searchAll(tx, { ...pass, probe: "any" });
  if (slot) return { slot };
  let rounds = ROUNDS;
  for (const arc of arcsOf(pass)) {
    let from = await endOfProbe(tx, pass, arc);
    for (; from !== null; rounds--) {
      if (rounds === 0) return { slot: null, certain: false, probeKey: from };
      const further = { ...arc, from };
      const found = await searchArc(tx, pass, further);
      if (found) return { slot: found };
      from = await endOfProbe(tx, pass, further);
    }
  }
  return { slot: null, certain: true, probeKey: null };
}

interface Arc extends List {
  readonly from: number;
  readonly below: number;
}

const arcsOf = ({ lists, from }: Pass): Arc[] =>
  lists.flatMap((list) => [
    { ...list, from, below: CIRCLE },
    { ...list, from: 0, below: from },
  ]);

/** The order key at which a probe of this arc stopped; null where it saw the whole arc. */
async function endOfProbe(tx: Pick<Reader, "run">, { search }: Pass, arc: Arc): Promise<number | null> {
  const [end] = await tx.run(probeEnd, { ...arc, groupId: search.annotator.groupId });
  return end && end.orderKey > arc.from ? end.orderKey : null;
}

async function searchArc(tx: Pick<Reader, "run">, pass: Pass, arc: Arc): Promise<FreeSlot | null> {
  const who = whoOf(pass.search);
  const [slot] = await tx.run(PROBES[pass.search.kind].any, {
    ...who,
    ...arc,
    sinceOrdinal: pass.sinceOrdinal,
  });
  return slot ?? null;
}

/** Whether a pair may still come although none was found: the search was bounded, or others hold one. */
export const mayComeLater = async (
  tx: Pick<Reader, "run">,
  search: Search,
  { certain }: { certain: boolean },
): Promise<boolean> => !certain || (await othersHold(tx, search));

/** Whether somebody else holds a comparison that this annotator could still get, should it lapse. */
async function othersHold(tx: Pick<Reader, "run">, search: Search): Promise<boolean> {
  const sinceOrdinal = search.promptRepeats === "forbid" ? 0 : recentOrdinal(search);
  const who = { ...whoOf(search), sinceOrdinal };
  const [held] = await tx.run(PROBES[search.kind].held, { ...who, at: "9999" });
  return held !== undefined;
}
