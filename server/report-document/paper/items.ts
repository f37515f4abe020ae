import { TiebreakError } from "../../contract/errors.ts";
import type { Paper } from "../../contract/paper.ts";
import { BLOCK_NAMES, type BlockName, type FullReport } from "../../contract/report.ts";
import {
  type Figure,
  type Part,
  type Section,
  SECTION_TITLES,
  type SectionKey,
  type Table,
} from "../document.ts";
import { captionOf } from "../figures/index.ts";
import { documentOf, SECTION_OF_BLOCK } from "../sections/index.ts";
import { fullCaption } from "../tables.ts";

class ItemNotFound extends TiebreakError {
  constructor(kind: "figure" | "table", name: string, names: readonly string[]) {
    const known = names.length === 0 ? `It has no ${kind} yet` : `It has ${names.join(", ")}`;
    super(
      kind === "figure" ? "FigureNotFound" : "TableNotFound",
      404,
      `The report has no ${kind} ${name}. ${known}.`,
    );
  }
}

/** The figures and tables of a report in its order, so that a reader can choose. */
export function paperItems(report: FullReport): Paper {
  return {
    figures: found(report, figuresIn).map(({ section, item }) => ({
      ...{ name: item.key, section: SECTION_TITLES[section], caption: captionOf(item) },
    })),
    tables: found(report, tablesIn).map(({ section, item }) => ({
      ...{ name: item.key, section: SECTION_TITLES[section], caption: fullCaption(item) },
    })),
  };
}

/** @param report needs no block but that of `blockOf` @throws ItemNotFound where it has no figure of this name */
export const figureNamed = (report: FullReport, name: string): Figure =>
  named("figure", name, found(report, figuresIn, sectionOfName(name)));

/**
 * `pairs` is `pairs-1` where there are several.
 * @param report needs no block but that of `blockOf`
 * @throws ItemNotFound where it has no table of this name
 */
export const tableNamed = (report: FullReport, name: string): Table =>
  named("table", name, found(report, tablesIn, sectionOfName(name)));

/**
 * The block that is enough for a figure or table: names begin with their section's. Null: the whole report is needed; `pairs`:
 * no block at all.
 */
export function blockOf(name: string): BlockName | "pairs" | null {
  const section = sectionOfName(name);
  if (section === "pairs") return "pairs";
  return BLOCK_NAMES.find((block) => SECTION_OF_BLOCK[block] === section) ?? null;
}

function sectionOfName(name: string): SectionKey | null {
  const [first = ""] = name.split("-");
  return first !== "study" && first in SECTION_TITLES ? (first as SectionKey) : null;
}

type Found<Item> = { readonly section: SectionKey; readonly item: Item }[];

const found = <Item>(
  report: FullReport,
  within: (part: Part) => Item[],
  only: SectionKey | null = null,
): Found<Item> =>
  documentOf(report, { only }).sections.flatMap(({ key, parts }: Section) =>
    parts.flatMap(within).map((item) => ({ section: key, item })),
  );

const figuresIn = (part: Part): Figure[] =>
  part.kind === "figure" ? [part.figure] : inside(part, figuresIn);
const tablesIn = (part: Part): Table[] => {
  if (part.kind === "table") return part.table.rows.length > 0 ? [part.table] : [];
  return inside(part, tablesIn);
};

function inside<Item>(part: Part, within: (part: Part) => Item[]): Item[] {
  if (part.kind === "fold") return part.parts.flatMap(within);
  return part.kind === "choice" ? part.options.flatMap(({ parts }) => parts.flatMap(within)) : [];
}

function named<Item extends { key: string }>(
  kind: "figure" | "table",
  name: string,
  items: Found<Item>,
): Item {
  const of = (key: string) => items.find(({ item }) => item.key === key)?.item;
  const item = of(name) ?? of(`${name}-1`);
  if (item === undefined)
    throw new ItemNotFound(
      kind,
      name,
      items.map(({ item: { key } }) => key),
    );
  return item;
}
