import { BOLD, SMALL_SIZE, TEXT_SIZE } from "./bar-layout.ts";
import type { DotRow } from "./dot-row.ts";
import { textWidth } from "./text-fit.ts";
import { ticksAround } from "./ticks.ts";

/** Where the columns of dots with intervals stand; `narrow` puts each row's words above its dot. */
export interface DotColumns {
  narrow: boolean;
  width: number;
  nameRoom: number;
  plotX: number;
  plotWidth: number;
  rowHeight: number;
  /** From the top of a row to its dot. */
  dotTop: number;
}

export function dotColumns(rows: DotRow[], width: number, heading: string): DotColumns {
  if (width < NARROW_BELOW) {
    const plot = { plotX: EDGE, plotWidth: width - 2 * EDGE };
    return { narrow: true, width, nameRoom: width * 0.5, ...plot, rowHeight: 44, dotTop: 30 };
  }
  const widest = (texts: string[], size: number) => Math.max(0, ...texts.map((one) => textWidth(one, size)));
  const names = rows.map((row) => row.name);
  const nameRoom = Math.min(width * 0.3, widest(names, TEXT_SIZE * BOLD) + 4);
  const saysRoom = Math.min(width * 0.3, widest([heading, ...rows.map((row) => row.says)], SMALL_SIZE));
  const plotX = nameRoom + GAP;
  const plotWidth = width - plotX - GAP - saysRoom;
  return { narrow: false, width, nameRoom, plotX, plotWidth, rowHeight: 28, dotTop: 14 };
}

/** What the axis shows: the ticks asked for, or round ones around every value and the ends near enough to it. */
export function dotTicks(rows: DotRow[], { ticks, narrow }: { ticks?: number[]; narrow: boolean }): number[] {
  if (ticks !== undefined && ticks.length > 1) return ticks;
  const values = rows.flatMap(({ value }) => (value !== null && Number.isFinite(value) ? [value] : []));
  if (values.length === 0) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // one interval that knows next to nothing must not press all the others into a line
  const reach = Math.max(most - least, medianLength(rows), 1e-6) * 1.5;
  const ends = rows.flatMap(({ low, high }) => [low, high]).filter((end) => end !== null);
  const near = ends.filter((end) => end > least - reach && end < most + reach);
  return ticksAround(Math.min(least, ...near), Math.max(most, ...near), narrow ? 4 : 6);
}

function medianLength(rows: DotRow[]): number {
  const lengths = rows.flatMap(({ low, high }) => (low === null || high === null ? [] : [high - low]));
  return lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
}

const NARROW_BELOW = 560;
const GAP = 20;
const EDGE = 8;
