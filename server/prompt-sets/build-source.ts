import { type Candidate } from "./candidate.ts";
import { chance } from "./chance.ts";
import { draw, type Drawn, type Eligible } from "./draw/draw.ts";
import type { ReadySource } from "./recipes/parse.ts";
import type { SourceTally } from "./sources/tally.ts";
import type { Spool, Spooled } from "./spool.ts";
import { foldedHash } from "./steps/folded.ts";
import { isDropped } from "./steps/step.ts";

/** What one step did with what came to it. */
export interface StepBuilt {
  readonly name: string;
  readonly words: string;
  came: number;
  /** Why candidates were dropped: how many, and the first of them. */
  readonly dropped: Map<string, { count: number; readonly examples: string[] }>;
}

interface Kept extends Eligible {
  readonly spooled: Spooled;
}

/** What the steps of one source left, before it is drawn from. */
interface Screened {
  readonly steps: readonly StepBuilt[];
  readonly candidates: number;
  readonly eligible: readonly Kept[];
}

/** Runs all candidates of a source through its steps; what is left is put aside, so memory holds a line for each. */
export async function screen(
  source: ReadySource,
  candidates: AsyncIterable<Candidate>,
  given: { seed: number; tally: SourceTally; spool: Spool; examples: number },
): Promise<Screened> {
  const { seed, tally, spool } = given;
  const around = { chance: (...key: readonly string[]) => chance(seed, source.name, ...key) };
  const steps = source.steps.map(({ name, kind, words, given: parameters }) => ({
    run: kind.make(parameters, around),
    built: { name, words, came: 0, dropped: new Map() },
  }));
  const blank: StepBuilt = { name: "prompt", words: "No prompt without text.", came: 0, dropped: new Map() };
  const eligible: Kept[] = [];
  let count = 0;
  for await (const one of candidates) {
    count++;
    tally.take(one.group);
    const kept = through(one, steps, given.examples);
    if (kept === null) continue;
    const { id, group, score, texts } = kept;
    const prompt = texts.prompt ?? "";
    blank.came++;
    if (prompt.trim() === "") {
      drop(blank, "without text", { one, examples: given.examples });
      continue;
    }
    eligible.push({ id, group, score, hash: foldedHash(prompt), spooled: spool.add(JSON.stringify(kept)) });
  }
  const built = [...steps.map((step) => step.built), ...(blank.dropped.size > 0 ? [blank] : [])];
  return { steps: built, candidates: count, eligible };
}

type RunningStep = {
  readonly run: ReturnType<ReadySource["steps"][number]["kind"]["make"]>;
  readonly built: StepBuilt;
};

function through(first: Candidate, steps: readonly RunningStep[], examples: number): Candidate | null {
  let one = first;
  for (const { run, built } of steps) {
    built.came++;
    const outcome = run(one);
    if (isDropped(outcome)) {
      drop(built, outcome.dropped, { one, examples });
      return null;
    }
    one = outcome;
  }
  return one;
}

function drop(
  { dropped }: StepBuilt,
  why: string,
  { one, examples }: { one: Candidate; examples: number },
): void {
  const tally = dropped.get(why) ?? { count: 0, examples: [] };
  tally.count++;
  if (tally.examples.length < examples)
    tally.examples.push(`${one.id}: ${one.texts.title ?? one.texts.prompt ?? ""}`);
  dropped.set(why, tally);
}

/** Draws from what is left. @param taken hashes of prompts that the set has already */
export function drawFrom(
  source: ReadySource,
  { eligible }: Screened,
  { seed, tally, taken }: { seed: number; tally: SourceTally; taken: Set<string> },
): Drawn<Kept>[] {
  return draw(eligible, source.draw, {
    chance: (...key) => chance(seed, source.name, ...key),
    held: tally.groups,
    taken,
  });
}
