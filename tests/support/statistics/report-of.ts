import { agreementOf } from "../../../server/analysis/agreement/agreement.ts";
import { byAnnotatorOf } from "../../../server/analysis/annotators/annotators.ts";
import { componentsOf } from "../../../server/analysis/components/components.ts";
import { effectsOf } from "../../../server/analysis/effects/effects.ts";
import { judgeFiguresOf } from "../../../server/analysis/judges/judges.ts";
import type { JudgeExtras } from "../../../server/analysis/judges/read-judges.ts";
import { type PairsToReport, reportPairs } from "../../../server/analysis/pairs/pairs.ts";
import { testsOf } from "../../../server/analysis/pairs/tests.ts";
import { positionOf } from "../../../server/analysis/position/position.ts";
import { rankingOf } from "../../../server/analysis/ranking/ranking.ts";
import { declaredOf } from "../../../server/analysis/rows/declared-slots.ts";
import { listPairs, PairRanges } from "../../../server/analysis/rows/pair-list.ts";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import { slicesOf } from "../../../server/analysis/slices/slices.ts";
import type { FullReport } from "../../../server/contract/report.ts";
import { fullReport } from "../full-report.ts";

/** The pairs of all people and of each group of models. */
function toReport({ facts, rows }: StudyData): PairsToReport {
  const ranges = new PairRanges(rows);
  const models = facts.groups.flatMap(({ name, kind }) => (kind === "model" ? [name] : []));
  return { facts, rows, pairs: listPairs(facts, ranges), ranges, groups: [null, ...models] };
}

/** A report of all people and, where there is one, of the model g1, with its pairs and their tests. */
export function reportOf(data: StudyData): FullReport {
  const { facts, rows } = data;
  const wanted = toReport(data);
  const tests = testsOf(data, wanted);
  const head = reportPairs(wanted);
  const group = { headline: true, annotators: 1, judgments: 1 };
  const { status } = tests[0]![tests[0]!.conclusion.test];
  const first = {
    ...{ study: "s", publicTitle: "t", state: facts.study.state, notes: [], seed: "x", estimator: "v" },
    ...{ judgments: rows.count, comparisons: 1, prompts: 1, annotators: 1, repeats: 0, surplus: 0 },
    ...{ slots: data.slots, about: facts.about, snapshot: null, pairs: head },
    analysis: { ...facts.declared.analysis, status, protocolHash: "declared" },
    groups: facts.groups.map(({ name, kind }) => ({ name, kind, ...group, headline: kind !== "model" })),
  };
  return { ...fullReport(first), pairs: head.map((pair, i) => ({ ...pair, ...tests[i]! })) };
}

/** The same with every other block that sentences are drawn from. @param extras texts and fields of the prompts */
export function reportWithBlocks(data: StudyData, extras: JudgeExtras): FullReport {
  const report = reportOf(data);
  return {
    ...report,
    analysis: declaredOf(data),
    components: componentsOf(toReport(data)),
    judges: judgeFiguresOf(data, extras),
    effects: effectsOf(data, extras.texts),
    slices: slicesOf(data, extras.fields),
    agreement: agreementOf(data),
    ranking: rankingOf(data),
    position: positionOf(data),
    byAnnotator: byAnnotatorOf(data, { repeats: [], checks: [] }),
  };
}
