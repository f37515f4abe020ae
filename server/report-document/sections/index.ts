import type { BlockName, FullReport } from "../../contract/report.ts";
import { NO_SKIPS } from "../../contract/report-skips.ts";
import type { ReportDocument, Section, SectionKey } from "../document.ts";
import { hasWithoutJudgments } from "../report-parts.ts";
import { opening } from "../sentences.ts";
import { SEE_WEAKNESSES, standsOutLine } from "../stands-out.ts";
import { verdictSentences } from "../verdict-summary.ts";
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
import { weaknessesSection } from "./weaknesses.ts";

/** Which section a block of the report becomes. */
export const SECTION_OF_BLOCK: Readonly<Record<BlockName, SectionKey>> = {
  ...{ tests: "tests", components: "components", byPrompt: "prompts", ranking: "ranking" },
  ...{ agreement: "agreement", judges: "judges", position: "position", byAnnotator: "annotators" },
  ...{ aggregation: "aggregation", exclusions: "exclusions", blinding: "blinding", skips: "skips" },
  ...{ effects: "effects", slices: "slices", progress: "progress" },
};

type Make = (report: FullReport, guidelines: readonly string[]) => Section | null;

/** The sections in their order; null where a report has none of that name. */
const SECTIONS: Readonly<Record<SectionKey, Make>> = {
  pairs: pairsSection,
  weaknesses: (report) => weaknessesSection(report, report),
  study: studySection,
  tests: testsSection,
  components: (report) => componentsSection(report.components ?? [], report),
  prompts: (report) => promptsSection(report.byPrompt ?? [], report),
  ranking: (report) => rankingSection(report.ranking, report),
  agreement: ({ agreement }) => agreementSection(agreement),
  judges: (report) => judgesSection(report.judges, report),
  position: (report) => positionSection(report.position, report),
  annotators: (report) => annotatorsSection(report.byAnnotator, report),
  aggregation: ({ aggregation }) => aggregationSection(aggregation),
  exclusions: ({ exclusions }) => exclusionsSection(exclusions),
  blinding: ({ blinding }) => (blinding ? blindingSection(blinding) : null),
  skips: (report) => skipsSection(report.skips ?? NO_SKIPS, report),
  effects: ({ effects }) => effectsSection(effects),
  slices: ({ slices }) => slicesSection(slices),
  progress: ({ progress }) => progressSection(progress),
};

interface DocumentOptions {
  /** One section alone, for which the report needs that section's block and no other; null: all of them. */
  readonly only?: SectionKey | null;
  /** What puts every text on one line and frees it of control characters. */
  readonly clean?: (report: FullReport) => FullReport;
}

/** The line on who stands out, where the report has a block on annotators. */
function standsOut({ byAnnotator, groups }: Partial<FullReport> & Pick<FullReport, "groups">): string[] {
  const line = byAnnotator ? standsOutLine(byAnnotator, groups) : null;
  return line === null ? [] : [`${line} ${SEE_WEAKNESSES}`];
}

/**
 * The whole report, or a section of it, in words and tables, every text in it on one line and free of control characters.
 * Without judgments it is what the study asks, what to do next, and what there is besides figures.
 */
export function documentOf(given: FullReport, options: DocumentOptions = {}): ReportDocument {
  const { only = null, clean = withoutControls<FullReport> } = options;
  const guidelines = withoutControls(given.about.guidelines?.trim().split(/\r?\n/) ?? []);
  const report = clean(given);
  const [title = "", ...about] = opening(report);
  const isJudged = report.judgments > 0;
  const keys = (Object.keys(SECTIONS) as SectionKey[]).filter(
    (key) => (only === null || key === only) && (isJudged || hasWithoutJudgments(key, report)),
  );
  const reading = isJudged ? "Brackets: 95 % intervals. –: no figure, for the reason below the table. " : "";
  return {
    ...{ title, about, notes: [...report.notes, ...(isJudged ? standsOut(report) : [])] },
    verdicts: only === null || only === "pairs" ? verdictSentences(report) : [],
    sections: keys.flatMap((key) => SECTIONS[key](report, guidelines) ?? []),
    closing: `${reading}Seed ${report.seed}, ${report.estimator}. Methods: docs/methods. Every figure in full: --format json, or csv --part all.`,
  };
}
