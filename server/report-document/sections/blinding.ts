import type { AuditFinding, Blinding, ToldApart } from "../../contract/blinding.ts";
import {
  decisionText,
  foundText,
  SIGN_WORDS,
  STALE_TEXT,
  toldApartText,
  whatText,
} from "../blinding-words.ts";
import type { Estimate } from "../../contract/report-estimates.ts";
import { estimateCell, number, orNone, outOf, pCell, whole, words } from "../cells.ts";
import { fold, guide, list, paragraph, type Section, sectionOf, tablePart } from "../document.ts";
import { counted } from "../numbers.ts";
import { firstOf, MOST_PAIRS, rowName, targetOf } from "../report-parts.ts";
import { tableOf } from "../tables.ts";
import { RATE_FIRST } from "../words.ts";

/** What in the texts may have given systems away, what was decided, and what it changes. */
export function blindingSection(blinding: Blinding): Section {
  const { findings, toldApart, pairs, isStale } = blinding;
  return sectionOf("blinding", foundText(blinding), [
    ...(isStale ? [paragraph(STALE_TEXT)] : []),
    ...(toldApart.length > 0 ? [list(toldApart.map(toldApartText))] : []),
    guide(
      "Annotators were not shown which system wrote which response. This section shows what in the texts may have told them all the same. " +
        "A classifier that tells systems apart does not show that people did, and one that does not is no proof that they could not.",
    ),
    ...(findings.length > 0
      ? [tablePart(findingTable(findings)), fold("Examples", [list(findings.flatMap(examplesOf))])]
      : []),
    ...(toldApart.length > 0 ? [tablePart(styleTable(toldApart))] : []),
    tablePart(lengthTable(blinding)),
    ...(pairs.length > 0 ? [paragraph(affectedText(blinding)), tablePart(bothWays(pairs))] : []),
  ]);
}

const NO_RESPONSES = "no responses";

const whyNoTest = (accuracy: Estimate): string =>
  "value" in accuracy ? "no test without an interval" : accuracy.notEstimable;

const findingTable = (findings: readonly AuditFinding[]) =>
  tableOf<AuditFinding>({
    ...{
      key: "blinding-findings",
      caption: "Responses in which something was found, by system",
      first: "a response that",
    },
    ...{ rows: findings, name: ({ kind }) => SIGN_WORDS[kind] },
    columns: [
      { label: "system", cell: ({ label }) => words(label), words: true },
      { label: "responses", cell: ({ responses, of }) => outOf(responses, of, NO_RESPONSES) },
      { label: "found", cell: (one) => words(whatText(one)), words: true },
      { label: "decision", cell: (one) => words(decisionText(one)), words: true },
    ],
  });

const examplesOf = ({ finding, examples }: AuditFinding): string[] =>
  examples.map(({ prompt, text }) => `${finding}, ${prompt}: ${text}`);

function styleTable(toldApart: readonly ToldApart[]) {
  const target = targetOf({ pairs: toldApart });
  return tableOf<ToldApart>({
    ...{ key: "blinding-style", caption: "How well a classifier of style tells systems apart (chance: .5)" },
    ...{ first: firstOf(target), rows: toldApart, name: (pair) => rowName(pair, target) },
    columns: [
      { label: "prompts", cell: ({ prompts }) => whole(prompts) },
      { label: "accuracy", cell: ({ accuracy }) => estimateCell(accuracy) },
      { label: "p", cell: ({ p, accuracy }) => orNone(p, whyNoTest(accuracy), pCell) },
      { label: "p, Holm", cell: ({ corrected, accuracy }) => orNone(corrected, whyNoTest(accuracy), pCell) },
      {
        label: "longer %",
        cell: ({ longer }) => orNone(longer, NO_RESPONSES, (share) => number(share, "share")),
      },
    ],
  });
}

const lengthTable = ({ systems }: Blinding) =>
  tableOf<Blinding["systems"][number]>({
    ...{ key: "blinding-length", caption: "Length of responses in the sample", first: "system" },
    ...{ rows: systems, name: ({ label }) => label },
    columns: [
      { label: "responses", cell: ({ responses }) => whole(responses) },
      {
        label: "median characters",
        cell: ({ medianCharacters }) => orNone(medianCharacters, NO_RESPONSES, whole),
      },
    ],
  });

const affectedText = ({ leftOut }: Blinding): string =>
  `${leftOut === 0 ? "No judgment is" : `${counted(leftOut, "judgment")} ${leftOut === 1 ? "is" : "are"}`} left out of the other figures. ` +
  "Unaffected are comparisons in which nothing was found, or only what was masked; identical responses give nothing away.";

function bothWays(pairs: Blinding["pairs"]) {
  const target = targetOf({ pairs });
  return tableOf<Blinding["pairs"][number]>({
    ...{
      key: "blinding-both-ways",
      caption: `${RATE_FIRST}, mean over prompts, with and without affected comparisons`,
    },
    ...{ first: firstOf(target), rows: pairs, name: (pair) => rowName(pair, target) },
    most: { ...MOST_PAIRS, weight: ({ all }) => all.judgments },
    columns: [
      { label: "n all", cell: ({ all }) => whole(all.judgments) },
      { label: "all", cell: ({ all }) => estimateCell(all.halfTieRateByPrompt) },
      { label: "n counted", cell: ({ counted }) => whole(counted.judgments) },
      { label: "counted", cell: ({ counted }) => estimateCell(counted.halfTieRateByPrompt) },
      { label: "n unaffected", cell: ({ unaffected }) => whole(unaffected.judgments) },
      { label: "unaffected", cell: ({ unaffected }) => estimateCell(unaffected.halfTieRateByPrompt) },
    ],
  });
}
