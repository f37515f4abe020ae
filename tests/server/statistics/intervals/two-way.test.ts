import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  byPromptInterval,
  linearisedByPrompt,
} from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { isRefused } from "../../../../server/statistics/estimate.ts";
import { differenceInterval } from "../../../../server/statistics/intervals/difference-interval.ts";
import { linearisedMean, scoreInterval } from "../../../../server/statistics/intervals/mean-interval.ts";
import { rateInterval } from "../../../../server/statistics/intervals/rate-interval.ts";
import { tTest } from "../../../../server/statistics/tests/t-test.ts";
import { measuredVariance, NOTHING_VARIES } from "../../../../server/statistics/intervals/two-way.ts";
import { studentTQuantile } from "../../../../server/statistics/special/student-t-quantile.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import {
  anyRows,
  columnsOf,
  naiveSatterthwaite,
  pairwiseVariance,
  type Row,
  naiveOfAnnotators,
  sameBoth,
  samePrompt,
} from "../../../support/statistics/judgments.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

/** What two annotators said of the same 40 prompts. */
const TWO = ["LWWTLTWWWWWWTWLWLWLWWWWWWWLWLWLLTWTLTLWW", "TLWWWLTWLWWLWWTWWWTWTLWWTWLTLWTTWWTTWTWW"];
const twoAnnotators = TWO.flatMap((said, annotator) =>
  Array.from(said, (letter, prompt): Row => ({ prompt, annotator, outcome: "LTW".indexOf(letter) })),
);

describe("the two-way interval", () => {
  it("has 34.5 degrees of freedom for two annotators of 40 prompts, not 1", () => {
    for (const interval of [scoreInterval, byPromptInterval]) {
      const estimate = interval(columnsOf(twoAnnotators));
      if (isRefused(estimate)) throw new Error(estimate.notEstimable);
      expect(estimate.value).toBe(0.6625);
      expect([estimate.low.toFixed(3), estimate.high.toFixed(3)]).toEqual(["0.552", "0.758"]);
      expect(estimate.method).toBe("two-way cluster-robust by prompt and annotator (score, t, 34.5 df)");
    }
  });

  it("agrees with the formula written another way, with df from 1 to P − 1", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const count = fc.integer({ min: 2, max: 500 });
    fc.assert(
      fc.property(part, part, part, count, count, (prompt, annotator, both, prompts, annotators) => {
        fc.pre(prompt + Math.max(0, annotator - both) > 1e-9);
        const made = measuredVariance({
          main: { variance: prompt, clusters: prompts },
          annotators: { variance: annotator, clusters: annotators },
          crossed: both,
        });
        if (isRefused(made)) throw new Error(made.notEstimable);
        const naive = naiveSatterthwaite({ prompt, annotator, both }, { prompts, annotators });
        expect(made.variance).toBeCloseTo(naive.variance, 12);
        expect(Math.abs(made.df / naive.df - 1)).toBeLessThan(1e-9);
        expect(made.df >= 1 && made.df <= prompts - 1).toBe(true);
      }),
    );
  });

  it("is refused by name where nothing varies between prompts and annotators, and a rate has Wilson's", () => {
    // on every prompt one win and one loss, and as many of either by each annotator
    const even = Array.from({ length: 40 }, (_, i): Row => {
      const [prompt, annotator] = [Math.floor(i / 2), i % 2];
      return { prompt, annotator, outcome: (prompt + annotator) % 2 === 0 ? 2 : 0 };
    });
    const columns = columnsOf(even);
    expect(columns.sampling.clusteredBy).toBe("both");
    expect(scoreInterval(columns)).toEqual({ value: 0.5, ...NOTHING_VARIES });
    expect(byPromptInterval(columns)).toEqual({ value: 0.5, ...NOTHING_VARIES });
    const mean = linearisedMean(columns.scores, columns.sampling);
    expect(tTest(mean, columns.sampling, 0.5)).toEqual(NOTHING_VARIES);
    const { outcomes, sampling } = columns;
    expect(rateInterval({ outcomes, outcome: 2, sampling })).toMatchObject({
      method: "Wilson (effective n 20)",
    });
  });

  it("covers a truth that was planted about as often as it says, with few annotators, alike or not", () => {
    const random = uniform(20 + FIRST);
    for (const [prompts, annotators, sd] of [
      [40, 2, 0.1],
      [40, 2, 0.4],
      [40, 3, 0.1],
      [40, 3, 0.4],
      [40, 8, 0.4],
    ] as const) {
      let [covered, width] = [0, 0];
      const studies = times(300);
      for (let study = 0; study < studies; study++) {
        const estimate = byPromptInterval(columnsOf(crossed(random, { prompts, annotators, sd })));
        if (isRefused(estimate)) throw new Error(estimate.notEstimable);
        width += (estimate.high - estimate.low) / studies;
        if (estimate.low <= 0.5 && estimate.high >= 0.5) covered++;
      }
      keepFigure(`two-way interval: covers, ${prompts} × ${annotators}, sd ${sd}`, covered, studies);
      const named = `${prompts} × ${annotators}, ${sd}: ${covered / studies}, ${width}`;
      expect(covered / studies, named).toBeGreaterThan(0.9);
      expect(covered / studies, named).toBeLessThan(0.99);
      if (sd === 0.1) expect(width, named).toBeLessThan(0.55);
    }
  });
});

