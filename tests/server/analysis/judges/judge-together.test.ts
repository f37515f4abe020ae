import { describe, expect, it } from "vitest";
import { judgesOf } from "../../../../server/analysis/judges/judge-data.ts";
import { togetherOf } from "../../../../server/analysis/judges/judge-together.ts";
import { predictionPowered } from "../../../../server/statistics/intervals/prediction-powered.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { uniform } from "../../../support/statistics/ranking-support.ts";

const MODEL = 3;
const SCORES = { left: 1, tie: 0.5, right: 0, both_bad: 0.5 };

/** Three people judge the first 40 of 100 prompts, the model those that `judges` admits; the target stands left. */
function judgments(judges: (prompt: number) => boolean = () => true): Told[] {
  const random = uniform(5);
  const draw = (ease: number): Told["choice"] => {
    const by = ease + random() - 0.5;
    return by > 0.15 ? "left" : by < -0.15 ? "right" : "tie";
  };
  return Array.from({ length: 100 }, (_, prompt) => {
    const ease = random() - 0.4;
    const people = prompt < 40 ? [0, 1, 2] : [];
    const who = judges(prompt) ? [...people, MODEL] : people;
    return who.map((annotator): Told => {
      const choice = draw(ease);
      return { prompt, left: 0, right: 1, annotator, choice, group: annotator === MODEL ? 1 : 0 };
    });
  }).flat();
}

const GROUPS = [{ kind: "crowd" }, { kind: "model" }] as const;

function together(told: readonly Told[]) {
  const data = judgedData({ judgments: told, systems: 2, target: 0, groups: GROUPS });
  return togetherOf(data, judgesOf(data)[0]!);
}

describe("people and a model together in a report", () => {
  it("take the mean of people on each prompt and the model's on all", () => {
    const told = judgments();
    const mean = (prompt: number, isModel: boolean) => {
      const own = told.filter((one) => one.prompt === prompt && (one.annotator === MODEL) === isModel);
      return own.reduce((sum, { choice }) => sum + SCORES[choice], 0) / own.length;
    };
    const all = Array.from({ length: 100 }, (_, prompt) => prompt);
    const made = predictionPowered({
      people: Float64Array.from(all.slice(0, 40), (prompt) => mean(prompt, false)),
      model: Float64Array.from(all.slice(0, 40), (prompt) => mean(prompt, true)),
      others: Float64Array.from(all.slice(40), (prompt) => mean(prompt, true)),
    });
    if ("notEstimable" in made) throw new Error(made.notEstimable);
    const [pair] = together(told);
    expect(pair).toMatchObject({ system: "s0", against: "s1", promptsOfPeople: 40, otherPrompts: 60 });
    expect(pair!.withModel).toEqual({ ...made, worth: Math.round(40 * made.gain) });
    expect(pair!.people).toMatchObject({ n: 120 });
  });

  it("are not there where the model judged nothing else, and refused where it left some of people's out", () => {
    expect(together(judgments((prompt) => prompt < 40))).toEqual([]);
    expect(together(judgments((prompt) => prompt !== 7))[0]!.withModel).toEqual({
      notEstimable: "the model did not judge every prompt that people judged",
    });
  });
});
