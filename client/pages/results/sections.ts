import type { BlockName, Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import { type Section, SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { hasWithoutJudgments } from "../../../server/report-document/report-parts.ts";

/** Makes a section of the report from its block. */
export type MakeSection<Name extends BlockName> = (block: Blocks[Name], report: Report) => Section;

/** A section that is fetched once somebody looks: its code, and the block that it is made of. */
export interface FurtherSection<Name extends BlockName = BlockName> {
  key: SectionKey;
  block: Name;
  load: () => Promise<MakeSection<Name>>;
}

/** The sections below the first, in the order of `SECTION_TITLES`. */
export const FURTHER_SECTIONS: FurtherSection[] = [
  further("tests", "tests", async () => {
    const { testsSection } = await import("../../../server/report-document/sections/tests.ts");
    return (_, report) => testsSection(report as Report & { pairs: FullPair[] });
  }),
  further("components", "components", () =>
    import("../../../server/report-document/sections/components.ts").then((code) => code.componentsSection),
  ),
  further("prompts", "byPrompt", () =>
    import("../../../server/report-document/sections/prompts.ts").then((code) => code.promptsSection),
  ),
  further("ranking", "ranking", () =>
    import("../../../server/report-document/sections/ranking.ts").then((code) => code.rankingSection),
  ),
  further("agreement", "agreement", () =>
    import("../../../server/report-document/sections/agreement.ts").then((code) => code.agreementSection),
  ),
  further("judges", "judges", () =>
    import("../../../server/report-document/sections/judges.ts").then((code) => code.judgesSection),
  ),
  further("position", "position", () =>
    import("../../../server/report-document/sections/position.ts").then((code) => code.positionSection),
  ),
  further("annotators", "byAnnotator", () =>
    import("../../../server/report-document/sections/annotators.ts").then((code) => code.annotatorsSection),
  ),
  further("aggregation", "aggregation", () =>
    import("../../../server/report-document/sections/aggregation.ts").then((code) => code.aggregationSection),
  ),
  further("exclusions", "exclusions", () =>
    import("../../../server/report-document/sections/exclusions.ts").then((code) => code.exclusionsSection),
  ),
  further("blinding", "blinding", async () => {
    const { blindingSection } = await import("../../../server/report-document/sections/blinding.ts");
    return (block) =>
      block ? blindingSection(block) : { key: "blinding", title: SECTION_TITLES.blinding, parts: [] };
  }),
  further("skips", "skips", () =>
    import("../../../server/report-document/sections/skips.ts").then((code) => code.skipsSection),
  ),
  further("effects", "effects", () =>
    import("../../../server/report-document/sections/effects.ts").then((code) => code.effectsSection),
  ),
  further("slices", "slices", () =>
    import("../../../server/report-document/sections/slices.ts").then((code) => code.slicesSection),
  ),
  further("progress", "progress", () =>
    import("../../../server/report-document/sections/progress.ts").then((code) => code.progressSection),
  ),
];

/** Whether a report has a section: before anybody has judged few have anything to show, and an audit may not have been made. */
export const hasSection = (
  key: SectionKey,
  report: Pick<Report, "audited" | "judgments" | "skipped">,
): boolean =>
  report.judgments > 0 ? key !== "blinding" || report.audited === true : hasWithoutJudgments(key, report);

/** A list holds sections of every block; each still fits its own, which this proves where it is written. */
function further<Name extends BlockName>(
  key: SectionKey,
  block: Name,
  load: () => Promise<MakeSection<Name>>,
): FurtherSection {
  return { key, block, load } as unknown as FurtherSection;
}
