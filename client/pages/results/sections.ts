import type { BlockName, Blocks, FullPair, Report } from "../../../server/contract/report.ts";
import type { Section, SectionKey } from "../../../server/report-document/document.ts";

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
  further(
    ...(["ranking", "ranking"] as const),
    async () => (await import("../../../server/report-document/sections/ranking.ts")).rankingSection,
  ),
  further(
    ...(["agreement", "agreement"] as const),
    async () => (await import("../../../server/report-document/sections/agreement.ts")).agreementSection,
  ),
  further(
    ...(["judges", "judges"] as const),
    async () => (await import("../../../server/report-document/sections/judges.ts")).judgesSection,
  ),
  further(
    ...(["position", "position"] as const),
    async () => (await import("../../../server/report-document/sections/position.ts")).positionSection,
  ),
  further(
    ...(["annotators", "byAnnotator"] as const),
    async () => (await import("../../../server/report-document/sections/annotators.ts")).annotatorsSection,
  ),
  further(
    ...(["aggregation", "aggregation"] as const),
    async () => (await import("../../../server/report-document/sections/aggregation.ts")).aggregationSection,
  ),
  further(
    ...(["exclusions", "exclusions"] as const),
    async () => (await import("../../../server/report-document/sections/exclusions.ts")).exclusionsSection,
  ),
  further(
    ...(["skips", "skips"] as const),
    async () => (await import("../../../server/report-document/sections/skips.ts")).skipsSection,
  ),
  further(
    ...(["effects", "effects"] as const),
    async () => (await import("../../../server/report-document/sections/effects.ts")).effectsSection,
  ),
  further(
    ...(["slices", "slices"] as const),
    async () => (await import("../../../server/report-document/sections/slices.ts")).slicesSection,
  ),
  further(
    ...(["progress", "progress"] as const),
    async () => (await import("../../../server/report-document/sections/progress.ts")).progressSection,
  ),
];

/** A list holds sections of every block; each still fits its own, which this proves where it is written. */
function further<Name extends BlockName>(
  key: SectionKey,
  block: Name,
  load: () => Promise<MakeSection<Name>>,
): FurtherSection {
  return { key, block, load } as unknown as FurtherSection;
}
