import { describe, expect, it } from "vitest";
import { byAnnotatorOf } from "../../../../server/analysis/annotators/annotators.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

const ANNOTATORS = 10;
const EACH = 170;

/** Ten annotators of 170 judgments each; honest ones differ by `sd`, and the first may answer by lot. */
function studyOf(
  { votes, sd, clicks }: { votes: number; sd: number; clicks: boolean },
  random: () => number,
): Told[] {
  const own = Array.from({ length: ANNOTATORS }, () => sd * normal(random));
  const prompts = Math.round((EACH * ANNOTATORS) / votes);
  return Array.from({ length: prompts }, () => 0.3 + 0.7 * normal(random)).flatMap((ease, prompt) =>
    Array.from({ length: votes }, (_, k): Told => {
      const annotator = (prompt + k * (1 + (Math.floor(prompt / ANNOTATORS) % 2))) % ANNOTATORS;
      const latent =
        clicks && annotator === 0
          ? [-1, 0, 1][Math.floor(3 * random())]!
          : ease + own[annotator]! + normal(random);
      const [won, lost] = random() < 0.5 ? (["left", "right"] as const) : (["right", "left"] as const);
      const [left, right] = won === "left" ? [0, 1] : [1, 0];
      return { prompt, left, right, annotator, choice: latent > 0.3 ? won : latent < -0.3 ? lost : "tie" };
    }),
  );
}

const pointedOut = (judgments: Told[]) =>
  byAnnotatorOf(judgedData({ judgments, systems: 2, target: 0 }), { repeats: [], checks: [] }).map(
    (one) => one.pointedOut!.length > 0,
  );

describe("among ten annotators of 170 judgments", () => {
  it.each([
    { votes: 3, sd: 0 },
    { votes: 3, sd: 0.4 },
    { votes: 5, sd: 0 },
    { votes: 5, sd: 0.4 },
  ])("one who answers by lot is found, honest ones are not: %o", ({ votes, sd }) => {
    const studies = times(4);
    let [found, wrongly] = [0, 0];
    for (let study = 0; study < studies; study++) {
      const random = uniform(FIRST + 31 * study + votes);
      if (pointedOut(studyOf({ votes, sd, clicks: true }, random))[0]) found++;
      if (pointedOut(studyOf({ votes, sd, clicks: false }, random)).includes(true)) wrongly++;
    }
    keepFigure(`answers by lot found, ${votes} votes, sd ${sd}`, found, studies);
    keepFigure(`an honest annotator pointed out, ${votes} votes, sd ${sd}`, wrongly, studies);
    expect(found / studies).toBeGreaterThanOrEqual(0.5);
    expect(wrongly).toBeLessThanOrEqual(Math.max(2, 0.08 * studies));
  });
});
