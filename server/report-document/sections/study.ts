import type { FullReport, ReportGroup } from "../../contract/report.ts";
import { whole } from "../cells.ts";
import { type Block, type DocumentSection, heading, list, tableBlock } from "../document.ts";
import { wholeNumber } from "../numbers.ts";
import { TEST_NAMES } from "../verdict.ts";
import { tableOf } from "../tables.ts";

const ESTIMATES = {
  halfTieRateByPrompt: "half-tie rate, mean over prompts",
  halfTieRate: "half-tie rate, mean over judgments",
} as const;
const MAJORITIES = {
  plurality: "plurality, a draw being a tie",
  signOfSum: "sign of the sum",
  moreThanHalf: "more than half, else a tie",
} as const;
const KINDS = { crowd: "crowd", author: "authors", model: "a model" } as const;

/** What was asked of whom, what was declared beforehand, and what the figures may be read as. */
export function studySection(report: FullReport, guidelines: readonly string[]): DocumentSection {
  const { groups } = report;
  return {
    key: "study",
    title: "The study",
    blocks: [
      list([...asked(report), ...snapshot(report)]),
      ...(groups.length > 0 ? [tableBlock(groupTable(groups))] : []),
      ...quoted(guidelines),
      heading("Declared beforehand"),
      list(declared(report)),
    ],
  };
}

function asked({ about, slots }: FullReport): string[] {
  return [
    `Question: ${about.question}`,
    `Answers, left to right: ${about.options.join(" / ")}`,
    `Recruitment: ${about.recruitment ?? "not said"}`,
    slots.wanted === 0
      ? "Judgments that the protocol wants of the groups in the headline: none, theirs came with files"
      : `Judgments that the protocol wants here: ${wholeNumber(slots.wanted)}; of them judged: ${wholeNumber(slots.judged)}`,
  ];
}

function snapshot({ snapshot }: FullReport): string[] {
  if (snapshot === null) return [];
  const { number, takenAt, reason, dataHash } = snapshot;
  return [`Snapshot ${number}, taken ${takenAt}: ${reason}. Judgments: sha256 ${dataHash}`];
}

function declared({ analysis }: FullReport): string[] {
  return [
    `Estimate: ${ESTIMATES[analysis.estimate]}`,
    `Test: ${TEST_NAMES[analysis.test]}`,
    `Majority of a comparison: ${MAJORITIES[analysis.majority]}`,
    `Declared rule for exclusions: ${analysis.exclusion}`,
    `Corrected together by Holm: ${analysis.family}`,
    `Frozen protocol: ${analysis.protocolHash === null ? "none, the study was never opened" : `sha256 ${analysis.protocolHash}`}`,
  ];
}

function quoted(lines: readonly string[]): Block[] {
  return lines.length === 0 ? [] : [{ kind: "quote", title: "Guidelines for annotators", lines }];
}

const groupTable = (groups: readonly ReportGroup[]) =>
  tableOf({
    ...{ key: "groups", caption: "Who judged", first: "group", rows: groups },
    name: ({ name }) => name,
    columns: [
      { label: "kind", cell: ({ kind }) => ({ text: KINDS[kind] }) },
      { label: "annotators", cell: ({ annotators }) => whole(annotators) },
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: "among all people", cell: ({ headline }) => ({ text: headline ? "yes" : "no" }) },
    ],
  });
