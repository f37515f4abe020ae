import { describe, expect, it } from "vitest";
import type { RePresentations } from "../../../../server/analysis/rows/re-presentations.ts";
import { isSameModel } from "../../../../server/analysis/judges/judge-own-system.ts";
import { judgeFiguresOf } from "../../../../server/analysis/judges/judges.ts";
import type { JudgeExtras } from "../../../../server/analysis/judges/read-judges.ts";
import { CHOICES, ORIGINS } from "../../../../server/analysis/rows/judgment-columns.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { orderVerdict, type Preference } from "../../../../server/statistics/judgments/order-verdict.ts";
import { type Random, randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

const [MODEL, PROMPTS] = [1, 150];
type Shown = { value: number; low: number; high: number };
type Side = "left" | "tie" | "right";

/** What a judge sees: a prompt, and which of systems 0 and 1 stands left. */
interface Seen {
  readonly prompt: number;
  readonly left: number;
  readonly random: Random;
}

/** Lengths that no side and no system has more of: system 0 is longer for even prompts. */
const lengthOf = (prompt: number, system: number): number => ((prompt + system) % 2 === 0 ? 300 : 100);

const extras = (over: Partial<JudgeExtras> = {}): JudgeExtras => ({
  texts: {
    placeOf: ({ prompt, system }) => prompt * 2 + system,
    columns: [Float64Array.from({ length: 2 * PROMPTS }, (_, at) => lengthOf(at >> 1, at % 2))],
  },
  fields: { lengths: new Float64Array(PROMPTS), fields: [] },
  calls: new Map(),
  ...over,
});

/** A study of two systems that a model judges in both orders; people as `people` says. */
function study(
  says: (seen: Seen) => Side,
  { people, seed = "s" }: { people?: (prompt: number, random: Random) => Side; seed?: string } = {},
): StudyData {
  const random = seededRandom(seed);
  const first: { left: number; said: Side; other: Side }[] = [];
  const told: Told[] = [];
  for (let prompt = 0; prompt < PROMPTS; prompt++) {
    const left = randomBelow(random, 2);
    const [said, other] = [says({ prompt, left, random }), says({ prompt, left: 1 - left, random })];
    first.push({ left, said, other });
    const verdict = orderVerdict(preferred(said, left), preferred(other, 1 - left), "agree");
    const choice = verdict === 0 ? "tie" : (verdict === 1) === (left === 0) ? "left" : "right";
    told.push({ prompt, left, right: 1 - left, annotator: MODEL, group: MODEL, choice });
    if (people) told.push({ prompt, left: 0, right: 1, annotator: 0, choice: people(prompt, random) });
  }
  const data = judgedData({
    judgments: told,
    systems: 2,
    target: 0,
    groups: [{ kind: "crowd" }, { kind: "model" }],
  });
  const at = Array.from(data.rows.annotator.keys()).filter((i) => data.rows.annotator[i] === MODEL);
  const again: RePresentations = {
    count: PROMPTS,
    row: Int32Array.from(at),
    isOtherOrder: new Uint8Array(PROMPTS).fill(1),
    left: Int32Array.from(at, (i) => 1 - first[data.rows.prompt[i]!]!.left),
    choice: Uint8Array.from(at, (i) => CHOICES.indexOf(first[data.rows.prompt[i]!]!.other)),
    first: Uint8Array.from(at, (i) => CHOICES.indexOf(first[data.rows.prompt[i]!]!.said)),
  };
  const annotators = data.annotators.map((one, code) => ({ ...one, group: code }));
  return { ...data, again, annotators };
}

/** Whether system 0 is preferred. */
const preferred = (side: Side, left: number): Preference =>
  side === "tie" ? 0 : (side === "left") === (left === 0) ? 1 : -1;

const judgeIn = (data: StudyData, over: Partial<JudgeExtras> = {}) =>
  judgeFiguresOf(data, extras(over)).judges[0]!;

const longer = ({ prompt, left }: Seen): Side =>
  lengthOf(prompt, left) > lengthOf(prompt, 1 - left) ? "left" : "right";

describe("a model as annotator", () => {
  it("that always says A chooses a place: no consistency, all of it first, and flagged", () => {
    const judge = judgeIn(study(() => "left"));
    expect(judge).toMatchObject({
      ...{ verdicts: PROMPTS, bothOrders: PROMPTS, positionBias: true },
      consistency: { value: 0, n: PROMPTS },
      firstPosition: { value: 1, n: 2 * PROMPTS },
      flips: { firstTwice: PROMPTS, secondTwice: 0, withTie: 0 },
      ties: { value: 1 },
    });
    expect(judge.positionP).toBeLessThan(1e-40);
    expect(judge.consistency).toHaveProperty("high");
    const { low, high } = judge.consistency as { low: number; high: number };
    expect([low, high > 0.001 && high < 0.1]).toEqual([0, true]);
    expect(judge.length.longerPreferred).toHaveProperty("notEstimable");
  });

  it("that picks the longer response is consistent, and flagged for length alone", () => {
    const judge = judgeIn(study(longer));
    expect(judge).toMatchObject({
      ...{ consistency: { value: 1 }, firstPosition: { value: 0.5 }, positionBias: false },
      length: { longerPreferred: { value: 1, n: PROMPTS }, prefersLength: true },
    });
  });

  it("that errs without a lean is seldom flagged", () => {
    let flagged = 0;
    for (let seed = 0; seed < 60; seed++) {
      const noisy = study(
        ({ left, random }) => {
          const draw = randomBelow(random, 10);
          if (draw < 2) return "tie";
          return draw < 7 === (left === 0) ? "left" : "right";
        },
        { seed: `noise ${seed}` },
      );
      const judge = judgeIn(noisy);
      if (judge.positionBias || judge.length.prefersLength) flagged++;
    }
    expect(flagged).toBeLessThanOrEqual(4);
  });

  it("is flagged only for what is left after correction for all models", () => {
    const prompts = 60;
    const first = (models: number) => {
      const judgments = Array.from({ length: models * prompts }, (_, i): Told => {
        const [prompt, annotator] = [i % prompts, Math.floor(i / prompts)];
        const isLeft = annotator === 0 ? prompt < 43 : prompt % 4 < 2;
        return { prompt, left: 0, right: 1, annotator, group: 1, choice: isLeft ? "left" : "right" };
      });
      const groups = [{ kind: "crowd" as const }, { kind: "model" as const }];
      const data = judgedData({ judgments, systems: 2, target: 0, groups });
      return judgeIn({ ...data, annotators: data.annotators.map((one) => ({ ...one, group: 1 })) });
    };
    expect(first(1)).toMatchObject({ positionP: first(30).positionP, positionBias: true });
    expect(first(30).positionBias).toBe(false);
  });

  it("is not flagged where the interval beside the flag would hold one half: few prompts, however many turns", () => {
    const turns = 20;
    const on = (prompts: number, isAlike: (prompt: number) => boolean) => {
      const judgments = Array.from({ length: prompts * turns }, (_, i): Told => {
        const prompt = i % prompts;
        const isLongerLeft = lengthOf(prompt, 0) > lengthOf(prompt, 1);
        const choice = isLongerLeft === isAlike(prompt) ? "left" : "right";
        return { prompt, turn: 1 + Math.floor(i / prompts), left: 0, right: 1, annotator: 0, choice };
      });
      return judgeIn(judgedData({ judgments, systems: 2, target: 0, groups: [{ kind: "model" }] })).length;
    };
    const few = on(5, (prompt) => prompt !== 4);
    expect(few).toMatchObject({ longerPreferred: { value: 0.8, n: 5 * turns }, prefersLength: false });
    expect(few.p).toBeLessThan(1e-6);
    expect((few.longerPreferred as Shown).low).toBeLessThan(0.5);
    expect(on(60, (prompt) => prompt % 5 !== 4)).toMatchObject({ prefersLength: true });
  });

  it("is compared with people on the same comparisons", () => {
    const people = (prompt: number): Side =>
      prompt % 5 === 0 ? "tie" : lengthOf(prompt, 0) > 200 ? "right" : "left";
    const { besidePeople, length } = judgeIn(study(longer, { people }));
    expect(besidePeople).toMatchObject({ comparisons: PROMPTS, opposite: PROMPTS - PROMPTS / 5 });
    expect(besidePeople.agreement).toMatchObject({ value: 0.1, n: PROMPTS });
    expect(besidePeople.examples[0]).toEqual({
      ...{ prompt: "p1", turn: 1, system: "s0", against: "s1", people: "win", model: "loss" },
    });
    expect(length).toMatchObject({ people: { value: 0 }, difference: { value: 1 } });
    expect(besidePeople.byLength.map(({ comparisons }) => comparisons)).toEqual([PROMPTS]);
    expect(judgeIn(study(longer)).besidePeople.agreement).toHaveProperty("notEstimable");
  });

  it("is looked at where it judges a system of its own name", () => {
    const fair = (_: number, random: Random): Side => (randomBelow(random, 2) === 0 ? "left" : "right");
    const selfish = study(({ left }) => (left === 0 ? "left" : "right"), { people: fair });
    const { ownSystem } = judgeIn({
      ...selfish,
      annotators: selfish.annotators.map((one) => ({ ...one, name: "S0", group: one.group })),
    });
    expect(ownSystem).toMatchObject({ system: "s0", rate: { value: 1 } });
    expect((ownSystem!.difference as { low: number }).low).toBeGreaterThan(0.2);
    expect(judgeIn(selfish).ownSystem).toBeNull();
  });

  it("is set beside people pair by pair, on the comparisons that both judged", () => {
    const fair = (_: number, random: Random): Side => (randomBelow(random, 3) === 0 ? "right" : "left");
    const data = study(({ left }) => (left === 0 ? "left" : "right"), { people: fair });
    const [pair, ...others] = judgeIn(data).besidePeople.pairs;
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ system: "s0", against: "s1", comparisons: PROMPTS, model: { value: 1 } });
    const { people, difference, agreement } = pair as unknown as Record<string, Shown>;
    expect(difference!.value).toBeCloseTo(1 - people!.value, 12);
    expect(difference!.low).toBeGreaterThan(0.2);
    expect(difference!.low).toBeCloseTo(1 - people!.high, 1); // one is by standard errors, the other a score interval
    expect(agreement!.value).toBeCloseTo(people!.value, 12);
    expect(judgeIn(study(longer)).besidePeople.pairs).toEqual([]);
  });

  it("has no interval and no agreement where judgments were rebuilt from percentages", () => {
    const data = study(longer, { people: () => "left" });
    const origin = new Uint8Array(data.rows.count).fill(ORIGINS.indexOf("reconstructed"));
    const judge = judgeIn({ ...data, rows: { ...data.rows, origin } });
    const refused = { notEstimable: expect.stringContaining("reconstructed") as string };
    expect(judge.besidePeople).toMatchObject({
      comparisons: 0,
      agreement: refused,
      examples: [],
      opposite: 0,
    });
    expect(judge.besidePeople.pairs).toMatchObject([
      {
        model: { value: 0.5, ...refused },
        people: { value: 1, ...refused },
        difference: { value: -0.5, ...refused },
      },
    ]);
    expect(JSON.stringify([judge.ties, judge.length, judge.besidePeople])).not.toContain('"low"');
    expect(judge.length.prefersLength).toBe(false);
  });

  it("has no consistency where it was asked in one order, and none of people's figures without people", () => {
    const data = study(longer);
    const one = { ...data, again: { ...data.again, count: 0, row: new Int32Array(0) } };
    const judge = judgeIn(one);
    expect(judge).toMatchObject({
      bothOrders: 0,
      consistency: { notEstimable: "no comparison was judged in both orders" },
      selfConsistency: { notEstimable: "nothing was asked again as it was" },
      besidePeople: { comparisons: 0, opposite: 0, examples: [] },
    });
    expect(judgeFiguresOf(data, null)).toEqual({ orderRule: "agree", judges: [], juries: [] });
  });
});

