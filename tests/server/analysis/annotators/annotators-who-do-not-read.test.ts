import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { byAnnotatorOf } from "../../../../server/analysis/annotators/annotators.ts";
import { FIRST, keepFigure, times } from "../../../support/effort.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

const ANNOTATORS = 10;

interface Design {
  readonly votes: number;
  readonly sd: number;
  readonly each?: number;
}

/** Ten annotators of 170 judgments each unless stated; honest ones differ by `sd`, and the first may answer by lot. */
function studyOf(
  { votes, sd, each = 170, clicks }: Design & { clicks: boolean },
  random: () => number,
): Told[] {
  const own = Array.from({ length: ANNOTATORS }, () => sd * normal(random));
  const prompts = Math.round((each * ANNOTATORS) / votes);
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

  it("honest ones of 90 judgments who differ much are not found either", () => {
    const studies = times(4);
    let wrongly = 0;
    for (let study = 0; study < studies; study++) {
      const random = uniform(FIRST + 31 * study + 90);
      const design = { votes: 3, sd: 0.4, each: 90, clicks: false };
      if (pointedOut(studyOf(design, random)).includes(true)) wrongly++;
    }
    keepFigure("an honest annotator pointed out, 90 judgments, 3 votes, sd 0.4", wrongly, studies);
    expect(wrongly).toBeLessThanOrEqual(Math.max(2, 0.08 * studies));
  });
});

describe("among ten annotators of 80 to 99 judgments, three for each of 300 prompts", () => {
  /** A line a prompt: three annotators, each with + for the target, − for the baseline, = for a tie. */
  const file = new URL("../../../../fixtures/crowd/one-answers-by-lot.txt", import.meta.url);
  const lines = fs.readFileSync(file, "utf8").trim().split("\n");

  it("the one who answers by lot is found, and nobody else", () => {
    const judgments = lines.flatMap((line, prompt) =>
      line.split(" ").map((one, k): Told => {
        const [won, lost] =
          (prompt + k) % 2 === 0 ? (["left", "right"] as const) : (["right", "left"] as const);
        const choice = one[1] === "+" ? won : one[1] === "-" ? lost : "tie";
        const [left, right] = won === "left" ? [0, 1] : [1, 0];
        return { prompt, left, right, annotator: Number(one[0]), choice };
      }),
    );
    expect(pointedOut(judgments)).toEqual(Array.from({ length: 10 }, (_, code) => code === 0));
  });
});
