import type { Slices } from "../../contract/report-effects.ts";
import { estimateCell, whole } from "../cells.ts";
import { guide, paragraph, type Part, type Section, sectionOf, tablePart } from "../document.ts";
import { counted, listed } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { ALL_PEOPLE, RATE, RATE_FIRST } from "../words.ts";

type Field = Slices[number];
type Slice = Field["slices"][number];

const SLICES_MOST = {
  ...{ rows: 30, are: "slices with the most judgments" },
  weight: ({ judgments }: Slice) => judgments,
};

/** Pairs over part of the prompts, by one field and one pair at a time. */
export function slicesSection(slices: Slices): Section {
  if (slices.length === 0)
    return sectionOf("slices", "The prompts have no source, split, language or other field to slice by.", []);
  return sectionOf("slices", slicedText(slices), [
    guide(
      `The ${RATE}, mean over prompts, of ${ALL_PEOPLE} over part of the prompts: exploratory; with so many slices some stand out ` +
        "by chance.",
    ),
    {
      ...{ kind: "choice", name: "slices", label: "By" },
      options: slices.map((field, i) => ({ name: field.field, parts: fieldParts(field, i + 1) })),
    },
  ]);
}

/** By which fields, and into how many slices. */
function slicedText(fields: Slices): string {
  const sliced = fields.filter(({ slices }) => slices.length > 0);
  if (sliced.length === 0) return "No field of the prompts could be sliced.";
  const count = sliced.reduce((sum, { slices }) => sum + slices.length, 0);
  const names =
    sliced.length > FIELDS_NAMED ? counted(sliced.length, "field") : listed(sliced.map(({ field }) => field));
  return `${counted(count, "slice")} by ${names}; exploratory.`;
}
const FIELDS_NAMED = 5;

/** More figures than these nobody leafs through. */
const FIGURES_MAX = 20;

function fieldParts(given: Field, i: number): Part[] {
  const { values, prompts, notSliced, slices } = given;
  const extent = `${counted(values, "value")}; ${counted(prompts, "judged prompt")} ${prompts === 1 ? "has" : "have"} one.`;
  if (slices.length === 0)
    return [paragraph(notSliced === undefined ? extent : `${extent} Not sliced: ${notSliced}.`)];
  const names = [...new Set(slices.map((slice) => rowName(slice, null)))];
  return [
    paragraph(extent),
    {
      ...{ kind: "choice", name: "sliced", label: "Pair" },
      options: names
        .slice(0, FIGURES_MAX)
        .map((name, j) => ({ name, parts: [figure(given, name, `slices-${i}-${j + 1}`)] })),
    },
    tablePart(fieldTable(given, `slices-${i}`)),
  ];
}

const figure = ({ field, slices }: Field, pair: string, key: string): Part => ({
  kind: "figure",
  figure: {
    ...{ type: "dots", key, title: `${RATE_FIRST} by ${field}: ${pair}`, caption: "" },
    ...{ heading: RATE, reference: 0.5, ticks: [0, 0.25, 0.5, 0.75, 1] },
    rows: slices
      .filter((slice) => rowName(slice, null) === pair)
      .map(({ value, halfTieRateByPrompt }) => ({ name: value, cell: estimateCell(halfTieRateByPrompt) })),
  },
});

function fieldTable({ field, slices }: Field, key: string) {
  const target = targetOf({ pairs: slices });
  return tableOf<Slice>({
    ...{ key, caption: `By ${field}`, first: field, rows: slices, most: SLICES_MOST },
    name: (slice) => `${slice.value}: ${target === null ? "" : "against "}${rowName(slice, target)}`,
    to: ({ system, against, value }) => ({ system, against, field, value }),
    columns: [
      { label: "prompts", cell: ({ prompts }) => whole(prompts) },
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: "mean over prompts", cell: ({ halfTieRateByPrompt }) => estimateCell(halfTieRateByPrompt) },
    ],
  });
}
