import type { FullReport } from "../../contract/report.ts";
import type { Slices } from "../../contract/report-effects.ts";
import { estimateCell, whole } from "../cells.ts";
import { type Block, type DocumentSection, heading, paragraph, tableBlock } from "../document.ts";
import { counted } from "../numbers.ts";
import { rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";

type Field = Slices[number];
type Slice = Field["slices"][number];

const SLICES_MOST = {
  ...{ rows: 30, are: "slices with the most judgments" },
  weight: ({ judgments }: Slice) => judgments,
};

/** Pairs over part of the prompts. */
export function slicesSection(report: FullReport): DocumentSection {
  const target = targetOf(report);
  return {
    key: "slices",
    title: "Slices",
    blocks: [
      paragraph(
        report.slices.length === 0
          ? "Prompts have no field by which to slice."
          : "The half-tie rate, mean over prompts, of all people over part of the prompts: to look for what differs, " +
              "not to conclude from; with so many slices some stand out by chance.",
      ),
      ...report.slices.flatMap((field, i) => fieldBlocks(field, target, `slices-${i + 1}`)),
    ],
  };
}

function fieldBlocks(field: Field, target: string | null, key: string): Block[] {
  const { field: name, values, prompts, notSliced, slices } = field;
  const says = `${counted(values, "value")}; ${counted(prompts, "judged prompt")} ${prompts === 1 ? "has" : "have"} one.`;
  if (slices.length === 0)
    return [heading(name), paragraph(notSliced === undefined ? says : `${says} Not sliced: ${notSliced}.`)];
  const table = tableOf<Slice>({
    ...{ key, caption: `By ${name}`, first: name, rows: slices, most: SLICES_MOST },
    name: (slice) => `${slice.value}: ${target === null ? "" : "against "}${rowName(slice, target)}`,
    columns: [
      { label: "prompts", cell: ({ prompts }) => whole(prompts) },
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: "mean over prompts", cell: ({ halfTieRateByPrompt }) => estimateCell(halfTieRateByPrompt) },
    ],
  });
  return [heading(name), paragraph(says), tableBlock(table)];
}
