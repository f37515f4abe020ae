import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { SPLITS, type Split } from "../contract/prompt-recipes.ts";
import { drawFrom, screen, type SourceDrawn, type StepBuilt } from "./build-source.ts";
import { type Candidate, flagged } from "./candidate.ts";
import { Taken } from "./draw/taken.ts";
import { BuildRefused } from "./errors.ts";
import { type FileRead, hashing } from "./hashing.ts";
import { type FileOverlap, foundWords, overlapWith } from "./overlap/find-overlap.ts";
import { PromptIndex } from "./overlap/prompt-index.ts";
import type { ReadyRecipe, ReadySource } from "./recipes/parse.ts";
import type { Input, SourceInputs } from "./sources/input.ts";
import { candidatesOf } from "./sources/index.ts";
import { SourceTally } from "./sources/tally.ts";
import { Spool } from "./spool.ts";

/** A prompt of the finished set. */
export interface Item {
  readonly source: ReadySource;
  readonly split: Split;
  readonly candidate: Candidate;
}

/** What became of one source. */
export interface SourceBuilt {
  readonly source: ReadySource;
  readonly files: readonly FileRead[];
  readonly tally: SourceTally;
  readonly candidates: number;
  readonly steps: readonly StepBuilt[];
  readonly eligible: number;
  readonly drawn: Readonly<Record<Split, number>>;
  readonly strata: SourceDrawn["strata"];
  /** What was passed over in drawing: how many have the same text as a prompt of the set, and which are nearly the same as one. */
  readonly same: number;
  readonly near: SourceDrawn["near"];
}

/** What the set was compared with, and how. */
interface OverlapBuilt {
  readonly share: number;
  readonly files: readonly FileRead[];
  readonly found: readonly FileOverlap[];
  /** By prompt of the set: its number of words, since short ones are out of reach of runs of words. */
  readonly lengths: readonly number[];
}

/** A built set: its prompts by split, source and id, and the record of how they came to be. */
export interface Built {
  readonly recipe: ReadyRecipe;
  readonly seed: number;
  readonly sources: readonly SourceBuilt[];
  readonly items: readonly Item[];
  /** Null: the recipe names nothing to compare with. */
  readonly overlap: OverlapBuilt | null;
}

/** How far a build is: which source it reads, and how many candidates went through its steps. */
interface BuildProgress {
  readonly what: string;
  readonly done: number;
}

interface BuildWanted {
  readonly recipe: ReadyRecipe;
  readonly seed: number;
  /** The files of each source, by its name, in any order; those of a source that is left out are missing. */
  readonly inputs: ReadonlyMap<string, SourceInputs>;
  /** What the set is compared with, where the recipe asks for it. */
  readonly overlapWith: readonly Input[];
  /** How many examples of each reason to drop something are kept. */
  readonly examples?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
}

const EXAMPLES = 3;

/**
 * Builds a prompt set: reads each source once, runs its candidates through its steps, and draws. The same files, recipe and seed
 * give the same set.
 * @throws BuildRefused where a file is not what its source says, or a source gives nothing
 */
export async function buildPromptSet(wanted: BuildWanted): Promise<Built> {
  const { recipe, seed, inputs } = wanted;
  const spool = new Spool();
  try {
    const taken = new Taken(recipe.near === "off" ? null : recipe.near);
    const sources: SourceBuilt[] = [];
    const items: Item[] = [];
    for (const source of recipe.sources) {
      const own = inputs.get(source.name);
      if (!own) continue;
      const { built, drawn } = await buildSource(source, { ...wanted, own, spool, taken });
      sources.push(built);
      items.push(...drawn);
    }
    const order = (item: Item) => [SPLITS.indexOf(item.split), recipe.sources.indexOf(item.source)] as const;
    items.sort((a, b) => {
      const [splitA, sourceA] = order(a);
      const [splitB, sourceB] = order(b);
      return splitA - splitB || sourceA - sourceB || (a.candidate.id < b.candidate.id ? -1 : 1);
    });
    const overlap = await overlapOf(items, wanted);
    return { recipe, seed, sources, items: overlap?.items ?? items, overlap: overlap?.built ?? null };
  } finally {
    spool.close();
  }
}

