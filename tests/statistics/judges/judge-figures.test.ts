import { describe, expect, it } from "vitest";
import type { AgainRows } from "../../../server/reports/again.ts";
import { isSameModel } from "../../../server/reports/blocks/judge-own-system.ts";
import { judgeFiguresOf } from "../../../server/reports/blocks/judges.ts";
import type { JudgeExtras } from "../../../server/reports/blocks/read-judges.ts";
import { CHOICES } from "../../../server/reports/columns.ts";
import type { StudyData } from "../../../server/reports/study-data.ts";
import { orderVerdict, type Preference } from "../../../server/statistics/order-verdict.ts";
import { type Random, randomBelow, seededRandom } from "../../../server/statistics/random.ts";
import { judgedData, type Told } from "../judged-data.ts";

const [MODEL, PROMPTS] = [1, 150];
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
  const again: AgainRows = {
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
