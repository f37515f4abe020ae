import { dawidSkene } from "../../server/statistics/agreement/dawid-skene.ts";
import { isRefused } from "../../server/statistics/estimate.ts";
import { seededRandom } from "../../server/statistics/resampling/random.ts";
import { clock, type Line, median } from "./measure.ts";

const LABELS = 200_000;
const PER_ITEM = 5;
const ANNOTATORS = 500;
const ROUNDS = 5;

/** One label per comparison by Dawid and Skene's model, to convergence: a fifth of the annotators answer at random. */
export function labelsBench(): Line[] {
  const given = makeLabels();
  const times: number[] = [];
  let iterations = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = clock();
    const model = dawidSkene(given);
    times.push(clock() - start);
    if (isRefused(model)) throw new Error(model.notEstimable);
    iterations = model.iterations;
  }
  return [
    {
      what: `Dawid–Skene, ${LABELS.toLocaleString("en")} labels, to convergence (${iterations} rounds)`,
      ...{ measured: `${(median(times) / 1000).toFixed(2)} s`, limit: "–", ratio: "–", reach: "≤ 0.3 s" },
    },
  ];
}

function makeLabels() {
  const random = seededRandom("bench labels");
  const share = () => random() / 2 ** 32;
  const skills = Float64Array.from({ length: ANNOTATORS }, () => (share() < 0.2 ? 0 : 0.1 + 0.6 * share()));
  const itemCount = LABELS / PER_ITEM;
  const truth = Uint8Array.from({ length: itemCount }, () => Math.floor(3 * share()));
  const items = Int32Array.from({ length: LABELS }, (_, i) => Math.floor(i / PER_ITEM));
  const annotators = Int32Array.from({ length: LABELS }, () => Math.floor(ANNOTATORS * share()));
  const labels = Uint8Array.from({ length: LABELS }, (_, i) =>
    share() < skills[annotators[i]!]! ? truth[items[i]!]! : Math.floor(3 * share()),
  );
  const sizes = { itemCount, annotatorCount: ANNOTATORS, classes: 3, mirrored: true };
  return { items, annotators, labels, ...sizes };
}
