import fc from "fast-check";
import { expect, it } from "vitest";
import { byPromptInterval } from "../../../../server/statistics/intervals/by-prompt-mean.ts";
import { ofUneven } from "../../../../server/statistics/intervals/uneven-clusters.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { columnsOf, type Row } from "../../../support/statistics/judgments.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

const EVEN = 3 / 2; // the factor that the part has already

it("are worth what the published formula gives, and as they are where they are even", () => {
  const three = ofUneven({ variance: EVEN, clusters: 3 }, [100, 0, 10, 10]);
  expect([three.variance.toFixed(2), three.clusters.toFixed(2)]).toEqual(["14.07", "2.31"]);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 9 }), (clusters, size) => {
      const part = { variance: 0.02, clusters };
      const made = ofUneven(part, new Int32Array(clusters).fill(size));
      expect(made.variance).toBeCloseTo(part.variance, 12);
      expect(made.clusters).toBeCloseTo(clusters, 9);
    }),
  );
});

it("never vary less or are worth more than even ones, nor less than two", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(sizes, (all) => {
      const made = ofUneven({ variance: 1, clusters: all.length }, all);
      expect(made.variance).toBeGreaterThan(1 - 1e-9);
      expect(made.clusters).toBeGreaterThanOrEqual(2);
      expect(made.clusters).toBeLessThanOrEqual(all.length);
    }),
  );
});

/** One annotator judges every prompt and two others a tenth of them; they differ by `sd`. */
function dominated(random: () => number, sd: number): Row[] {
  const own = [0, 1, 2].map(() => sd * normal(random));
  return Array.from({ length: 60 }, (_, prompt) => prompt).flatMap((prompt) => {
    const ease = 0.7 * normal(random);
    return own.flatMap((effect, annotator): Row[] => {
      const latent = ease + effect + normal(random);
      const outcome = latent > 0.3 ? 2 : latent < -0.3 ? 0 : 1;
      return annotator === 0 || prompt % 10 === annotator ? [{ prompt, annotator, outcome }] : [];
    });
  });
}

it("cover annotators like these although one of them judged nearly everything", () => {
  const random = uniform(77 + FIRST);
  const studies = times(300);
  let covered = 0;
  for (let study = 0; study < studies; study++) {
    const estimate = byPromptInterval(columnsOf(dominated(random, 0.4)));
    if (!("low" in estimate)) throw new Error(estimate.notEstimable);
    if (estimate.low <= 0.5 && estimate.high >= 0.5) covered++;
  }
  keepFigure("uneven annotators: covers, 60 × 3, one of them nearly alone", covered, studies);
  expect(covered / studies).toBeGreaterThan(0.86); // about 0.65 with the factor and the df of even ones
});
