import { describe, expect, it } from "vitest";
import { agreementSchema } from "../../../../server/contract/report-agreement.ts";
import type { RePresentations } from "../../../../server/analysis/rows/re-presentations.ts";
import { agreementOf } from "../../../../server/analysis/agreement/agreement.ts";
import { CHOICES } from "../../../../server/analysis/rows/judgment-columns.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import {
  orderVerdict,
  type OrderRule,
  type Preference,
} from "../../../../server/statistics/judgments/order-verdict.ts";
import { type Random, randomBelow, seededRandom } from "../../../../server/statistics/resampling/random.ts";
import { FIRST, times } from "../../../support/effort.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";

type Side = "left" | "tie" | "right";
/** What a judge says of a prompt on which system 0 stands left or not; `truth` is what there is to be seen. */
type Judge = (seen: { left: number; truth: Side; random: Random }) => Side;
type Orders = OrderRule | "one";

const MODEL = 5;
const towards = (system: number, left: number): Side => (system === left ? "left" : "right");

/** Judges that know nothing of the answers, by what they are called. */
const BLIND: Readonly<Record<string, Judge>> = {
  left: () => "left",
  right: () => "right",
  "left or tie": ({ random }) => (randomBelow(random, 3) === 0 ? "tie" : "left"),
  tie: () => "tie",
  win: ({ left }) => towards(0, left),
  loss: ({ left }) => towards(1, left),
};
const CONSTANT: Readonly<Record<string, string>> = { "left or tie": "left" };

/** Five people who see the truth of system 0's side with a chance of `see` in 100, else guess; ties are frequent. */
function study(judge: Judge, given: { see: number; orders: Orders; prompts?: number; seed?: string }) {
  const { see, orders, prompts = 120, seed = "s" } = given;
  const random = seededRandom(seed);
  const guess = (): Side => (["tie", "tie", "left", "right"] as const)[randomBelow(random, 4)]!;
  const told: Told[] = [];
  const first: { said: Side; other: Side; left: number }[] = [];
  for (let prompt = 0; prompt < prompts; prompt++) {
    const truth = guess(); // as seen with system 0 on the left
    for (let annotator = 0; annotator < MODEL; annotator++) {
      const choice = randomBelow(random, 100) < see ? truth : guess();
      told.push({ prompt, left: 0, right: 1, annotator, choice });
    }
    const left = randomBelow(random, 2);
    const said = judge({ left, truth, random });
    const other = judge({ left: 1 - left, truth, random });
    first.push({ said, other, left });
    const choice = orders === "one" ? said : verdictOf({ said, other, left, rule: orders });
    told.push({ prompt, left, right: 1 - left, annotator: MODEL, group: 1, choice });
  }
  const data = judgedData({
    ...{ judgments: told, systems: 2, target: 0 },
    groups: [{ kind: "crowd" }, { kind: "model" }],
  });
  const annotators = data.annotators.map((one, code) => ({ ...one, group: code === MODEL ? 1 : 0 }));
  return { ...data, annotators, ...(orders === "one" ? {} : { again: againOf(data, first) }) };
}

const preferred = (side: Side, left: number): Preference =>
  side === "tie" ? 0 : (side === "left") === (left === 0) ? 1 : -1;

function verdictOf(given: { said: Side; other: Side; left: number; rule: OrderRule }): Side {
  const { said, other, left, rule } = given;
  const verdict = orderVerdict(preferred(said, left), preferred(other, 1 - left), rule);
  return verdict === 0 ? "tie" : towards(verdict === 1 ? 0 : 1, left);
}

function againOf(
  { rows }: StudyData,
  first: readonly { said: Side; other: Side; left: number }[],
): RePresentations {
  const at = Array.from(rows.annotator.keys()).filter((i) => rows.annotator[i] === MODEL);
  const of = (i: number) => first[rows.prompt[i]!]!;
  return {
    count: at.length,
    row: Int32Array.from(at),
    isOtherOrder: new Uint8Array(at.length).fill(1),
    left: Int32Array.from(at, (i) => 1 - of(i).left),
    choice: Uint8Array.from(at, (i) => CHOICES.indexOf(of(i).other)),
    first: Uint8Array.from(at, (i) => CHOICES.indexOf(of(i).said)),
  };
}

function agreementWith(judge: Judge, given: Parameters<typeof study>[1]) {
  const { modelAndHuman, alternativeAnnotator } = agreementSchema.parse(agreementOf(study(judge, given)));
  const [tested] = alternativeAnnotator;
  if (tested === undefined || "notEstimable" in tested) throw new Error("not tested");
  return { beside: modelAndHuman[0]!, tested };
}

const ORDERS: readonly Orders[] = ["one", "agree", "lean"];
const CROWDS = [
  ["people who guess", 0],
  ["people who see", 70],
] as const;

describe("a judge that says the same whatever it is shown", () => {
  const cases = Object.keys(BLIND).flatMap((name) =>
    ORDERS.flatMap((orders) => CROWDS.map(([crowd, see]) => ({ name, orders, crowd, see }))),
  );

  it.each(cases)("is named and never passes: $name, orders $orders, $crowd", ({ name, orders, see }) => {
    const { beside, tested } = agreementWith(BLIND[name]!, { see, orders });
    expect(beside.constant).toBe(CONSTANT[name] ?? name);
    expect(tested).toMatchObject({ passes: false, verdict: "no", reason: "constant" });
  });

  it("does not pass either where a few verdicts are drawn by lot", () => {
    const nearly: Judge = (seen) => {
      const lot = randomBelow(seen.random, 12);
      return lot === 0 ? "left" : lot === 1 ? "right" : "tie";
    };
    for (let seed = FIRST; seed < FIRST + times(4); seed++) {
      for (const [, see] of CROWDS) {
        const { beside, tested } = agreementWith(nearly, { see, orders: "one", seed: `nearly ${seed}` });
        expect(beside.constant).toBeNull();
        expect(tested.passes).toBe(false);
      }
    }
  });

  it("is told from one that reads, which passes", () => {
    const reads: Judge = ({ left, truth }) =>
      truth === "tie" ? "tie" : towards(truth === "left" ? 0 : 1, left);
    for (const orders of ORDERS) {
      const { beside, tested } = agreementWith(reads, { see: 60, orders });
      expect(beside.constant).toBeNull();
      expect((beside.exact!.kappa as { low: number }).low).toBeGreaterThan(0);
      expect(tested).toMatchObject({ passes: true, verdict: "yes", reason: "won" });
    }
  });

  it("is not told by fewer than ten verdicts", () => {
    const { modelAndHuman } = agreementOf(study(BLIND.tie!, { see: 50, orders: "one", prompts: 9 }));
    expect(modelAndHuman[0]!.constant).toBeNull();
  });
});
