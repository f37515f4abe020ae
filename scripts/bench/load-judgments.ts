import fs from "node:fs";
import path from "node:path";
import { tiebreakOk } from "../../tests/support/server.ts";
import { clock, type Line, workFolder } from "./measure.ts";

const TIMES = 10;
const ANNOTATORS = 500;

/** Loading judgments from a CSV beside loading a tenth of them, each into a study of its own. */
export async function loadJudgmentsBench(rows: number): Promise<Line[]> {
  const folder = workFolder();
  const before = await loadMs(folder, rows / TIMES);
  const many = await loadMs(folder, rows);
  const few = (before + (await loadMs(folder, rows / TIMES))) / 2; // around it, as the machine's speed changes
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    {
      what: `${rows.toLocaleString("en")} judgments from CSV`,
      measured: seconds(many),
      limit: `${seconds(few)}: ${(rows / TIMES).toLocaleString("en")}`,
      ratio: (many / few).toFixed(1),
      reach: `≤ ${TIMES + 1}`,
    },
  ];
}

async function loadMs(folder: string, rows: number): Promise<number> {
  const file = path.join(folder, `${rows}.csv`);
  writeJudgments(file, rows);
  const env = { DATABASE_URL: path.join(folder, `${rows}.db`) };
  await tiebreakOk(["study", "create", "s", "--all-pairs"], env);
  const start = clock();
  await tiebreakOk(["load", "s", file], env);
  const took = clock() - start;
  for (const end of ["", "-wal", "-shm"]) fs.rmSync(env.DATABASE_URL + end, { force: true });
  return took;
}

/** Ten judgments a prompt, of ten systems, by 500 annotators in turn. */
function writeJudgments(file: string, rows: number): void {
  const handle = fs.openSync(file, "w");
  fs.writeSync(handle, "prompt_id,left_system,right_system,choice,annotator\n");
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - start) }, (_, i) => {
      const row = start + i;
      const prompt = Math.floor(row / 10);
      const choice = ["left", "tie", "right"][row % 3];
      const annotator = (prompt * 13 + (row % 10)) % ANNOTATORS;
      return `p${prompt},s${(row * 7) % 5},s${5 + ((row * 3) % 5)},${choice},a${annotator}\n`;
    });
    fs.writeSync(handle, lines.join(""));
  }
  fs.closeSync(handle);
}
