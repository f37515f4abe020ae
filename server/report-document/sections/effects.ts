import type { Effects, StyleEffects } from "../../contract/report-effects.ts";
import { estimateCell, nCell, none } from "../cells.ts";
import {
  guide,
  heading,
  paragraph,
  type Part,
  type Section,
  sectionOf,
  type Table,
  tablePart,
  under,
} from "../document.ts";
import { counted, listed } from "../numbers.ts";
import { firstOf, leadOf, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { ALL_PEOPLE, capital, NOT_ESTIMABLE, RATE, RATE_FIRST } from "../words.ts";

const GUIDE =
  "A logistic model of the choice on the differences between two responses. Coefficient: change of the log odds of " +
  "being preferred for one standard deviation more of a feature, the rest being equal; 0 is none. More preferred: how often the " +
  `response with more of it was preferred. Length-controlled: what the ${RATE} would be had the responses been ` +
  "equally long; a model’s estimate, given with the raw rate and never in its place. Exploratory: each interval is taken by itself, so " +
  "among many some leave out 0, or one half, by chance.";

/** What length, formatting, side and prompts seen before do to judgments. */
export function effectsSection({ style, styleByGroup, seenPrompts }: Effects): Section {
  return sectionOf("effects", associatedText(style), [
    guide(GUIDE),
    ...styleParts(style, { title: capital(ALL_PEOPLE), key: "effects", group: null }),
    ...styleByGroup.flatMap(({ group, style }, i) =>
      styleParts(style, { title: group, key: `effects-${i + 1}`, group }),
    ),
    heading("Prompts seen before"),
    ...seenParts(seenPrompts),
  ]);
}

/** Which features go with the choice of people, each interval by itself. */
function associatedText(style: StyleEffects): string {
  if ("notEstimable" in style) return NOT_ESTIMABLE(style.notEstimable);
  const measured = style.features.filter(({ coefficient }) => "low" in coefficient);
  if (measured.length === 0) return "No coefficient of length or formatting has an interval.";
  const out = measured.filter(({ coefficient: of }) => "low" in of && (of.low > 0 || of.high < 0));
  const names = (some: typeof measured) => listed(some.map(({ feature }) => feature));
  return out.length === 0
    ? `No interval of ${names(measured)} leaves out 0 (exploratory).`
    : `Associated with the choice: ${names(out)} (exploratory; ${out.length === 1 ? "its interval leaves" : "their intervals leave"} out 0).`;
}

interface StyleGiven {
  readonly title: string;
  readonly key: string;
  readonly group: string | null;
}

function styleParts(style: StyleEffects, given: StyleGiven): Part[] {
  const isOpen = given.group === null;
  if ("notEstimable" in style)
    return under(given.title, isOpen, [paragraph(NOT_ESTIMABLE(style.notEstimable))]);
  return under(given.title, isOpen, [
    paragraph(`${counted(style.judgments, "judgment")} whose two responses are both loaded.`),
    tablePart(featureTable(style, given)),
    ...(style.lengthControlled.length > 0 ? [tablePart(controlledTable(style, given))] : []),
  ]);
}

type Made = Exclude<StyleEffects, { notEstimable: string }>;
type Feature = Made["features"][number];

const OF_SIDES = "how often the left is preferred stands under Position";

function featureTable({ left, features }: Made, { title, key }: StyleGiven): Table {
  const rows: (Pick<Feature, "coefficient"> & {
    feature: string;
    morePreferred: Feature["morePreferred"] | null;
  })[] = [{ feature: "on the left", coefficient: left, morePreferred: null }, ...features];
  return tableOf({
    ...{
      key: `${key}-features`,
      caption: "What is associated with the choice",
      of: title,
      first: "feature",
      rows,
    },
    name: ({ feature }) => feature,
    columns: [
      { label: "coefficient", cell: ({ coefficient }) => estimateCell(coefficient, "signed") },
      { label: "n", cell: ({ coefficient }) => nCell(coefficient) },
      {
        label: "more preferred",
        cell: ({ morePreferred }) => (morePreferred === null ? none(OF_SIDES) : estimateCell(morePreferred)),
      },
      {
        label: "of",
        cell: ({ morePreferred }) => (morePreferred === null ? none(OF_SIDES) : nCell(morePreferred)),
      },
    ],
  });
}

function controlledTable({ lengthControlled }: Made, { title, key, group }: StyleGiven) {
  const target = targetOf({ pairs: lengthControlled });
  return tableOf<Made["lengthControlled"][number]>({
    ...{ key: `${key}-length`, caption: `${RATE_FIRST}, raw and length-controlled`, of: title },
    ...{ first: firstOf(target), rows: lengthControlled, name: (pair) => rowName(pair, target) },
    ...{ most: { rows: 60, are: "pairs first in the report" }, to: (pair) => leadOf({ ...pair, group }) },
    columns: [
      { label: "n", cell: ({ raw }) => nCell(raw) },
      { label: "raw", cell: ({ raw }) => estimateCell(raw) },
      { label: "length-controlled", cell: ({ controlled }) => estimateCell(controlled) },
    ],
  });
}

function seenParts(seen: Effects["seenPrompts"]): Part[] {
  if ("notEstimable" in seen) return [paragraph(NOT_ESTIMABLE(seen.notEstimable))];
  const unordered =
    seen.unordered > 0
      ? ` Excluded here: ${counted(seen.unordered, "judgment")} whose times do not show which came first.`
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
    tablePart(
      tableOf<(typeof rows)[number]>({
        ...{ key: "effects-seen", caption: `${RATE_FIRST} of the target (without a target: share of ties)` },
        ...{ first: "prompts", rows, name: ({ name }) => name },
        columns: [
          { label: "n", cell: ({ estimate }) => nCell(estimate) },
          {
            label: "rate",
            cell: ({ name, estimate }) => estimateCell(estimate, name === "difference" ? "signed" : "rate"),
          },
        ],
      }),
    ),
  ];
}
