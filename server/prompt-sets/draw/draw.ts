import type { Draw, Split } from "../../contract/prompt-recipes.ts";
import { SPLITS } from "../../contract/prompt-recipes.ts";

/** What a draw knows of a candidate that passed all steps. */
export interface Eligible {
  readonly id: string;
  readonly group: string;
  readonly score: number | null;
  /** Of its folded prompt: the same text is drawn once in the whole set. */
  readonly hash: string;
}

export interface Drawn<One extends Eligible> {
  readonly one: One;
  readonly split: Split;
}

interface Around {
  /** The same number of [0, 1) for the same key in every build with this seed. */
  readonly chance: (...key: readonly (string | number)[]) => number;
  /** How many rows each group of the source holds. */
  readonly held: ReadonlyMap<string, number>;
  /** Hashes of what other sources have drawn; what is drawn here is added. */
  readonly taken: Set<string>;
}

/**
 * Draws from the eligible candidates of a source, each at most once, until all splits are full or nothing is left; which split a drawn
 * one goes into is by chance. With a temperature τ, each draw takes group g with probability n_g^(1/τ) / Σ n^(1/τ) over the groups that
 * have any left (LIMA, section 2.1: τ = 3). Follows from the seed and the ids alone.
 */
export function draw<One extends Eligible>(all: readonly One[], how: Draw, around: Around): Drawn<One>[] {
  const wanted = SPLITS.reduce((sum, split) => sum + how.into[split], 0);
  const groups = groupsOf(all, how, around);
  const drawn: One[] = [];
  for (let turn = 0; drawn.length < wanted && groups.length > 0; turn++) {
    const at = how.groups === "none" ? 0 : pick(groups, around.chance("group", turn));
    const group = groups[at]!;
    const next = group.left.pop();
    if (next && !around.taken.has(next.hash)) {
      around.taken.add(next.hash);
      drawn.push(next);
      if (how.groups === "once") group.left.length = 0;
    }
    if (group.left.length === 0) groups.splice(at, 1);
  }
  return splitUp(drawn, how, around);
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
  { chance, held }: Around,
): Group<One>[] {
  const byName = new Map<string, One[]>();
  for (const one of all) {
    const name = how.groups === "none" ? "" : one.group;
    const group = byName.get(name);
    if (group) group.push(one);
    else byName.set(name, [one]);
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ones]) => {
      const size = how.size === "held" ? (held.get(name) ?? ones.length) : ones.length;
      const weight = how.groups === "temperature" ? size ** (1 / how.temperature) : 1;
      return { name, weight, left: inOrder(ones, how.pick, chance).reverse() };
    });
}

/** The best first, equals by chance; or all by chance. */
function inOrder<One extends Eligible>(
  ones: readonly One[],
  by: Draw["pick"],
  chance: Around["chance"],
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
  { into }: Draw,
  { chance }: Around,
): Drawn<One>[] {
  const order = inOrder(drawn, "chance", (_kind, id) => chance("split", id));
  const splits = SPLITS.flatMap((split) => Array.from({ length: into[split] }, () => split));
  return order.map((one, at) => ({ one, split: splits[at]! }));
}