async function buildSource(
  source: ReadySource,
  given: BuildWanted & { own: SourceInputs; spool: Spool; taken: Taken },
): Promise<{ built: SourceBuilt; drawn: Item[] }> {
  const { seed, spool, taken } = given;
  const tally = new SourceTally();
  const files = given.own.files.map(hashing);
  const categories = given.own.categories && hashing(given.own.categories);
  tally.onRows = (done) => given.onProgress?.({ what: source.name, done });
  const inputs = { files: files.map(({ input }) => input), categories: categories?.input ?? null };
  const candidates = candidatesOf(source, inputs, tally);
  const screened = await screen(source, candidates, {
    seed,
    tally,
    spool,
    examples: given.examples ?? EXAMPLES,
  });
  if (screened.eligible.length === 0) throw new BuildRefused(nothingLeft(source, tally, screened.steps));
  const { drawn, strata, same, near } = drawFrom(source, screened, { seed, tally, taken, spool });
  const bySplit = Object.fromEntries(
    SPLITS.map((split) => [split, drawn.filter((one) => one.split === split).length]),
  ) as Record<Split, number>;
  return {
    built: {
      ...{ source, tally, candidates: screened.candidates, steps: screened.steps },
      files: await filesRead(source, categories ? [...files, categories] : files),
      ...{ eligible: screened.eligible.length, drawn: bySplit, strata, same, near },
    },
    drawn: drawn.map(({ one, split }) => ({
      ...{ source, split },
      candidate: JSON.parse(spool.read(one.spooled)) as Candidate,
    })),
  };
}

/** Each prompt with a flag for each file that it overlaps with. */
async function overlapOf(
  items: readonly Item[],
  { recipe, overlapWith: files, onProgress }: BuildWanted,
): Promise<{ built: OverlapBuilt; items: Item[] } | null> {
  if (recipe.overlap === undefined) return null;
  const { share } = recipe.overlap;
  const index = new PromptIndex(items.map(({ candidate }) => candidate.texts.prompt ?? ""));
  const found: FileOverlap[] = [];
  for (const input of files) {
    const onRows = (done: number): void => onProgress?.({ what: `overlap with ${input.name}`, done });
    found.push(await overlapWith(input, { index, share, onRows }));
  }
  const words = items.map((): string[] => []);
  for (const file of found) for (const one of file.found) words[one.prompt]!.push(foundWords(file, one));
  return {
    built: { share, files: await readOnce(files.map(hashing)), found, lengths: index.lengths },
    items: items.map((item, at) => ({ ...item, candidate: flagged(item.candidate, "overlap", words[at]!) })),
  };
}

/** What a reader of loading opens by its path is read once more for its hash. */
async function readOnce(hashed: readonly ReturnType<typeof hashing>[]): Promise<FileRead[]> {
  const files: FileRead[] = [];
  for (const { input, done } of hashed) {
    await finished(Readable.from(input.bytes()).resume());
    files.push(done());
  }
  return files;
}

/** The files that were read, in an order of their own: those of other sites were not. */
async function filesRead(
  { kind }: ReadySource,
  hashed: readonly ReturnType<typeof hashing>[],
): Promise<SourceBuilt["files"]> {
  const isByPath = kind === "prompts" || kind === "conversations";
  const files = isByPath ? await readOnce(hashed) : hashed.map(({ done }) => done());
  return files.filter(({ bytes }) => bytes > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nothingLeft({ name }: ReadySource, tally: SourceTally, steps: readonly StepBuilt[]): string {
  const rows = tally.rows.toLocaleString("en");
  const empty = steps.find(
    ({ came, dropped }) =>
      came > 0 && [...dropped.values()].reduce((sum, { count }) => sum + count, 0) === came,
  );
  if (tally.rows === 0) return `${name} has no rows. Nothing was built.`;
  if (!empty)
    return `${name} has ${rows} rows, and none of them can be a prompt: ${leftText(tally)}. Nothing was built.`;
  const reasons = [...empty.dropped].map(
    ([why, { count, examples }]) =>
      `  ${count.toLocaleString("en")} × ${why}${examples[0] ? ` (${examples[0]})` : ""}`,
  );
  return [
    `The step “${empty.name}” of ${name} lets nothing through: all ${empty.came.toLocaleString("en")} that came to it were dropped. Nothing was built.`,
    ...reasons,
    "Change the step, or take it out of the recipe.",
  ].join("\n");
}

const leftText = ({ notTaken, unreadable, unreadableRows }: SourceTally): string => {
  const [first] = unreadableRows;
  const parts = [...notTaken].map(([why, count]) => `${count.toLocaleString("en")} ${why}`);
  if (first)
    parts.push(
      `${unreadable.toLocaleString("en")} unreadable (${first.file}, line ${first.line}: ${first.why})`,
    );
  return parts.join("; ");
};
