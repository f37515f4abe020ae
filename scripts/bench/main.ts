import { annotatorPageBench } from "./annotator-page.ts";
import { besideBench } from "./beside.ts";
import { claimBench } from "./claim.ts";
import { judgeBench } from "./judge.ts";
import { labelsBench } from "./labels.ts";
import { loadBench } from "./load.ts";
import { loadJudgmentsBench, loadParquetBench } from "./load-judgments.ts";
import { fsyncCost, type Line, print } from "./measure.ts";
import { openBench } from "./open.ts";
import { modelCallsBench } from "./model-calls.ts";
import { pageBench } from "./page.ts";
import { promptsBench } from "./prompts.ts";
import { rankingBench } from "./ranking.ts";
import { reportBesideBench } from "./report-beside.ts";
import { reportLongBench } from "./report-long.ts";
import { reportBench } from "./report.ts";
import { scrollingBench } from "./scrolling.ts";

/**
 * Measures what docs/performance.md speaks of: each figure as a ratio to a limit that is taken in the same run, by
 * turns. `--long` takes the large cases, `--texts=FILE` other pairs for scrolling. Needs a built dist: npm run build.
 */
const long = process.argv.includes("--long");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);
const texts = process.argv.find((argument) => argument.startsWith("--texts="))?.slice(8);

const parts: Record<string, () => Promise<Line[]> | Line[]> = {
  judge: judgeBench,
  claim: claimBench,
  load: () => loadBench(long ? 1_000_000 : 100_000),
  judgments: () => loadJudgmentsBench(long ? 1_000_000 : 200_000),
  parquet: () => loadParquetBench(long ? 1_000_000 : 200_000),
  beside: () => besideBench(long ? 1_000_000 : 100_000),
  prompts: () => promptsBench(long),
  open: () => openBench(long ? 200_000 : 50_000),
  report: () => (long ? reportLongBench() : reportBench(1_000_000)),
  requests: reportBesideBench,
  ranking: rankingBench,
  labels: labelsBench,
  models: modelCallsBench,
  page: pageBench,
  annotator: async () => [...(await annotatorPageBench()), ...(await scrollingBench(texts))],
  scrolling: () => scrollingBench(texts),
};

console.log(`One fsync takes ${fsyncCost().toFixed(2)} ms on this disk.\n`);
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  print(name, await measure());
}
