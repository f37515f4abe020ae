import type { Draw, Split } from "../../contract/prompt-recipes.ts";
import { SPLITS } from "../../contract/prompt-recipes.ts";
import { largestRemainder, type StratumDrawn } from "./strata.ts";

/** What a draw knows of a candidate that passed all steps. */
export interface Eligible {
  readonly id: string;
  readonly group: string;
  readonly score: number | null;
  /** What it is drawn as part of, where a draw has strata. */
  readonly stratum: string;
}

interface Placed<One extends Eligible> {
  readonly one: One;
  readonly split: Split;
}

export interface Drawn<One extends Eligible> {
  readonly drawn: readonly Placed<One>[];
  readonly strata: readonly StratumDrawn[];
}

interface Around<One extends Eligible> {
  /** The same number of [0, 1) for the same key in every build with this seed. */
  readonly chance: (...key: readonly (string | number)[]) => number;
  /** How many rows each group of the source holds. */
  readonly held: ReadonlyMap<string, number>;
  /** Whether it may be drawn; then it counts as drawn in the whole set. */
  readonly take: (one: One) => boolean;
}

/**
 * Draws from the eligible candidates of a source, each at most once, until all splits are full or nothing is left; which split a drawn
 * one goes into is by chance. With a temperature τ, each draw takes group g with probability n_g^(1/τ) / Σ n^(1/τ) over the groups that
 * have any left (LIMA, section 2.1: τ = 3). Follows from the seed and the ids alone.
 */
export function draw<One extends Eligible>(all: readonly One[], how: Draw, around: Around<One>): Drawn<One> {
  if (how.strata.length > 0) return drawStrata(all, how, around);
  const wanted = SPLITS.reduce((sum, split) => sum + how.into[split], 0);
  const groups = groupsOf(all, how, around);
  const drawn: One[] = [];
  for (let turn = 0; drawn.length < wanted && groups.length > 0; turn++) {
    const at = how.groups === "none" ? 0 : pick(groups, around.chance("group", turn));
    const group = groups[at]!;
    const next = group.left.pop();
    if (next && around.take(next)) {
      drawn.push(next);
      if (how.groups === "once") group.left.length = 0;
    }
    if (group.left.length === 0) groups.splice(at, 1);
  }
  return { drawn: splitUp(drawn, how, around), strata: [] };
}

interface Group<One> {
  readonly name: string;
  readonly weight: number;
  /** The next one is the last. */
  readonly left: One[];
}

function groupsOf<One extends Eligible>(
  all: readonly One[],
  how: Draw,
  { chance, held }: Around<One>,
): Group<One>[] {
  return [...byName(all, (one) => (how.groups === "none" ? "" : one.group))].map(([name, ones]) => {
    const size = how.size === "held" ? (held.get(name) ?? ones.length) : ones.length;
    const weight = how.groups === "temperature" ? size ** (1 / how.temperature) : 1;
    return { name, weight, left: inOrder(ones, how.pick, chance).reverse() };
  });
}

function byName<One>(all: readonly One[], nameOf: (one: One) => string): [string, One[]][] {
  const found = new Map<string, One[]>();
  for (const one of all) {
    const there = found.get(nameOf(one));
    if (there) there.push(one);
    else found.set(nameOf(one), [one]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The best first, equals by chance; or all by chance. */
function inOrder<One extends Eligible>(
  ones: readonly One[],
  by: Draw["pick"],
  chance: Around<One>["chance"],
): One[] {
  const keyed = ones.map((one) => ({
    one,
    score: by === "best" ? (one.score ?? -Infinity) : 0,
    at: chance("pick", one.id),
  }));
  keyed.sort((a, b) =>
    a.score === b.score ? a.at - b.at || (a.one.id < b.one.id ? -1 : 1) : b.score - a.score,
  );
  return keyed.map(({ one }) => one);
}

/** @param at of [0, 1) */
function pick(groups: readonly Group<unknown>[], at: number): number {
  let rest = at * groups.reduce((sum, { weight }) => sum + weight, 0);
  const found = groups.findIndex(({ weight }) => (rest -= weight) < 0);
  return found < 0 ? groups.length - 1 : found;
}

function splitUp<One extends Eligible>(
  drawn: readonly One[],
  { fill, into }: Draw,
  { chance }: Around<One>,
): Placed<One>[] {
  const order = inOrder(drawn, "chance", (_kind, id) => chance("split", id));
  const splits = fill.flatMap((split) => Array.from({ length: into[split] }, () => split));
  return order.map((one, at) => ({ one, split: splits[at]! }));
}

/** Each split in turn takes its quota of every stratum; what a stratum lacks is divided among the others. */
function drawStrata<One extends Eligible>(
  all: readonly One[],
  how: Draw,
  { chance, take }: Around<One>,
): Drawn<One> {
  const cells = byName(all, ({ stratum }) => stratum).map(([name, ones]) => ({
    ...{ name, weight: how.shares === "equal" ? 1 : ones.length },
    left: inOrder(ones, how.pick, chance).reverse(),
    told: { name, eligible: ones.length, quota: noneYet(), drawn: noneYet() },
  }));
  const drawn: Placed<One>[] = [];
  for (const split of how.fill) {
    let missing = how.into[split];
    for (let round = 0; missing > 0; round++) {
      const open = round === 0 ? cells : cells.filter(({ left }) => left.length > 0);
      if (open.length === 0) break;
      const lotOf = (at: number): number => chance("quota", split, round, open[at]!.name);
      const weights = open.map(({ weight }) => weight);
      for (const [at, quota] of largestRemainder(weights, missing, lotOf).entries()) {
        const { left, told } = open[at]!;
        if (round === 0) told.quota[split] = quota;
        for (let got = 0; got < quota && left.length > 0;) {
          const one = left.pop()!;
          if (!take(one)) continue;
          drawn.push({ one, split });
          told.drawn[split]++;
          missing--;
          got++;
        }
      }
    }
  }
  return { drawn, strata: cells.map(({ told }) => told) };
}

const noneYet = (): Record<Split, number> => ({ train: 0, dev: 0, test: 0 });
