import type { FullReport } from "../../contract/report.ts";
import type { Effects, StyleEffects } from "../../contract/report-effects.ts";
import { DASH, estimateCell, whole } from "../cells.ts";
import { type Block, type DocumentSection, heading, paragraph, type Table, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { firstOf } from "./pairs.ts";

const GUIDE =
  "A logistic model of the choice on the differences between two responses. Coefficient: change of the log odds of " +
  "being preferred for one standard deviation more of a feature, the rest being equal. More preferred: how often the " +
  "response with more of it was preferred. Length-controlled: what the half-tie rate would be had the responses been " +
  "equally long; it stands beside the raw one, never in its place.";

/** What length, formatting, side and prompts seen before do to judgments. */
export function effectsSection(report: FullReport): DocumentSection {
  const { style, styleByGroup, seenPrompts } = report.effects;
  const target = targetOf(report);
  return {
    key: "effects",
    title: "Length and formatting",
    blocks: [
      paragraph(GUIDE),
      ...styleBlocks(style, { title: "All people", key: "effects", target }),
      ...styleByGroup.flatMap(({ group, style }, i) =>
        styleBlocks(style, { title: group, key: `effects-${i + 1}`, target }),
      ),
      heading("Prompts seen before"),
      ...seenBlocks(seenPrompts),
    ],
  };
}

interface StyleGiven {
  readonly title: string;
  readonly key: string;
  readonly target: string | null;
}

function styleBlocks(style: StyleEffects, { title, key, target }: StyleGiven): Block[] {
  if ("notEstimable" in style) return [heading(title), paragraph(`Not estimable: ${style.notEstimable}.`)];
  return [
    heading(title),
    paragraph(`${counted(style.judgments, "judgment")} whose two responses are both loaded.`),
    tableBlock(featureTable(style, { title, key, target })),
    ...(style.lengthControlled.length > 0
      ? [tableBlock(controlledTable(style, { title, key, target }))]
      : []),
  ];
}

type Made = Exclude<StyleEffects, { notEstimable: string }>;
type Feature = Made["features"][number];

function featureTable({ left, features }: Made, { title, key }: StyleGiven): Table {
  const rows: (Pick<Feature, "coefficient"> & {
    feature: string;
    morePreferred: Feature["morePreferred"] | null;
  })[] = [{ feature: "stands on the left", coefficient: left, morePreferred: null }, ...features];
  return tableOf({
    ...{ key: `${key}-features`, caption: "What bends the choice", of: title, first: "feature", rows },
    name: ({ feature }) => feature,
    columns: [
      { label: "coefficient", cell: ({ coefficient }) => estimateCell(coefficient) },
      { label: "n", cell: ({ coefficient }) => nOf(coefficient) },
      {
        label: "more preferred",
        cell: ({ morePreferred }) => (morePreferred === null ? { text: "" } : estimateCell(morePreferred)),
      },
      {
        label: "of",
        cell: ({ morePreferred }) => (morePreferred === null ? { text: "" } : nOf(morePreferred)),
      },
    ],
  });
}

const nOf = (estimate: Feature["coefficient"]) =>
  "n" in estimate && estimate.n !== undefined ? whole(estimate.n) : { text: DASH };

const controlledTable = ({ lengthControlled }: Made, { title, key, target }: StyleGiven) =>
  tableOf<Made["lengthControlled"][number]>({
    ...{ key: `${key}-length`, caption: "Half-tie rate, raw and length-controlled", of: title },
    ...{ first: firstOf(target), rows: lengthControlled, name: (pair) => rowName(pair, target) },
    most: { rows: 60, are: "pairs first in the report" },
    columns: [
      { label: "n", cell: ({ raw }) => nOf(raw) },
      { label: "raw", cell: ({ raw }) => estimateCell(raw) },
      { label: "length-controlled", cell: ({ controlled }) => estimateCell(controlled) },
    ],
  });

function seenBlocks(seen: Effects["seenPrompts"]): Block[] {
  if ("notEstimable" in seen) return [paragraph(`Not estimable: ${seen.notEstimable}.`)];
  const unordered =
    seen.unordered > 0
      ? ` Of ${counted(seen.unordered, "judgment")} the times do not say which came first: in no rate here.`
      : "";
  const rows = [
    { name: "seen before", estimate: seen.seen },
    { name: "not seen before", estimate: seen.unseen },
    { name: "difference", estimate: seen.difference },
  ];
  return [
    paragraph(
      `${counted(seen.judgments, "judgment")} on a prompt of which the annotator had judged a comparison before.${unordered}`,
    ),
    tableBlock(
      tableOf<(typeof rows)[number]>({
        ...{ key: "effects-seen", caption: "Half-tie rate of the target (without a target: share of ties)" },
        ...{ first: "prompts", rows, name: ({ name }) => name },
        columns: [
          { label: "n", cell: ({ estimate }) => nOf(estimate) },
          { label: "rate", cell: ({ estimate }) => estimateCell(estimate) },
        ],
      }),
    ),
  ];
}
