import { BLOCK_NAMES, type BlockName, type Blocks } from "../contract/report.ts";
import { type BlockData, FROM_JUDGMENTS, type JudgmentBlock, type ReadBlock } from "../analysis/index.ts";
import type { PairsToReport } from "../analysis/pairs/pairs.ts";
import { Codes } from "../analysis/rows/dense-ids.ts";
import type { StudyData } from "../analysis/rows/study-data.ts";
import { startWorker } from "./start-worker.ts";

/** With fewer judgments a second thread takes longer to start than it saves. */
const SHARED_FROM = 50_000;

/** What the second thread allocates in is kept small: most of what it makes are columns, which stand elsewhere. */
const YOUNG_MB = 12;

/** The blocks that either thread can make, those that take longest first. */
const SHARED: readonly JudgmentBlock[] = [
  ...(["aggregation", "ranking", "tests", "byPrompt", "agreement", "components"] as const),
  ...(["position", "exclusions", "progress"] as const),
];

/** What the second thread makes blocks of; the rows are in memory that both threads read. */
export interface BlockOrder {
  readonly data: StudyData;
  readonly groups: PairsToReport["groups"];
  /** How many of the shared blocks are taken. */
  readonly next: Int32Array;
}

export type MadeBlock = [JudgmentBlock, Blocks[JudgmentBlock]];

/** Takes the next of the shared blocks, for one thread alone; null: none is left. */
export const takeNext = (next: Int32Array): JudgmentBlock | null => SHARED[Atomics.add(next, 0, 1)] ?? null;

/** Called before each block that this thread makes, with how many were begun before it in either thread, and of how many. */
export type OnBlock = (begun: number, of: number) => void;

interface HowToMake {
  readonly isShared?: boolean | undefined;
  readonly onBlock?: OnBlock | undefined;
}

/**
 * Every block of a report; `read` are the blocks whose reading is done. Where there are many judgments a second thread helps
 * with those blocks that are made of judgments alone: it has the priority of this one, and ends with the report.
 */
export async function makeBlocks(
  given: BlockData,
  read: ReadonlyMap<BlockName, ReadBlock<BlockName>>,
  { isShared = given.data.rows.count >= SHARED_FROM, onBlock }: HowToMake = {},
): Promise<Blocks> {
  const made = new Map<BlockName, Blocks[BlockName]>();
  const make = (name: BlockName, begun = made.size) => {
    onBlock?.(begun, BLOCK_NAMES.length);
    made.set(name, read.get(name)!(given));
  };
  if (isShared) {
    const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const beside = startBeside(given, next);
    try {
      const alone = BLOCK_NAMES.filter((name) => !(name in FROM_JUDGMENTS));
      for (const name of alone) make(name);
      for (let name = takeNext(next); name !== null; name = takeNext(next))
        make(name, alone.length + Atomics.load(next, 0) - 1);
      for (const [name, block] of await beside.made) made.set(name, block);
    } finally {
      await beside.end();
    }
  } else for (const name of BLOCK_NAMES) make(name);
  return Object.fromEntries(BLOCK_NAMES.map((name) => [name, made.get(name)!])) as unknown as Blocks;
}

function startBeside({ data, rows }: BlockData, next: Int32Array) {
  const order: BlockOrder = { data: withoutCodes(data), groups: rows.groups, next };
  const thread = startWorker("block-worker", order, { maxYoungGenerationSizeMb: YOUNG_MB });
  const blocks: MadeBlock[] = [];
  thread.on("message", (block: MadeBlock) => blocks.push(block));
  const made = new Promise<MadeBlock[]>((resolve, reject) => {
    thread.on("error", reject);
    thread.on("exit", () => resolve(blocks));
  });
  made.catch(() => undefined); // whoever waits for it hears of it
  return { made, end: () => thread.terminate() };
}

const NO_CODES = new Codes([]);

/** What turns ids into codes served while the study was read, and is not sent. */
const withoutCodes = (data: StudyData): StudyData => ({
  ...data,
  facts: { ...data.facts, systemCodes: NO_CODES, groupCodes: NO_CODES },
});
