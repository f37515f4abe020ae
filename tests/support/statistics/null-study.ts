import { CHOICES } from "../../../server/analysis/rows/judgment-columns.ts";
import type { RePresentations } from "../../../server/analysis/rows/re-presentations.ts";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { orderVerdict, type Preference } from "../../../server/statistics/judgments/order-verdict.ts";
import { normalCdf } from "../../../server/statistics/special/normal-cdf.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";
import { judgedData, type Told } from "./judged-data.ts";
import { normal, uniform } from "./ranking-support.ts";

/** A kind of study in which nothing is to be found. */
export interface NullDesign {
  readonly prompts: number;
  readonly annotators: number;
  /** How much annotators differ in their taste for a pair of systems. */
  readonly sd: number;
  readonly systems: number;
  /** Every two systems are compared; else a target with all others. */
  readonly allPairs?: true;
  /** Models, each of which answers by lot. */
  readonly models: number;
  /** Models are asked in both orders. */
  readonly bothOrders?: true;
  /** A look was declared at half of the judgments, and a report is read at it, too. */
  readonly look?: true;
  /** The declared margin, by which the target is worse than each baseline. */
  readonly margin?: number;
}

export const NULL_DESIGNS: readonly NullDesign[] = [
  { prompts: 60, annotators: 5, sd: 0, systems: 4, models: 1 },
  { prompts: 80, annotators: 3, sd: 0.1, systems: 4, models: 1, bothOrders: true },
  { prompts: 40, annotators: 10, sd: 0.2, systems: 4, models: 3 },
  { prompts: 60, annotators: 20, sd: 0.4, systems: 4, models: 1 },
  { prompts: 20, annotators: 6, sd: 0.2, systems: 5, allPairs: true, models: 3, bothOrders: true },
  { prompts: 60, annotators: 5, sd: 0.4, systems: 2, models: 8 },
  { prompts: 80, annotators: 8, sd: 0.2, systems: 3, models: 1, look: true },
  { prompts: 100, annotators: 10, sd: 0.1, systems: 3, models: 1, margin: 0.05 },
];

/** Judgments of people per comparison. */
const EACH = 3;
/** How much prompts differ; noise has sd 1, and a tie lies within .3 of 0. */
const [PROMPTS, CUT] = [0.7, 0.3];

/** Of a latent variable of people: what prompts, annotators and noise add to the variance of the mean. */
export const annotatorsShare = ({ prompts, annotators, sd }: NullDesign): number => {
  const others = PROMPTS ** 2 / prompts + 1 / (prompts * EACH);
  return sd ** 2 / annotators / (sd ** 2 / annotators + others);
};

/** The mean of a latent variable whose half-tie rate is one half less the margin. */
function leanOf({ sd, margin = 0 }: NullDesign): number {
  const spread = Math.sqrt(1 + PROMPTS ** 2 + sd ** 2);
  const rate = (mean: number) => (normalCdf((mean - CUT) / spread) + normalCdf((mean + CUT) / spread)) / 2;
  let [low, high] = [-2, 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rate(middle) < 0.5 - margin) low = middle;
    else high = middle;
  }
  return margin === 0 ? 0 : low;
}

const preferred = (latent: number): Preference => (latent > CUT ? 1 : latent < -CUT ? -1 : 0);
const choiceOf = (left: number): Told["choice"] => (left === 0 ? "tie" : left > 0 ? "left" : "right");

/** What a model chose when it was asked in the other order. */
interface Other {
  readonly of: Told;
  readonly choice: Told["choice"];
  readonly first: Told["choice"];
}

/**
 * A study in which nothing is to be found: systems that are as good as each other on average, honest annotators of whom each
 * has a taste for each pair, and models that answer by lot. Declared, and closed unless it is read at a look.
 * @param share of the judgments of people that are there: 0.5 at a look, else 1
 */
