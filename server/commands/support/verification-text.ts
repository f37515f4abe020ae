import type { InputName } from "../../reports/inputs.ts";
import type { Verification } from "../../reports/verify-snapshot.ts";

/** What the parts of a report's input are called in a sentence. */
const INPUT_WORDS: Readonly<Record<InputName, string>> = {
  judgments: "the judgments",
  exclusions: "who is left out",
  times: "when they were made or how long they took",
  texts: "the texts that were judged",
  protocol: "the protocol",
  groups: "the groups",
  names: "names",
  state: "the state of the study",
  progress: "what is planned, could not be judged, or is in no figure",
};

/** What a check of a kept report found, for somebody at a terminal. */
export function verificationText(found: Verification): string {
  const { number, takenAt } = found.snapshot;
  const which = `Snapshot ${number}, taken ${takenAt}`;
  switch (found.outcome) {
    case "same":
      return `${which}: computed again from ${found.judgments.toLocaleString("en")} judgments, and the same to the last digit.`;
    case "judgments differ":
      return `${which}: the judgments have changed since. ${sinceText(found.judgments)}${alsoText(found)}`;
    case "inputs differ":
      return `${which}: the judgments and all figures are the same.${changedText(found)}`;
    case "estimator differs":
      return `${which}: the judgments are the same, but it was made by ${found.estimator.then} and this is ${found.estimator.now}.${changedText(found)}`;
    case "figures differ":
      return `${which}: the judgments are the same, but these parts of the report are not: ${found.where.join(", ")}.${changedText(found)}`;
    case "cannot be told":
      return `${which}: whether the judgments are the same cannot be told. ${olderText(found)}`;
  }
}

function sinceText({ then, now }: { then: number; now: number }): string {
  const added = now - then;
  const count = Math.abs(added).toLocaleString("en");
  if (added === 0)
    return `There are ${now.toLocaleString("en")} as before: some were corrected or exchanged.`;
  const moved = added > 0 ? `${count} more count` : `${count} fewer count`;
  return `${moved} now: ${now.toLocaleString("en")}, where it had ${then.toLocaleString("en")}.`;
}

/** What differs besides the judgments, as a sentence with a space before it; nothing where nothing does. */
function changedText({ changed }: Pick<Verification, "changed">): string {
  const names = (changed ?? []).filter((name) => name !== "judgments").map((name) => INPUT_WORDS[name]);
  return names.length === 0 ? "" : ` Changed since: ${names.join("; ")}.`;
}

/** What goes with the judgments: of others, or of fewer of them, it is different in any case. */
const WITH_JUDGMENTS: readonly InputName[] = ["times", "texts", "names"];

/** As `changedText`, without what says nothing more where the judgments are others. */
const alsoText = ({ changed }: Pick<Verification, "changed">): string =>
  changedText({ changed: (changed ?? []).filter((name) => !WITH_JUDGMENTS.includes(name)) });

function olderText({ where, estimator }: Extract<Verification, { outcome: "cannot be told" }>): string {
  const hash =
    "An older version kept it with a hash that also covers names without a judgment, and some of those changed.";
  if (estimator.then !== estimator.now) {
    return `${hash} It was made by ${estimator.then} and this is ${estimator.now}. Their number is the same.`;
  }
  return `${hash} Their number is the same; these parts of the report are not: ${where.join(", ")}.`;
}
