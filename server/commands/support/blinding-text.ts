import type { Audit, AuditFinding, Followed } from "../../contract/blinding.ts";
import { type AuditChoice, isMaskable } from "../../contract/findings.ts";
import { asWord } from "../../report-document/as-word.ts";
import {
  CHOICE_WORDS,
  decisionText,
  foundText,
  isUndecided,
  SIGN_WORDS,
  STALE_TEXT,
  toldApartText,
  whatText,
} from "../../report-document/blinding-words.ts";
import { counted, wholeNumber } from "../../report-document/numbers.ts";

/** An audit for a terminal: what was found, how well style tells the systems apart, and what to do. */
export function auditLines(study: string, audit: Audit): string[] {
  const open = audit.findings.find(isUndecided);
  return [
    foundText(audit),
    ...(audit.isStale ? [STALE_TEXT] : []),
    ...audit.findings.flatMap(findingLines),
    ...(audit.toldApart.length > 0 ? ["", "Style"] : []),
    ...audit.toldApart.map((one) => `  ${toldApartText(one)}`),
    ...(audit.systems.length > 0 ? ["", "Length (median characters)"] : []),
    ...audit.systems.map(
      ({ label, medianCharacters }) =>
        `  ${label}: ${medianCharacters === null ? "unknown" : wholeNumber(medianCharacters)}`,
    ),
    ...(open
      ? [
          "",
          "Decide about each finding, for example:",
          `  npx tiebreak blinding ${asWord(study)} ${example(open)}`,
        ]
      : []),
  ];
}

function findingLines(one: AuditFinding): string[] {
  const { finding, kind, label, responses, of, examples } = one;
  return [
    "",
    `${finding}  ${SIGN_WORDS[kind]}: ${wholeNumber(responses)} of ${counted(of, "response")} of ${label} (${decisionText(one)})`,
    `  found: ${whatText(one)}`,
    ...examples.map(({ prompt, text }) => `  ${prompt}: ${text}`),
  ];
}

const example = ({ finding, kind }: AuditFinding): string =>
  `${isMaskable(kind) ? "--mask" : "--leave-out"} ${asWord(finding)} --reason "…"`;

/** What followed from a decision. */
export function followedLines(finding: string, choice: AuditChoice, { masked, leftOut }: Followed): string[] {
  const now = `Of the study, ${counted(masked, "response")} ${masked === 1 ? "is" : "are"} masked`;
  const out = `${counted(leftOut.comparisons, "comparison")} with ${counted(leftOut.responses, "response")} ${leftOut.responses === 1 ? "is" : "are"} left out`;
  return [`${finding}: ${CHOICE_WORDS[choice]}.`, `${now}, and ${out}.`];
}
