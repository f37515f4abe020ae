import type { BlockName, Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import { type Section, type SectionKey, sectionOf } from "../../../server/report-document/document.ts";
import { hasWithoutJudgments } from "../../../server/report-document/report-parts.ts";

/** Makes a section of the report from its blocks, which are all there. */
export type MakeSection = (blocks: Blocks, report: Report) => Section;

/** A section whose code and blocks are fetched after the figure. */
export interface FurtherSection {
  key: SectionKey;
  blocks: readonly BlockName[];
  load: () => Promise<MakeSection>;
  /** Whether it stands open and is about every group; the others are folded to their findings. */
  isOpen?: true;
}

/** The sections below the first, in the order of `SECTION_TITLES`. */
export const FURTHER_SECTIONS: readonly FurtherSection[] = [
  {
    ...{ key: "weaknesses", blocks: ["byAnnotator", "position", "agreement", "effects"], isOpen: true },
    load: async () => {
      const { weaknessesSection } = await import("../../../server/report-document/sections/weaknesses.ts");
      return weaknessesSection;
    },
  },
  {
    ...{ key: "study", blocks: [] },
    load: async () => {
      const { studySection } = await import("../../../server/report-document/sections/study.ts");
      return (_, report) => studySection(report, report.about.guidelines?.trim().split(/\r?\n/) ?? []);
    },
  },
  of("tests", "tests", async () => {
    const { testsSection } = await import("../../../server/report-document/sections/tests.ts");
    return (_, report) => testsSection(report as Report & { pairs: FullPair[] });
  }),
  of("components", "components", () =>
    import("../../../server/report-document/sections/components.ts").then((code) => code.componentsSection),
  ),
  of("prompts", "byPrompt", () =>
    import("../../../server/report-document/sections/prompts.ts").then((code) => code.promptsSection),
  ),
  of("ranking", "ranking", () =>
    import("../../../server/report-document/sections/ranking.ts").then((code) => code.rankingSection),
  ),
  of("agreement", "agreement", () =>
    import("../../../server/report-document/sections/agreement.ts").then((code) => code.agreementSection),
  ),
  of("judges", "judges", () =>
    import("../../../server/report-document/sections/judges.ts").then((code) => code.judgesSection),
  ),
  of("position", "position", () =>
    import("../../../server/report-document/sections/position.ts").then((code) => code.positionSection),
  ),
  of("annotators", "byAnnotator", () =>
    import("../../../server/report-document/sections/annotators.ts").then((code) => code.annotatorsSection),
  ),
  of("aggregation", "aggregation", () =>
    import("../../../server/report-document/sections/aggregation.ts").then((code) => code.aggregationSection),
  ),
  of("exclusions", "exclusions", () =>
    import("../../../server/report-document/sections/exclusions.ts").then((code) => code.exclusionsSection),
  ),
  of("blinding", "blinding", async () => {
    const { blindingSection } = await import("../../../server/report-document/sections/blinding.ts");
    return (block) => (block ? blindingSection(block) : sectionOf("blinding", null, []));
  }),
  of("skips", "skips", () =>
    import("../../../server/report-document/sections/skips.ts").then((code) => code.skipsSection),
  ),
  of("effects", "effects", () =>
    import("../../../server/report-document/sections/effects.ts").then((code) => code.effectsSection),
  ),
  of("slices", "slices", () =>
    import("../../../server/report-document/sections/slices.ts").then((code) => code.slicesSection),
  ),
  of("progress", "progress", () =>
    import("../../../server/report-document/sections/progress.ts").then((code) => code.progressSection),
  ),
];

/** Whether a report has a section: before anybody has judged few have anything to show, and an audit may not have been made. */
export const hasSection = (
  key: SectionKey,
  report: Pick<Report, "audited" | "judgments" | "skipped">,
): boolean =>
  report.judgments > 0 ? key !== "blinding" || report.audited === true : hasWithoutJudgments(key, report);

/** A section of one block. */
function of<Name extends BlockName>(
  key: SectionKey,
  block: Name,
  load: () => Promise<(block: Blocks[Name], report: Report) => Section>,
): FurtherSection {
  const make = async (): Promise<MakeSection> => {
    const section = await load();
    return (blocks, report) => section(blocks[block], report);
  };
  return { key, blocks: [block], load: make };
}
