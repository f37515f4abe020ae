import type { Pair } from "../contract/report.ts";
import type { ChartWords } from "./chart-words.ts";
import { textWidth } from "./text-fit.ts";

export const TEXT_SIZE = 13;
export const SMALL_SIZE = 12;
export const BAR_HEIGHT = 18;
/** How much wider bold text is. */
export const BOLD = 1.1;

/** The rows of one system against one other, in the order of the report. */
export interface Block {
  system: string;
  against: string;
  pairs: Pair[];
}

/** Where the columns of a chart stand; `narrow` puts each row's words above its bar. */
export interface Columns {
  narrow: boolean;
  width: number;
  /** Room for the names at the left, and where the groups' names start. */
  nameRoom: number;
  groupX: number;
  groupRoom: number;
  barX: number;
  barWidth: number;
  /** Right edges of the two columns of numbers; unused when narrow. */
  countEnd: number;
  scoreEnd: number;
  rowHeight: number;
  /** From the top of a row to the top of its bar. */
  barTop: number;
  /** Room above the first row of a block. */
  blockTop: number;
}

/** The pairs by what is compared, keeping the order in which each first stands. */
export function blocksOf(pairs: Pair[]): Block[] {
  const blocks = new Map<string, Block>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.system, pair.against]);
    const block = blocks.get(key) ?? { system: pair.system, against: pair.against, pairs: [] };
    block.pairs.push(pair);
    blocks.set(key, block);
  }
  return [...blocks.values()];
}

/** Columns as wide as their words, the bars taking what is left of `width`. */
export function columnsFor(blocks: Block[], width: number, words: ChartWords): Columns {
  return width < NARROW_BELOW ? narrowColumns(width) : wideColumns(blocks, width, words);
}

/** Height of everything below the heading. */
export function bodyHeight(blocks: Block[], columns: Columns): number {
  return blocks.reduce((sum, block) => sum + blockHeight(block, columns), 0);
}

export function blockHeight(block: Block, columns: Columns): number {
  return columns.blockTop + block.pairs.length * columns.rowHeight + BLOCK_BOTTOM;
}

const NARROW_BELOW = 720;
const BLOCK_BOTTOM = 8;
const GAP = 16;
/** Beside the bars: the words of the scale reach past their end. */
const AXIS_END = 36;

function narrowColumns(width: number): Columns {
  return {
    narrow: true,
    width,
    nameRoom: width,
    groupX: 0,
    groupRoom: width * 0.5,
    barX: 1,
    barWidth: width - 2,
    countEnd: 0,
    scoreEnd: width,
    rowHeight: 56,
    barTop: 26,
    blockTop: 28,
  };
}

function wideColumns(blocks: Block[], width: number, words: ChartWords): Columns {
  const pairs = blocks.flatMap((block) => block.pairs);
  const nameSize = TEXT_SIZE * BOLD;
  const widest = (texts: string[], size: number) =>
    Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const names = blocks.flatMap((block) => [block.system, words.against(block.against)]);
  const nameRoom = Math.min(width * 0.22, widest(names, nameSize) + 4);
  const groups = pairs.map((pair) => pair.group ?? words.allPeople);
  const groupRoom = Math.min(width * 0.16, widest(groups, TEXT_SIZE) + 4);
  const counts = [words.judgments, ...pairs.map((pair) => words.count(pair.judgments))];
  const scores = [words.halfTieRate, ...pairs.map((pair) => words.score(pair.halfTieRate))];
  const countRoom = widest(counts, SMALL_SIZE);
  const scoreRoom = Math.min(width * 0.2, widest(scores, SMALL_SIZE));
  const barX = nameRoom + GAP + groupRoom + GAP;
  const barWidth = width - barX - AXIS_END - countRoom - GAP - scoreRoom;
  return {
    narrow: false,
    width,
    nameRoom,
    groupX: nameRoom + GAP,
    groupRoom,
    barX,
    barWidth,
    countEnd: barX + barWidth + AXIS_END + countRoom,
    scoreEnd: width,
    rowHeight: 38,
    barTop: 10,
    blockTop: 8,
  };
}
