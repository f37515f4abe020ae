import type { Pilot } from "../contract/plan.ts";
import type { PairComponents } from "../contract/report-components.ts";
import type { Pair, Report } from "../contract/report.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { ReportService } from "./report-service.ts";

class NoPilot extends TiebreakError {
  constructor(study: string, reason: string) {
    super("NoPilot", 400, `The study “${study}” cannot serve as a pilot: ${reason}.`);
  }
}

/**
 * What a study shows for the plan of another: the share of ties, and how two judgments of one prompt, and two of one
 * annotator, correlate: the parts that prompts and annotators have in the variance of a judgment, over all people and pairs,
 * each weighted by its judgments. Without a correlation of prompts where each had one judgment.
 * @throws StudyNotFound, and NoPilot where no pair shows how annotators vary
 */
export async function pilotOf(reports: Pick<ReportService, "answer">, study: string): Promise<Pilot> {
  const { pairs } = JSON.parse(await reports.answer({ study, part: "report" })) as Report;
  const components = JSON.parse(await reports.answer({ study, part: "components" })) as PairComponents[];
  return pilotFrom(study, pairs, components);
}

function pilotFrom(study: string, pairs: readonly Pair[], components: readonly PairComponents[]): Pilot {
  const people = pairs.filter(({ group, judgments }) => group === null && judgments > 0);
  if (people.length === 0) throw new NoPilot(study, "no person has judged anything");
  const rows = components.filter(({ group }) => group === null);
  const sums = { judgments: 0, withPrompts: 0, prompts: 0, annotators: 0, whole: 0 };
  for (const { judgments, components: of } of rows) {
    if ("notEstimable" in of) continue;
    const whole =
      of.annotators.variance.value + of.residual.variance.value + (of.prompts?.variance.value ?? 0);
    sums.judgments += judgments;
    sums.whole += judgments * whole;
    sums.annotators += judgments * of.annotators.variance.value;
    if (of.prompts === null) continue;
    sums.withPrompts += judgments * whole;
    sums.prompts += judgments * of.prompts.variance.value;
  }
  const [first] = rows.flatMap(({ components: of }) => ("notEstimable" in of ? [of.notEstimable] : []));
  if (sums.whole === 0) throw new NoPilot(study, first ?? "its judgments do not vary");
  const total = people.reduce((sum, { judgments }) => sum + judgments, 0);
  const round = (share: number) => Math.round(share * 1000) / 1000;
  return {
    ties: round(people.reduce((sum, { tie }) => sum + tie.count, 0) / total),
    ...(sums.withPrompts > 0 ? { correlation: round(sums.prompts / sums.withPrompts) } : {}),
    annotatorCorrelation: round(sums.annotators / sums.whole),
    judgments: sums.judgments,
    annotators: Math.max(...rows.map(({ annotators }) => annotators)),
  };
}
