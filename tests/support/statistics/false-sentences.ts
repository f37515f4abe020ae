import type { JudgeExtras } from "../../../server/analysis/judges/read-judges.ts";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { FEATURES } from "../../../server/statistics/judgments/text-features.ts";
import { annotatorsShare, NULL_DESIGNS, type NullDesign, nullStudy } from "./null-study.ts";
import { normal, uniform } from "./ranking-support.ts";
import { reportWithBlocks } from "./report-of.ts";

/** What a report on nothing may say falsely. */
export const FALSE_KINDS = [
  "preference",
  "margin",
  "order",
  "advice",
  "blame",
  "bias",
  "substitute",
] as const;
export type FalseKind = (typeof FALSE_KINDS)[number];

/** The kinds of false sentences in the whole report on a study in which nothing is to be found. @param n which study */
export function falseSentencesOf(n: number): Set<FalseKind> {
  const design = NULL_DESIGNS[n % NULL_DESIGNS.length]!;
  const seed = 7 * n + 1;
  const whole = nullStudy(design, seed);
  if (!design.look) return falseIn(whole, design);
  const half = atLook(nullStudy(design, seed, 0.5));
  return new Set([...falseIn(half, design), ...falseIn(afterLook(whole, half), design)]);
}

const takenAt = ({ slots }: StudyData) => [slots];
const withLooks = (data: StudyData, looks: StudyData["facts"]["declared"]["looks"]): StudyData => ({
  ...data,
  facts: { ...data.facts, declared: { ...data.facts.declared, looks: looks! } },
});
const atLook = (data: StudyData) => withLooks(data, takenAt(data));
const afterLook = (data: StudyData, look: StudyData) => withLooks(data, takenAt(look));

function falseIn(data: StudyData, design: NullDesign): Set<FalseKind> {
  const report = reportWithBlocks(data, lengthsOf(data));
  const written = formatReport(report, "text").replace(/\s+/g, " ");
  const people = report.byAnnotator.filter(({ group }) => group === "g0");
  const holds: Record<FalseKind, boolean> = {
    preference: (design.margin === undefined
      ? /preferred significantly (more|less) often/
      : /preferred significantly more often/
    ).test(written),
    margin:
      design.margin !== undefined &&
      / It is not worse by more than|The difference is within that margin/.test(written),
    order:
      design.margin === undefined &&
      /does not fit these pairs|All ranges together leave the first place/.test(written),
    advice: (annotatorsShare(design) < 0.5
      ? /More annotators would narrow the interval more/
      : /More prompts would narrow the interval more/
    ).test(written),
    blame: people.some(({ pointedOut = [] }) => pointedOut.length > 0),
    bias: /Flag: it (chooses by position|is constant)|Flag: its choice goes with length|the interval excludes an even split/.test(
      written,
    ),
    substitute: /\ba\d+: yes\./.test(written),
  };
  return new Set(FALSE_KINDS.filter((kind) => holds[kind]));
}

/** Responses whose lengths and marks nobody minds, and prompts of two sources. */
export function lengthsOf({ prompts, facts }: StudyData): JudgeExtras {
  const random = uniform(prompts.length + Number(facts.study.seed));
  const systems = facts.systems.length;
  const count = prompts.length * systems;
  const draw = () =>
    Float64Array.from({ length: count }, () => Math.round(400 * Math.exp(0.5 * normal(random))));
  return {
    texts: {
      placeOf: ({ prompt, system }) => prompt * systems + system,
      columns: FEATURES.map((name) =>
        name === "length" ? draw() : draw().map((of) => Math.floor(of / 200)),
      ),
    },
    fields: {
      lengths: Float64Array.from(prompts, () => 200),
      fields: [{ name: "source", values: ["a", "b"], codes: Int32Array.from(prompts, (_, i) => i % 2) }],
    },
    calls: new Map(),
  };
}