describe("several models of one group", () => {
  /** Two that prefer system 0, and one that prefers system 1. */
  const jury = judgedData({
    judgments: Array.from({ length: 40 }, (_, prompt) => prompt).flatMap((prompt) =>
      [0, 1, 2].map((annotator) => ({
        ...{
          prompt,
          left: 0,
          right: 1,
          annotator,
          choice: annotator < 2 ? ("left" as const) : ("right" as const),
        },
      })),
    ),
    ...{ systems: 2, target: 0, groups: [{ kind: "model" as const }] },
  });

  it("are one by the plurality of each comparison, and each is told by itself", () => {
    const [found] = judgeFiguresOf(jury, extras()).juries;
    expect(found).toMatchObject({
      ...{ group: "g0", judges: 3 },
      pairs: [
        {
          ...{ system: "s0", against: "s1", win: 40, tie: 0, loss: 0, halfTieRate: { value: 1, n: 40 } },
          byJudge: [
            { annotator: "a0", win: 40, loss: 0 },
            { annotator: "a1", win: 40, loss: 0 },
            { annotator: "a2", win: 0, loss: 40, halfTieRate: { value: 0, n: 40 } },
          ],
        },
      ],
    });
    // the others of the first two are one for each system, a draw, and so a tie
    const agreements = found!.withOthers.map(({ agreement }) => (agreement as Shown).value);
    expect(agreements).toEqual([0.5, 0.5, 0]);
  });
});

describe("names of one model", () => {
  it.each([
    ["gpt-4", "GPT-4", true],
    ["gpt-4", "gpt-4-0613", true],
    ["claude", "anthropic/claude-3-haiku", true],
    ["bard", "gpt-4", false],
    ["s0", "s01", false],
    ["--", "!!", false],
  ])("%s and %s: %s", (one, other, same) => {
    expect(isSameModel(one, other)).toBe(same);
    expect(isSameModel(other, one)).toBe(same);
  });
});
