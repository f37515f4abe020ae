import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** One line of the table: what was measured, what it came to, and what it should reach. */
export interface Line {
  readonly what: string;
  readonly measured: string;
  readonly limit: string;
  readonly ratio: string;
  readonly reach: string;
}

export function print(part: string, lines: readonly Line[]): void {
  console.log(`| ${part} | measured | limit beside it | ratio | reach |\n|---|---|---|---|---|`);
  for (const { what, measured, limit, ratio, reach } of lines) {
    console.log(`| ${what} | ${measured} | ${limit} | ${ratio} | ${reach} |`);
  }
  console.log("");
}

/** A folder for one bench, removed when the process ends. */
export function workFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-bench-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

/** Milliseconds since some moment. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;

/** What one fsync of a small write costs on the disk of the temporary folder, in milliseconds. */
export function fsyncCost(): number {
  const file = path.join(workFolder(), "sync");
  const handle = fs.openSync(file, "w");
  const times = Array.from({ length: 50 }, () => {
    const start = clock();
    fs.writeSync(handle, "x".repeat(4096), 0);
    fs.fsyncSync(handle);
    return clock() - start;
  });
  fs.closeSync(handle);
  return median(times);
}

/** The highest resident memory of this process so far, in MB, as Linux counts it. */
export function peakMb(): number {
  const status = fs.readFileSync("/proc/self/status", "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
