import { isPointedOutByChance } from "../server/analysis/annotators/against-chance.ts";
import { type Random, randomBelow, seededRandom } from "../server/statistics/resampling/random.ts";
import { agreementOfReaders } from "../server/statistics/tests/agreement-of-readers.ts";
import { type DrawnStudy, studiesOf } from "./simulations/draw-study.ts";

/**
 * Prints the table of docs/methods/annotators.md: in simulated studies at a rate of 0.59, how often an annotator who answers
 * by lot is pointed out, and how often one of honest annotators is, where all are. Arguments: studies of each line (2000)
 * and seed (1).
 */
const [studies, seed] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? "1"];

/** Annotators, judgments of each, judgments of each comparison. */
const DESIGNS = [
  [10, 170, 3],
  [10, 170, 5],
  [10, 90, 3],
  [10, 170, 2],
  [20, 60, 3],
  [20, 27, 3],
  [5, 60, 5],
  [3, 80, 3],
] as const;

const line = (texts: readonly string[]) => console.log(`| ${texts.join(" | ")} |`);
const header = ["annotators", "judgments each", "per comparison", "sd", "one who answers by lot is found"];
header.push("an honest one is pointed out, if all are");
line(header);
line(header.map(() => "---"));
for (const [annotators, each, votes] of DESIGNS)
  for (const spread of [0, 0.4]) {
    const prompts = Math.round((annotators * each) / votes);
    const draw = studiesOf({ name: "", prompts, annotators, votes }, { rate: 0.59, spread });
    const random = seededRandom(`${seed} ${annotators} ${each} ${votes} ${spread}`);
    let [found, wrongly] = [0, 0];
    for (let study = 0; study < studies; study++) {
      if (pointedOut(withOneByLot(draw(random), random))[0]) found++;
      if (pointedOut(draw(random)).includes(true)) wrongly++;
    }
    const percent = (count: number) => `${((100 * count) / studies).toFixed(1)} %`;
    line([...[annotators, each, votes, spread].map(String), percent(found), percent(wrongly)]);
  }

function withOneByLot(drawn: DrawnStudy, random: Random): DrawnStudy {
  const outcomes = drawn.outcomes.map((one, i) => (drawn.annotators[i] === 0 ? randomBelow(random, 3) : one));
  return { ...drawn, outcomes };
}

function pointedOut({ prompts, annotators, outcomes, annotatorCount }: DrawnStudy): boolean[] {
  const readers = agreementOfReaders({
    ...{ comparison: prompts, annotator: annotators, counts: new Uint8Array(annotatorCount).fill(1) },
    score: Int8Array.from(outcomes, (halves) => halves - 1),
  });
  return readers.map((reader) => isPointedOutByChance(reader, annotatorCount));
}
