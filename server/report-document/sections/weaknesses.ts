import type { Blocks, Report } from "../../contract/report.ts";
import { guide, list, type Section, sectionOf } from "../document.ts";
import { isHeadline } from "../headline.ts";
import { counted, estimateText } from "../numbers.ts";
import { standsOutNote } from "../stands-out.ts";
import { FEW_ANNOTATORS, fewText } from "../verdict.ts";
import { ALL_PEOPLE, NO_JUDGMENTS_YET } from "../words.ts";
import { leanText, leansToOneSide } from "./position.ts";

/** The blocks that weaknesses are taken from. */
type Given = Pick<Blocks, "byAnnotator" | "position" | "agreement" | "effects">;

const GUIDE =
  "Looked at are how many people judged, who stands out among them, whether they agree beyond chance, and whether their choices go " +
  "with a side or with length. What is not listed was not found; that does not show that it is not there.";

/** What a reader should hold against the figures above: only what the sections below show, each in a line. */
export function weaknessesSection(given: Given, report: Pick<Report, "judgments" | "groups">): Section {
  if (report.judgments === 0) return sectionOf("weaknesses", NO_JUDGMENTS_YET, []);
  const found = [
    ...fewPeople(report.groups),
    ...someStandOut(given.byAnnotator, report.groups),
    ...agreeByChance(given.agreement),
    ...(leansToOneSide(given.position) ? [leanText(given.position)] : []),
    ...goesWithLength(given.effects),
  ];
  return sectionOf("weaknesses", found.length === 0 ? "None of what is looked at here was found." : null, [
    ...(found.length === 0 ? [] : [list(found)]),
    guide(GUIDE),
  ]);
}

function fewPeople(groups: Report["groups"]): string[] {
  const people = groups.filter((group) => isHeadline(group) && group.judgments > 0);
  if (people.length === 0) return [`No judgment is of a group among ${ALL_PEOPLE}.`];
  if (people.some(({ unnamed = 0 }) => unnamed > 0))
    return ["Some votes have no name, so nobody knows how many people cast them."];
  const annotators = people.reduce((sum, group) => sum + group.annotators, 0);
  return annotators <= FEW_ANNOTATORS ? [fewText(annotators)] : [];
}

function someStandOut(all: Given["byAnnotator"], groups: Report["groups"]): string[] {
  const note = standsOutNote(all, groups);
  return note === null ? [] : [note];
}

function agreeByChance({ overall }: Given["agreement"]): string[] {
  const { macro } = overall.tieDiscounted;
  if (!("value" in macro)) return [`Nothing shows how far people agree: ${macro.notEstimable}.`];
  const alpha = overall.krippendorffAlpha;
  return "low" in alpha && alpha.low <= 0
    ? [`People are not shown to agree beyond chance: Krippendorff’s alpha ${estimateText(alpha)}.`]
    : [];
}

function goesWithLength({ style }: Given["effects"]): string[] {
  if ("notEstimable" in style) return [];
  const length = style.features.find(({ feature }) => feature === "length")?.coefficient;
  if (length === undefined || !("low" in length) || (length.low <= 0 && length.high >= 0)) return [];
  const which = length.value > 0 ? "longer" : "shorter";
  return [
    `People’s choices go with ${which} responses (exploratory), over ${counted(length.n, "judgment")}: “Length and formatting” has the rates had all been equally long.`,
  ];
}
