import type { Report, ReportGroup } from "../../contract/report.ts";
import { whole, words } from "../cells.ts";
import {
  fold,
  heading,
  type Item,
  list,
  type Part,
  type Section,
  sectionOf,
  tablePart,
} from "../document.ts";
import { type PromptSetPart, promptSetText } from "../prompt-set-text.ts";
import { looksText } from "../sentences.ts";
import { counted, decimal, wholeNumber } from "../numbers.ts";
import { tableOf } from "../tables.ts";
import { peopleParts } from "./people.ts";
import { revisionParts } from "./revisions.ts";
import { ALL_PEOPLE, DECLARED_TESTS, MEANS, RATE, TEST_NAMES } from "../words.ts";

const MAJORITIES = {
  plurality: "plurality, a draw being a tie",
  signOfSum: "sign of the sum",
  moreThanHalf: "more than half, else a tie",
} as const;
const KINDS = { crowd: "crowd", author: "authors", model: "a model" } as const;

/** What was asked of whom, and what was declared beforehand. `guidelines`: for annotators, line by line. */
export function studySection(report: Report, guidelines: readonly string[]): Section {
  return sectionOf("study", declaredText(report), [
    list([...asked(report), ...(report.promptSets ?? []).map(takenFrom), ...snapshot(report)]),
    ...(report.groups.length > 0 ? [tablePart(groupTable(report.groups))] : []),
    ...revisionParts(report.revisions),
    ...peopleParts(report.people),
    ...quoted(guidelines),
    heading(
      report.analysis.protocolHash === null
        ? "Analysis settings (not declared beforehand)"
        : "Declared beforehand",
    ),
    list(declared(report)),
  ]);
}

const line = (strong: string, text: string): Item => ({ strong, text: `${strong}: ${text}` });

/** Whether the analysis was declared, and which. */
const declaredText = ({ judgments, analysis: { protocolHash, estimate, test } }: Report): string =>
  protocolHash === null
    ? judgments === 0
      ? "The analysis is declared when the study opens."
      : "The analysis was not declared beforehand."
    : `Declared beforehand: ${RATE}, ${MEANS[estimate]}, by the ${TEST_NAMES[test]}.`;

const asked = ({ about, slots }: Report): Item[] => [
  line("Question", about.question),
  line("Answers, left to right", about.options.join(" / ")),
  line("Recruitment", about.recruitment ?? "not stated"),
  line("Planned", planned(slots)),
];

const takenFrom = (used: PromptSetPart): Item =>
  line("Prompts", `${promptSetText(used)}, sha256 ${used.hash}`);

const planned = ({ wanted, judged }: Report["slots"]): string =>
  wanted === 0
    ? "no judgments of the groups in the headline"
    : `${counted(wanted, "judgment")}, ${wholeNumber(judged)} of them made; judgments loaded from files do not count towards the plan`;

function snapshot({ snapshot }: Report): Item[] {
  if (snapshot === null) return [];
  const { number, takenAt, reason, dataHash } = snapshot;
  return [line(`Snapshot ${number}`, `taken ${takenAt}: ${reason}. Judgments: sha256 ${dataHash}`)];
}

/** How the error of the looks is spent. */
const SPENDING = {
  obrienFleming: "a function of O’Brien and Fleming’s type, little at first",
  pocock: "a function of Pocock’s type, about evenly",
} as const;

const declared = ({ analysis, seed, estimator, unnamed }: Report): Item[] => [
  line("Estimate", `${RATE}, ${MEANS[analysis.estimate]}`),
  line("Test", DECLARED_TESTS[analysis.test]),
  ...(unnamed === undefined
    ? []
    : [
        line(
          "Votes without a name",
          `a conclusion that rests on any is about these votes, by the ${TEST_NAMES[analysis.test === "tTest" ? "permutationTest" : analysis.test]}`,
        ),
      ]),
  ...(analysis.margin === undefined
    ? []
    : [
        line(
          "Margin",
          `rates from ${decimal(0.5 - analysis.margin)} to ${decimal(0.5 + analysis.margin)} are as good as even`,
        ),
      ]),
  ...(analysis.looks === undefined
    ? []
    : [
        line("Looks", `at ${looksText(analysis.looks)}; error spent by ${SPENDING[analysis.looks.spending]}`),
      ]),
  line("Majority of a comparison", MAJORITIES[analysis.majority]),
  line("Rule for exclusions", analysis.exclusion),
  line("Corrected together by Holm", analysis.family),
  line(
    "Frozen protocol",
    analysis.protocolHash === null ? "none, the study was never opened" : `sha256 ${analysis.protocolHash}`,
  ),
  line("Verification", `seed ${seed}, ${estimator}`),
];

const quoted = (lines: readonly string[]): Part[] =>
  lines.length === 0
    ? []
    : [fold("Guidelines for annotators", [{ kind: "quote", title: "Guidelines for annotators", lines }])];

const groupTable = (groups: readonly ReportGroup[]) =>
  tableOf<ReportGroup>({
    ...{ key: "groups", caption: "Annotators", first: "group", rows: groups },
    name: ({ name }) => name,
    columns: [
      { label: "kind", cell: ({ kind }) => words(KINDS[kind]), words: true },
      { label: "annotators", cell: ({ annotators }) => whole(annotators) },
      ...(groups.some(({ unnamed }) => unnamed !== undefined)
        ? [{ label: "votes without a name", cell: ({ unnamed = 0 }: ReportGroup) => whole(unnamed) }]
        : []),
      { label: "judgments", cell: ({ judgments }) => whole(judgments) },
      { label: `among ${ALL_PEOPLE}`, cell: ({ headline }) => words(headline ? "yes" : "no"), words: true },
    ],
  });
