import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { parquetWriteBuffer } from "hyparquet-writer";
import { tiebreakOk } from "../../tests/support/server.ts";
import { clock, type Line, workFolder } from "./measure.ts";

const TIMES = 10;
const [PROMPTS, SYSTEMS, ANNOTATORS] = [20_000, 50, 2_000];
const BARE = path.resolve(import.meta.dirname, "bare-judgments.ts");

/**
 * Loading judgments from a CSV, each time into a study of its own: a tenth of them, and the same rows read, parsed and
 * inserted without any checks; and the report of what was loaded.
 */
export async function loadJudgmentsBench(rows: number): Promise<Line[]> {
  const folder = workFolder();
  const before = await loadMs(folder, rows / TIMES);
  const bare = await bareMs(folder, rows);
  const many = await loadMs(folder, rows, rankingMs);
  const few = (before.took + (await loadMs(folder, rows / TIMES)).took) / 2; // around it, as the machine's speed changes
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const what = `${rows.toLocaleString("en")} judgments from CSV`;
  const line = { what, measured: seconds(many.took) };
  const ranking = many.then ?? 0;
  return [
    {
      ...line,
      limit: `${seconds(few)}: ${(rows / TIMES).toLocaleString("en")}`,
      ratio: (many.took / few).toFixed(1),
      reach: `≤ ${TIMES + 1}`,
    },
    {
      ...line,
      limit: `${seconds(bare)}: the same rows, inserted`,
      ratio: (bare / many.took).toFixed(2),
      reach: "≥ 0.5",
    },
    {
      what: "its whole report on the screen",
      measured: seconds(ranking),
      limit: "–",
      ratio: "–",
      reach: "≤ 2 s",
    },
    {
      what: "from the file to the report",
      measured: seconds(many.took + ranking),
      limit: "–",
      ratio: "–",
      reach: "≤ 60 s",
    },
  ];
}

async function loadMs(folder: string, rows: number, then?: (env: Env) => Promise<number>) {
  const { file, env, end } = await studyOf(folder, rows);
  const start = clock();
  await tiebreakOk(["load", "s", file], env);
  const took = clock() - start;
  const after = then && (await then(env));
  end();
  return { took, then: after };
}

async function bareMs(folder: string, rows: number): Promise<number> {
  const { file, env, end } = await studyOf(folder, rows);
  const start = clock();
  const child = spawn(process.execPath, ["--import", "tsx", BARE, env.DATABASE_URL, file], {
    stdio: "inherit",
  });
  await once(child, "exit");
  const took = clock() - start;
  end();
  return took;
}

async function rankingMs(env: Env): Promise<number> {
  const start = clock();
  await tiebreakOk(["report", "s"], env);
  return clock() - start;
}

interface Env extends Record<string, string> {
  DATABASE_URL: string;
}

/** Loading judgments from Parquet in row groups of 100,000, and its decoder alone reading the same columns. */
export async function loadParquetBench(rows: number): Promise<Line[]> {
  const folder = workFolder();
  const file = path.join(folder, `${rows}.parquet`);
  writeParquet(file, rows);
  const env = { DATABASE_URL: path.join(folder, "parquet.db") };
  await tiebreakOk(["study", "create", "s", "--all-pairs"], env);
  const start = clock();
  await tiebreakOk(["load", "s", file], env);
  const took = clock() - start;
  const begun = clock();
  await parquetReadObjects({ file: await asyncBufferFromFile(file), compressors });
  const columns = clock() - begun;
  return [
    {
      what: `${rows.toLocaleString("en")} judgments from Parquet`,
      measured: `${(took / 1000).toFixed(1)} s`,
      limit: `${(columns / 1000).toFixed(1)} s: reading the columns`,
      ratio: (took / columns).toFixed(1),
      reach: "–",
    },
  ];
}

/** A new study, and a file of judgments for it. */
async function studyOf(folder: string, rows: number): Promise<{ file: string; env: Env; end: () => void }> {
  const file = path.join(folder, `${rows}.csv`);
  if (!fs.existsSync(file)) writeJudgments(file, rows);
  const env = { DATABASE_URL: path.join(folder, `${rows}.db`) };
  await tiebreakOk(["study", "create", "s", "--all-pairs"], env);
  const end = () =>
    ["", "-wal", "-shm"].forEach((part) => fs.rmSync(env.DATABASE_URL + part, { force: true }));
  return { file, env, end };
}

/** Judgments of pairs that change from row to row: each annotator meets a prompt once. */
function judgmentOf(row: number) {
  const round = Math.floor(row / PROMPTS);
  const left = (row * 7 + round) % SYSTEMS;
  const right = (left + 1 + ((row * 3 + round) % (SYSTEMS - 1))) % SYSTEMS;
  return {
    prompt_id: `p${row % PROMPTS}`,
    ...{ left_system: `s${left}`, right_system: `s${right}` },
    choice: ["left", "tie", "right"][row % 3],
    annotator: `a${(row + round * 37) % ANNOTATORS}`,
  };
}

function writeJudgments(file: string, rows: number): void {
  const handle = fs.openSync(file, "w");
  fs.writeSync(handle, "prompt_id,left_system,right_system,choice,annotator\n");
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from(
      { length: Math.min(1000, rows - start) },
      (_, i) => `${Object.values(judgmentOf(start + i)).join(",")}\n`,
    );
    fs.writeSync(handle, lines.join(""));
  }
  fs.closeSync(handle);
}

function writeParquet(file: string, rows: number): void {
  const judgments = Array.from({ length: rows }, (_, row) => judgmentOf(row));
  const columnData = (["prompt_id", "left_system", "right_system", "choice", "annotator"] as const).map(
    (name) => ({ name, data: judgments.map((judgment) => judgment[name]), type: "STRING" as const }),
  );
  fs.writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 100_000 })));
}
