import type { ModelCalls } from "../../contract/model-calls.ts";
import type { Judge, Judges } from "../../contract/report-judges.ts";
import { turnedStrength } from "./model-strengths.ts";
import { asReported, pairsAsReported } from "./model-versions.ts";
import type { StudyData } from "../rows/study-data.ts";
import { besidePeople } from "./judge-beside.ts";
import { holm } from "../../statistics/tests/holm.ts";
import { constantOf } from "./judge-constant.ts";
import { someReconstructed } from "../rows/outcomes.ts";
import { type JudgeRows, judgesOf } from "./judge-data.ts";
import { juriesOf } from "./judge-jury.ts";
import { lengthOf } from "./judge-length.ts";
import { ordersOf } from "./judge-orders.ts";
import { ownSystemOf } from "./judge-own-system.ts";
import { againstPeople } from "./judge-people.ts";
import { withoutMadeUp } from "./judge-reconstructed.ts";
import { togetherOf } from "./judge-together.ts";
import type { JudgeExtras } from "./read-judges.ts";

/**
 * Models as annotators: whether they hold to their verdicts, what bends these, where they differ from people, and what
 * they cost. `extras` null: no model belongs to the study.
 */
export function judgeFiguresOf(data: StudyData, extras: JudgeExtras | null): Judges {
  const { orderRule } = data.facts.declared.analysis;
  if (extras === null) return { orderRule, judges: [], juries: [] };
  const judges = judgesOf(data);
  return {
    orderRule,
    judges: flagsCorrected(judges.map((judge) => figuresOf(data, judge, extras))),
    juries: juriesOf(data, judges),
  };
}

/** The share of reports on models without a bias that may flag one: half of 5 %, as there is a sentence on people’s sides, too. */
const FLAGGED_IN = 0.025;

/** Keeps the flags that are left after correction by Holm over the tests of all models, of their sides and of lengths. */
function flagsCorrected(judges: readonly Judge[]): Judge[] {
  const tested = judges.flatMap(({ positionP, length }) => [positionP, length.p]);
  const corrected = holm(tested.map((p) => p ?? 1));
  const isLeft = (test: number) => corrected[test]! < FLAGGED_IN;
  return judges.map((judge, i) => ({
    ...judge,
    positionBias: judge.positionBias && isLeft(2 * i),
    length: { ...judge.length, prefersLength: judge.length.prefersLength && isLeft(2 * i + 1) },
  }));
}

function figuresOf(data: StudyData, judge: JudgeRows, { texts, fields, calls }: JudgeExtras): Judge {
  const { name, group } = data.annotators[judge.code]!;
  const beside = besidePeople(data, judge);
  const { models = [], ...own } = calls.get(judge.code) ?? {};
  const names = [name, ...models, ...("reportedModels" in own ? own.reportedModels : [])];
  const figures = {
    ...{ annotator: name, group: data.facts.groups[group]!.name, verdicts: judge.at.length },
    constant: constantOf(data, [judge]),
    ...ordersOf(data, judge),
    length: lengthOf(data, judge, { beside, texts }),
    ownSystem: ownSystemOf(data, judge, { beside, names }),
    besidePeople: againstPeople(data, judge, { beside, texts, fields }),
    calls: "runs" in own ? callsAs(data, own) : null,
  };
  const reconstructed = someReconstructed(data.rows, judge.at);
  if (reconstructed || someReconstructed(data.rows, beside.people))
    return withoutMadeUp(figures, { own: reconstructed });
  const together = togetherOf(data, judge);
  return { ...figures, ...(together.length > 0 && { together }) };
}

const callsAs = (
  data: StudyData,
  { versions, strengths, ...calls }: Omit<ModelCalls, "models">,
): Judge["calls"] => ({
  ...calls,
  ...(versions && { versions: asReported(data, versions) }),
  ...(strengths && { strengths: pairsAsReported(data, strengths, turnedStrength) }),
});
