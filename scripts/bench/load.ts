import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { tiebreakOk } from "../../tests/support/server.ts";
import { clock, type Line, median, workFolder } from "./measure.ts";

const ROUNDS = 3;
const MAIN = path.resolve(import.meta.dirname, "../../dist/server/main.js");
const BARE = path.resolve(import.meta.dirname, "bare-load.ts");

/** Loading JSONL responses of 1.2 kB, beside reading, parsing and inserting them without any checks. */
export async function loadBench(rows: number): Promise<Line[]> {
  const folder = workFolder();
  const file = path.join(folder, "outputs.jsonl");
  writeOutputs(file, rows);
  const took = { product: [] as number[], limit: [] as number[] };
  let peakMb = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of ["limit", "product"] as const) {
      const database = path.join(folder, `${kind}-${round}.db`);
      const env = { ...process.env, DATABASE_URL: database };
      await tiebreakOk(["study", "create", "s", "--all-pairs"], { DATABASE_URL: database });
      const args = kind === "product" ? [MAIN, "load", "s", file] : ["--import", "tsx", BARE, database, file];
      const start = clock();
      const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
      const peak = await peakUntilExit(child);
      took[kind].push(clock() - start);
      if (kind === "product") peakMb = Math.max(peakMb, peak);
      for (const end of ["", "-wal", "-shm"]) fs.rmSync(database + end, { force: true });
    }
  }
  const [product, limit] = [median(took.product), median(took.limit)];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const what = `${rows.toLocaleString("en")} responses of 1.2 kB`;
  return [
    {
      what,
      measured: seconds(product),
      limit: seconds(limit),
      ratio: (limit / product).toFixed(2),
      reach: "≥ 0.6",
    },
    { what: "memory at its peak", measured: `${peakMb} MB`, limit: "–", ratio: "–", reach: "< 150 MB" },
  ];
}

export function writeOutputs(file: string, rows: number): void {
  const handle = fs.openSync(file, "w");
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - start) }, (_, i) => {
      const row = start + i;
      const output = `${row} `.repeat(200).slice(0, 1150);
      return `${JSON.stringify({ prompt_id: `p${Math.floor(row / 5)}`, system: `s${row % 5}`, output })}\n`;
    });
    fs.writeSync(handle, lines.join(""));
  }
  fs.closeSync(handle);
}

/** The child's peak resident memory in MB, as Linux counts it. */
export async function peakUntilExit(child: ChildProcess): Promise<number> {
  let peak = 0;
  const look = setInterval(() => {
    try {
      const status = fs.readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // the child has ended, or this is no Linux
    }
  }, 20);
  await once(child, "exit");
  clearInterval(look);
  return Math.round(peak);
}
