import { describe, expect, it } from "vitest";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";
import { FIRST, keepFigure, times } from "../../support/effort.ts";
import { judgedData, type Told } from "../../support/statistics/judged-data.ts";
import { normal, uniform } from "../../support/statistics/ranking-support.ts";
import { reportWithBlocks } from "../../support/statistics/report-of.ts";

interface Design {
  readonly prompts: number;
  readonly annotators: number;
  /** How much annotators differ. */
  readonly sd: number;
}

const DESIGNS: readonly Design[] = [
  { prompts: 60, annotators: 5, sd: 0 },
  { prompts: 80, annotators: 3, sd: 0.1 },
  { prompts: 40, annotators: 10, sd: 0.2 },
  { prompts: 60, annotators: 20, sd: 0.4 },
];
const BASELINES = 3;

/**
 * A study in which nothing is to be found: a target as good on average as each baseline, honest annotators of whom each
 * has a taste for each system, and a model that answers by lot. Closed and declared, so that every verdict is stated.
 */
function nullStudy({ prompts, annotators, sd }: Design, seed: number): StudyData {
  const random = uniform(seed);
  const judgments: Told[] = [];
  const judge = (annotator: number, of: Pick<Told, "prompt" | "right">, latent: number) => {
    const isTurned = random() < 0.5;
    const choice = latent > 0.3 ? "left" : latent < -0.3 ? "right" : "tie";
    const turned = choice === "left" ? "right" : choice === "right" ? "left" : "tie";
    const { prompt, right } = of;
    judgments.push({
      ...{ prompt, annotator, group: annotator === annotators ? 1 : 0 },
      ...(isTurned ? { left: right, right: 0, choice: turned } : { left: 0, right, choice }),
    });
  };
  for (let right = 1; right <= BASELINES; right++) {
    const taste = Array.from({ length: annotators }, () => sd * normal(random));
    for (let prompt = 0; prompt < prompts; prompt++) {
      const ease = 0.7 * normal(random);
      const first = Math.floor(random() * annotators);
      for (let k = 0; k < 3; k++) {
        const who = (first + k) % annotators;
        judge(who, { prompt, right }, ease + taste[who]! + normal(random));
      }
      judge(annotators, { prompt, right }, normal(random));
    }
  }
  const groups = [{ kind: "crowd" as const }, { kind: "model" as const, headline: false }];
  const data = judgedData({ judgments, systems: BASELINES + 1, target: 0, groups });
  const model = data.annotators.map((one, code) => ({ ...one, group: code === annotators ? 1 : 0 }));
  const study = { ...data.facts.study, state: "closed" as const, seed: String(seed) };
  const facts = { ...data.facts, study, declared: { analysis: DEFAULT_ANALYSIS, hash: "declared" } };
  return { ...data, annotators: model, facts };
}

/** Sentences that are false in a study in which nothing is to be found. */
const KINDS = {
  preference: /preferred\s+significantly\s+(more|less)\s+often/,
  blame: /not\s+shown\s+to\s+be\s+better\s+than\s+chance,\s+agreement|\bone\s+side,|\bone\s+answer,/,
  substitute: /\ba\d+:\s+yes\./,
} as const;

describe("of studies in which nothing is to be found", () => {
  const found = { preference: 0, blame: 0, substitute: 0 };
  const studies = times(20);
  for (let study = 0; study < studies; study++) {
    const design = DESIGNS[study % DESIGNS.length]!;
    const data = nullStudy(design, FIRST + 7 * study + 1);
    const report = reportWithBlocks(data);
    const written = formatReport(report, "text");
    if (KINDS.preference.test(written)) found.preference++;
    const people = report.byAnnotator.filter(({ group }) => group === "g0");
    if (people.some(({ pointedOut = [] }) => pointedOut.length > 0)) found.blame++;
    if (KINDS.substitute.test(written)) found.substitute++;
  }

  it.each(Object.keys(found) as (keyof typeof found)[])("few hold a false sentence: %s", (kind) => {
    keepFigure(`null studies with a false sentence of ${kind}`, found[kind], studies);
    // 5 % of 20 studies are one; four or more come by chance in 2 of 100 runs at 5 %, seeds being fixed here
    expect(found[kind], kind).toBeLessThanOrEqual(Math.max(4, 0.08 * studies));
  });
});
