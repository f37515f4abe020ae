import type { FullReport } from "../../contract/report.ts";
import { NO_SKIPS } from "../../contract/report-skips.ts";
import type { ReportDocument } from "../document.ts";
import { opening } from "../sentences.ts";
import { standsOutNote } from "../stands-out.ts";
import { withoutControls } from "../write/plain-text.ts";
import { aggregationSection } from "./aggregation.ts";
import { agreementSection } from "./agreement.ts";
import { annotatorsSection } from "./annotators.ts";
import { blindingSection } from "./blinding.ts";
import { componentsSection } from "./components.ts";
import { effectsSection } from "./effects.ts";
import { exclusionsSection } from "./exclusions.ts";
import { judgesSection } from "./judges.ts";
import { pairsSection } from "./pairs.ts";
import { positionSection } from "./position.ts";
import { progressSection } from "./progress.ts";
import { promptsSection } from "./prompts.ts";
import { rankingSection } from "./ranking.ts";
import { skipsSection } from "./skips.ts";
import { slicesSection } from "./slices.ts";
import { studySection } from "./study.ts";
import { testsSection } from "./tests.ts";

/**
 * The whole report in words and tables, every text in it on one line and free of control characters.
 * @param clean what makes it so
 */
export function documentOf(given: FullReport, clean = withoutControls<FullReport>): ReportDocument {
  const guidelines = given.about.guidelines?.trim().split(/\r?\n/) ?? [];
  const report = clean(given);
  const [title = "", ...about] = opening(report);
  const standsOut = standsOutNote(report.byAnnotator);
  return {
    ...{ title, about, notes: standsOut === null ? report.notes : [...report.notes, standsOut] },
    sections: [
      studySection(report, withoutControls(guidelines)),
      pairsSection(report),
      testsSection(report),
      componentsSection(report.components ?? [], report),
      promptsSection(report.byPrompt ?? [], report),
      rankingSection(report.ranking, report),
      agreementSection(report.agreement),
      judgesSection(report.judges, report),
      positionSection(report.position, report),
      annotatorsSection(report.byAnnotator, report),
      aggregationSection(report.aggregation),
      exclusionsSection(report.exclusions),
      ...(report.blinding ? [blindingSection(report.blinding)] : []),
      skipsSection(report.skips ?? NO_SKIPS, report),
      effectsSection(report.effects),
      slicesSection(report.slices),
      progressSection(report.progress),
    ],
    closing:
      `Brackets: 95 % intervals. –: no figure, for the reason below the table. Seed ${report.seed}, ` +
      `${report.estimator}. Methods: docs/methods. Every figure in full: --format json, or csv --part all.`,
  };
}
