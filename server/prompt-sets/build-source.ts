import { type Candidate } from "./candidate.ts";
import { chance } from "./chance.ts";
import { draw, type Drawn, type Eligible } from "./draw/draw.ts";
import { stratumOf } from "./draw/strata.ts";
import type { NearTo, Taken } from "./draw/taken.ts";
import type { ReadySource } from "./recipes/parse.ts";
import type { SourceTally } from "./sources/tally.ts";
import type { Spool, Spooled } from "./spool.ts";
import { foldedHash } from "./steps/folded.ts";
import { isDropped, type Step } from "./steps/step.ts";

/** What one step did with what came to it. */
export interface StepBuilt {
  readonly name: string;
  readonly words: string;
  came: number;
  /** Why candidates were dropped: how many, and the first of them. */
  readonly dropped: Map<string, Noticed>;
  /** What was noticed in candidates that went on. Its examples are ids alone: what was found may be personal. */
  readonly flagged: Map<string, Noticed>;
}

interface Noticed {
  count: number;
  readonly examples: string[];
}

interface Kept extends Eligible {
  /** Of its folded prompt. */
  readonly hash: string;
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
  const steps: RunningStep[] = [];
  for (const { name, kind, words, given: parameters } of source.steps)
    steps.push({ run: await kind.make(parameters, around), built: newStep(name, words) });
  const blank = newStep("prompt", "No prompt without text.");
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
      notice(blank.dropped, "without text", { example: exampleOf(one), examples: given.examples });
      continue;
    }
    eligible.push({
      ...{ id, group, score, stratum: stratumOf(kept, source.draw) },
      ...{ hash: foldedHash(prompt), spooled: spool.add(JSON.stringify(kept)) },
    });
  }
  const built = [...steps.map((step) => step.built), ...(blank.dropped.size > 0 ? [blank] : [])];
  return { steps: built, candidates: count, eligible };
}

interface RunningStep {
  readonly run: Step;
  readonly built: StepBuilt;
}

const newStep = (name: string, words: string): StepBuilt => ({
  ...{ name, words, came: 0 },
  ...{ dropped: new Map(), flagged: new Map() },
});

function through(first: Candidate, steps: readonly RunningStep[], examples: number): Candidate | null {
  let one = first;
  for (const { run, built } of steps) {
    built.came++;
    const outcome = run(one);
    if (isDropped(outcome)) {
      notice(built.dropped, outcome.dropped, { example: exampleOf(one), examples });
      return null;
    }
    for (const { what } of outcome.flags.slice(one.flags.length))
      notice(built.flagged, what, { example: one.id, examples });
    one = outcome;
  }
  return one;
}

const exampleOf = ({ id, texts }: Candidate): string => `${id}: ${texts.title ?? texts.prompt ?? ""}`;

function notice(
  all: Map<string, Noticed>,
  what: string,
  { example, examples }: { example: string; examples: number },
): void {
  const tally = all.get(what) ?? { count: 0, examples: [] };
  tally.count++;
  if (tally.examples.length < examples) tally.examples.push(example);
  all.set(what, tally);
}

/** What was drawn from a source, and what was passed over since the set has it already. */
export interface SourceDrawn extends Drawn<Kept> {
  readonly same: number;
  readonly near: readonly (NearTo & { readonly passedOver: string })[];
}

/** Draws from what is left. @param taken the prompts that the set has already */
export function drawFrom(
  source: ReadySource,
  { eligible }: Screened,
  { seed, tally, taken, spool }: { seed: number; tally: SourceTally; taken: Taken; spool: Spool },
): SourceDrawn {
  let same = 0;
  const near: SourceDrawn["near"][number][] = [];
  const take = ({ id, hash, spooled }: Kept): boolean => {
    const text = (): string => (JSON.parse(spool.read(spooled)) as Candidate).texts.prompt ?? "";
    const why = taken.take({ source: source.name, id, hash, text });
    if (why === "same") same++;
    else if (why !== null) near.push({ ...why, passedOver: id });
    return why === null;
  };
  const drawn = draw(eligible, source.draw, {
    chance: (...key) => chance(seed, source.name, ...key),
    held: tally.groups,
    take,
  });
  return { ...drawn, same, near };
}
