import type { Audit, AuditFinding, ToldApart } from "../contract/blinding.ts";
import { type AuditChoice, type FindingKind, isMaskable } from "../contract/findings.ts";
import type { StudyState } from "../contract/words.ts";
import { counted, pText, shareText, wholeNumber } from "./numbers.ts";

/** What a response with a sign of this kind does or has. */
export const SIGN_WORDS = {
  "own-name": "names its own system",
  "other-name": "names another system of the study",
  maker: "says which model or maker it is",
  opening: "begins as only this system does",
  format: "has a format that only this system uses",
  thinking: "shows its reasoning",
  token: "has special tokens",
  cut: "looks cut off",
  failure: "looks like an error message",
  misread: "has letters read in another encoding",
  identical: "is the same as another system’s",
} as const satisfies Record<FindingKind, string>;

export const CHOICE_WORDS = {
  keep: "kept",
  mask: "masked",
  "leave out": "left out",
} as const satisfies Record<AuditChoice, string>;

/** What can be decided about a finding: a text is masked only while nobody reads it. */
export const choicesOf = ({ kind }: Pick<AuditFinding, "kind">, state: StudyState): AuditChoice[] =>
  isMaskable(kind) && state === "draft" ? ["mask", "leave out", "keep"] : ["leave out", "keep"];

/** Whether somebody has to decide: nobody has, or responses came since. */
export const isUndecided = ({
  decision,
  sinceDecided = 0,
}: Pick<AuditFinding, "decision" | "sinceDecided">): boolean => decision === null || sinceDecided > 0;

/** What is decided about a finding, and why. */
export const decisionText = ({ decision, sinceDecided }: AuditFinding): string =>
  decision === null
    ? "not decided"
    : `${CHOICE_WORDS[decision.choice]}: ${decision.reason}${sinceDecided === undefined ? "" : `; ${wholeNumber(sinceDecided)} new since decided`}`;

/** Kinds of which it is described what was found; of the others the response is quoted. */
const DESCRIBED: ReadonlySet<FindingKind> = new Set(["cut", "format", "identical"]);

/** `“Anthropic” (2), “Claude” (1)`, or `within a block of code (2)`. */
export const whatText = ({ kind, what }: Pick<AuditFinding, "kind" | "what">): string =>
  what
    .map(({ text, responses }) => `${DESCRIBED.has(kind) ? text : `“${text}”`} (${wholeNumber(responses)})`)
    .join(", ");

/** What was audited, and what was found, in a sentence. */
export function foundText({
  responses,
  prompts,
  findings,
}: Pick<Audit, "responses" | "prompts" | "findings">): string {
  const of = `${counted(responses, "response")} to ${counted(prompts, "prompt")}`;
  if (findings.length === 0) return `Nothing that gives a system away, and no damage, was found in ${of}.`;
  const undecided = findings.filter(isUndecided).length;
  const open =
    undecided === 0
      ? "All are decided."
      : `${counted(undecided, "finding")} ${undecided === 1 ? "is" : "are"} not decided.`;
  return `${counted(findings.length, "finding")} in ${of}. ${open}`;
}

const LEVEL = 0.05;

/** How well style alone tells two systems apart, and no more than that. */
export function toldApartText({ system, against, prompts, accuracy, corrected }: ToldApart): string {
  if (!("value" in accuracy))
    return `Whether style tells ${system} and ${against} apart is not known: ${accuracy.notEstimable} with a response of each.`;
  const share = `${shareText(accuracy)} of ${counted(prompts, "prompt")} (chance: 50 %; ${pText(corrected)})`;
  return corrected !== null && corrected <= LEVEL
    ? `Style alone tells ${system} and ${against} apart: a simple classifier is right on ${share}.`
    : `A simple classifier did not tell ${system} and ${against} apart by style: it is right on ${share}. People may still do so.`;
}

export const STALE_TEXT = "Texts, names or pairs have changed since this audit: audit again.";