describe("a difference of people and a model", () => {
  it("counts the people alone as a sample of annotators, whatever the model said", () => {
    const anySplit = fc.tuple(anyRows, fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }));
    fc.assert(
      fc.property(anySplit, ([people, said]) => {
        const model = said.map((outcome, prompt): Row => ({ prompt, annotator: 6, outcome }));
        const all = [...people, ...model];
        const [first, { sampling, scores }] = [columnsOf(people), columnsOf(all)];
        fc.pre(first.sampling.clusteredBy === "both" && first.sampling.prompts.count > 1);
        const second = Uint8Array.from(all, (_, i) => (i < people.length ? 0 : 1));
        const estimate = differenceInterval({ scores, second, sampling, firstSampling: first.sampling });
        if (!("low" in estimate)) return;
        const mean = (rows: readonly Row[]) =>
          rows.reduce((sum, { outcome }) => sum + outcome / 2, 0) / rows.length;
        const influence = all.map(({ outcome }, i) =>
          i < people.length
            ? -(outcome / 2 - mean(people)) / people.length
            : (outcome / 2 - mean(model)) / model.length,
        );
        const own = influence.slice(0, people.length);
        const ofPeople = naiveOfAnnotators(people, own);
        const { variance, df } = naiveSatterthwaite(
          {
            prompt: pairwiseVariance(all, influence, samePrompt),
            annotator: ofPeople.variance,
            both: pairwiseVariance(people, own, sameBoth),
          },
          { prompts: sampling.prompts.count, annotators: 1 + ofPeople.df },
        );
        const high = Math.min(1, estimate.value + studentTQuantile(0.975, df) * Math.sqrt(variance));
        expect(estimate.high).toBeCloseTo(high, 8);
      }),
    );
  });
});

describe("the t test", () => {
  it("has the p value of two annotators of 40 prompts", () => {
    const { scores, sampling } = columnsOf(twoAnnotators);
    const test = tTest(linearisedByPrompt(scores, sampling), sampling, 0.5);
    if (isRefused(test)) throw new Error(test.notEstimable);
    expect(test.t).toBeCloseTo(2.964, 3);
    expect(test.df).toBeCloseTo(34.46, 2);
    expect(test.p).toBeCloseTo(0.0055, 4);
  });

  it("rejects one half exactly where the interval leaves it out", () => {
    fc.assert(
      fc.property(anyRows, fc.boolean(), (rows, fixed) => {
        const { scores, sampling } = columnsOf(rows, fixed);
        const estimate = scoreInterval({ scores, sampling });
        const test = tTest(linearisedMean(scores, sampling), sampling, 0.5);
        if (isRefused(test)) return;
        if (isRefused(estimate)) throw new Error(estimate.notEstimable);
        fc.pre(Math.abs(test.p - 0.05) > 1e-9);
        expect(estimate.low > 0.5 || estimate.high < 0.5).toBe(test.p < 0.05);
        if (test.t !== null) expect(Math.sign(test.t)).toBe(Math.sign(estimate.value - 0.5));
      }),
      { numRuns: 300 },
    );
  });
});

/** Every annotator judges every prompt; systems are equally good on average. */
function crossed(
  random: () => number,
  { prompts, annotators, sd }: { prompts: number; annotators: number; sd: number },
): Row[] {
  const lenient = Array.from({ length: annotators }, () => sd * normal(random));
  return Array.from({ length: prompts }, () => 0.7 * normal(random)).flatMap((ease, prompt) =>
    lenient.map((own, annotator) => {
      const latent = ease + own + normal(random);
      return { prompt, annotator, outcome: latent > 0.3 ? 2 : latent < -0.3 ? 0 : 1 };
    }),
  );
}
