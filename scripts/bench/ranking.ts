import { bradleyTerry } from "../../server/statistics/ranking/bradley-terry.ts";
import { clustersOf } from "../../server/statistics/judgments/clusters.ts";
import { isRefused } from "../../server/statistics/estimate.ts";
import {
  type Cells,
  cellsOf,
  countCells,
  countsOf,
  OUTCOMES,
} from "../../server/statistics/judgments/paired-counts.ts";
import { type Random, seededRandom } from "../../server/statistics/resampling/random.ts";
import { resampledCounts } from "../../server/statistics/resampling/resampled-counts.ts";
import { clock, type Line, median } from "./measure.ts";

const JUDGMENTS = 1_000_000;
const SYSTEMS = 50;
const PROMPTS = 20_000;
const RESAMPLINGS = 100;
const ROUNDS = 5;

/** Ranking a large study whose judgments are in memory: a fit, and fits of resampled prompts. */
export function rankingBench(): Line[] {
  const made = makeJudgments();
  const took = {
    touch: [] as number[],
    fit: [] as number[],
    prompts: [] as number[],
    single: [] as number[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    took.touch.push(timed(() => touch(made)));
    took.fit.push(timed(() => fitAndResample(made)));
    took.prompts.push(timed(() => resample(cellsOf(made), made.prompt)));
    if (round < 2) took.single.push(timed(() => resampleOneByOne(cellsOf(made))));
  }
  const [touched, fit, prompts] = [median(took.touch), median(took.fit), median(took.prompts)];
  const single = Math.min(...took.single);
  return [
    {
      what: `Bradley–Terry fit and ${RESAMPLINGS} resamplings by prompt, 1,000,000 judgments in memory`,
      measured: ms(fit),
      limit: `${ms(touched)} touching each value once`,
      ratio: (fit / touched).toFixed(1),
      reach: "tell it (plain prototype: 12)",
    },
    {
      what: `resampling by prompt, ${RESAMPLINGS} rounds`,
      measured: ms(prompts),
      limit: `${ms(single)} drawing judgments one by one`,
      ratio: (prompts / single).toFixed(2),
      reach: "≤ 4",
    },
  ];
}

function makeJudgments() {
  const random = seededRandom("bench ranking");
  const below = (n: number) => Math.floor((random() / 2 ** 32) * n);
  const [low, high] = [new Int32Array(JUDGMENTS), new Int32Array(JUDGMENTS)];
  const [halves, prompt] = [new Uint8Array(JUDGMENTS), new Int32Array(JUDGMENTS)];
  for (let i = 0; i < JUDGMENTS; i++) {
    const a = below(SYSTEMS - 1);
    low[i] = a;
    high[i] = a + 1 + below(SYSTEMS - 1 - a);
    halves[i] = below(3);
    prompt[i] = Math.floor((i / JUDGMENTS) * PROMPTS);
  }
  return { systems: SYSTEMS, low, high, halves, prompt };
}
type Made = ReturnType<typeof makeJudgments>;

/** What nothing that looks at the judgments can be quicker than. */
function touch({ low, high, halves, prompt }: Made): number {
  let sum = 0;
  for (let i = 0; i < low.length; i++) sum += low[i]! + high[i]! + halves[i]! + prompt[i]!;
  return sum;
}

function fitAndResample(made: Made): void {
  const cells = cellsOf(made);
  const fit = bradleyTerry(countCells(cells));
  if (isRefused(fit)) throw new Error(fit.notEstimable);
  const given = { prompts: clustersOf(made.prompt, PROMPTS), rounds: RESAMPLINGS, random: seededRandom("s") };
  for (const counts of resampledCounts(cells, given)) bradleyTerry(counts, fit.parameters);
}

function resample(cells: Cells, prompt: Int32Array): void {
  const given = { prompts: clustersOf(prompt, PROMPTS), rounds: RESAMPLINGS, random: seededRandom("s") };
  for (const counts of resampledCounts(cells, given)) if (counts.wins.length === 0) throw new Error("empty");
}

/** The same number of studies, whose judgments are drawn each for itself. */
function resampleOneByOne(cells: Cells): void {
  const random: Random = seededRandom("s");
  const scale = JUDGMENTS / 2 ** 32;
  for (let round = 0; round < RESAMPLINGS; round++) {
    const inCell = new Int32Array(OUTCOMES * cells.low.length);
    for (let i = 0; i < JUDGMENTS; i++) inCell[cells.code[Math.floor(random() * scale)]!]!++;
    if (countsOf(cells, inCell).wins.length === 0) throw new Error("empty");
  }
}

function timed(use: () => unknown): number {
  const start = clock();
  use();
  return clock() - start;
}

const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
