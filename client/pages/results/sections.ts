import type { BlockName } from "../../../server/contract/report.ts";
import { results as words } from "../../words/en/results.ts";
import type { Section } from "./block-section.tsx";

const { sections: titles } = words;

/** The further blocks of the page in their order; the code of each comes when somebody looks at it. */
export const SECTIONS: Section[] = [
  section({
    ...{ name: "tests", title: titles.tests },
    load: async () => (await import("./blocks/tests-block.tsx")).TestsBlock,
  }),
  section({
    ...{ name: "ranking", title: titles.ranking },
    load: async () => (await import("./blocks/ranking-block.tsx")).RankingBlock,
  }),
  section({
    ...{ name: "agreement", title: titles.agreement },
    load: async () => (await import("./blocks/agreement-block.tsx")).AgreementBlock,
  }),
  section({
    ...{ name: "judges", title: titles.judges },
    load: async () => (await import("./blocks/judges-block.tsx")).JudgesBlock,
  }),
  section({
    ...{ name: "byAnnotator", title: titles.byAnnotator },
    load: async () => (await import("./blocks/annotators-block.tsx")).AnnotatorsBlock,
  }),
  section({
    ...{ name: "position", title: titles.position },
    load: async () => (await import("./blocks/position-block.tsx")).PositionBlock,
  }),
  section({
    ...{ name: "effects", title: titles.effects },
    load: async () => (await import("./blocks/effects-block.tsx")).EffectsBlock,
  }),
  section({
    ...{ name: "slices", title: titles.slices },
    load: async () => (await import("./blocks/slices-block.tsx")).SlicesBlock,
  }),
  section({
    ...{ name: "progress", title: titles.progress },
    load: async () => (await import("./blocks/progress-block.tsx")).ProgressBlock,
  }),
  section({
    ...{ name: "aggregation", title: titles.aggregation },
    load: async () => (await import("./blocks/aggregation-block.tsx")).AggregationBlock,
  }),
  section({
    ...{ name: "exclusions", title: titles.exclusions },
    load: async () => (await import("./blocks/exclusions-block.tsx")).ExclusionsBlock,
  }),
  section({
    ...{ name: "skips", title: titles.skips },
    load: async () => (await import("./blocks/skips-block.tsx")).SkipsBlock,
  }),
];

/** A list holds sections of every name; each still fits its own block, which this proves where it is written. */
function section<Name extends BlockName>(one: Section<Name>): Section {
  return one as unknown as Section;
}