export function nullStudy(design: NullDesign, seed: number, share = 1): StudyData {
  const { prompts, annotators, systems, models, allPairs, bothOrders, sd } = design;
  const random = uniform(seed);
  const [people, ofModels, others]: [Told[], Told[], Other[]] = [[], [], []];
  const judge = (
    to: Told[],
    who: Pick<Told, "annotator" | "group">,
    latent: number,
    pair: readonly number[],
  ) => {
    const isTurned = random() < 0.5;
    const side = preferred(latent) * (isTurned ? -1 : 1);
    const [prompt, left, right] = [pair[0]!, pair[isTurned ? 2 : 1]!, pair[isTurned ? 1 : 2]!];
    to.push({ ...who, prompt, left, right, choice: choiceOf(side) });
    return side as Preference;
  };
  const lean = leanOf(design);
  for (let left = 0; left < (allPairs ? systems - 1 : 1); left++) {
    for (let right = left + 1; right < systems; right++) {
      const taste = Array.from({ length: annotators }, () => sd * normal(random));
      for (let prompt = 0; prompt < prompts; prompt++) {
        const ease = lean + PROMPTS * normal(random);
        const from = Math.floor(random() * annotators);
        for (let k = 0; k < EACH; k++) {
          const annotator = (from + k) % annotators;
          judge(people, { annotator, group: 0 }, ease + taste[annotator]! + normal(random), [
            prompt,
            left,
            right,
          ]);
        }
        for (let model = 0; model < models; model++) {
          const who = { annotator: annotators + model, group: 1 };
          const first = judge(ofModels, who, normal(random), [prompt, left, right]);
          if (!bothOrders) continue;
          const again = preferred(normal(random));
          const of = ofModels.at(-1)!;
          others.push({ of, first: of.choice, choice: choiceOf(again) });
          of.choice = choiceOf(orderVerdict(first, -again as Preference, DEFAULT_ANALYSIS.orderRule));
        }
      }
    }
  }
  const there = people.filter(() => share === 1 || random() < share);
  const groups = [{ kind: "crowd" as const }, { kind: "model" as const, headline: false }];
  const judgments = [...there, ...ofModels];
  const data = judgedData({ judgments, systems, groups, ...(allPairs ? {} : { target: 0 }) });
  const slots = { wanted: people.length, judged: there.length };
  const analysis = {
    ...DEFAULT_ANALYSIS,
    ...(design.margin === undefined ? {} : { margin: design.margin }),
    ...(design.look ? { looks: { at: [0.5], spending: "pocock" as const } } : {}),
  };
  const study = {
    ...data.facts.study,
    state: share === 1 ? ("closed" as const) : ("paused" as const),
    seed: String(seed),
  };
  return {
    ...data,
    slots,
    annotators: data.annotators.map((one, code) => ({ ...one, group: code < annotators ? 0 : 1 })),
    again: againOf(data, others),
    facts: { ...data.facts, study, declared: { analysis, hash: "declared" } },
  };
}

function againOf({ rows }: StudyData, others: readonly Other[]): RePresentations {
  const key = (one: { prompt: number; low: number; high: number; annotator: number }) =>
    `${one.prompt} ${one.low} ${one.high} ${one.annotator}`;
  const places = new Map<string, number>();
  for (let i = 0; i < rows.count; i++) {
    const at = { prompt: rows.prompt[i]!, low: rows.low[i]!, high: rows.high[i]! };
    places.set(key({ ...at, annotator: rows.annotator[i]! }), i);
  }
  const found = others
    .map(({ of, ...one }) => {
      const [low, high] = [Math.min(of.left, of.right), Math.max(of.left, of.right)];
      return { ...one, left: of.right, row: places.get(key({ ...of, low, high }))! };
    })
    .sort((a, b) => a.row - b.row);
  return {
    count: found.length,
    row: Int32Array.from(found, ({ row }) => row),
    isOtherOrder: new Uint8Array(found.length).fill(1),
    left: Int32Array.from(found, ({ left }) => left),
    choice: Uint8Array.from(found, ({ choice }) => CHOICES.indexOf(choice)),
    first: Uint8Array.from(found, ({ first }) => CHOICES.indexOf(first)),
  };
}
