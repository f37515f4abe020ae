import type { InputName } from "../../reports/inputs.ts";
import type { Verification } from "../../reports/verify-snapshot.ts";

/** The parts of a report's input, as words of a sentence. */
const INPUT_WORDS: Readonly<Record<InputName, string>> = {
  judgments: "the judgments",
  exclusions: "who is excluded",
  times: "when they were made or how long they took",
  texts: "the texts that were judged",
  protocol: "the protocol",
  groups: "the groups",
  names: "names",
  state: "the state of the study",
  progress: "what is planned, was skipped, or is in no figure",
  blinding: "the blinding audit, its decisions, or who saw the results",
};

/** The result of recomputing a snapshot, for a terminal. */
export const verificationText = (found: Verification): string =>
  outcomeText(found) + leftText(found) + ownerText(found);

function outcomeText(found: Verification): string {
  const { number, takenAt } = found.snapshot;
  const which = `Snapshot ${number}, taken ${takenAt}`;
  switch (found.outcome) {
    case "same":
      return `${which}: recomputed from ${found.judgments.toLocaleString("en")} judgments, and the same to the last digit.`;
    case "judgments differ":
      return `${which}: the judgments have changed since. ${sinceText(found.judgments)}${alsoText(found)}`;
    case "inputs differ":
      return `${which}: the judgments and all figures are the same.${changedText(found)}`;
    case "estimator differs":
      return `${which}: the judgments are the same, but it was made by ${found.estimator.then} and this is ${found.estimator.now}.${changedText(found)}`;
    case "figures differ":
      return `${which}: the judgments are the same, but these parts of the report are not: ${found.where.join(", ")}.${changedText(found)}`;
    case "cannot be told":
      return `${which}: it is unknown whether the judgments are the same. ${olderText(found)}`;
  }
}

function sinceText({ then, now }: { then: number; now: number }): string {
  const added = now - then;
  const count = Math.abs(added).toLocaleString("en");
  if (added === 0) return `There are ${now.toLocaleString("en")} as before: some were corrected or replaced.`;
  const moved = added > 0 ? `${count} more count` : `${count} fewer count`;
  return `${moved} now: ${now.toLocaleString("en")}, where it had ${then.toLocaleString("en")}.`;
}

/** What else differs, as a sentence with a space before it; empty if nothing does. */
function changedText({ changed }: Pick<Verification, "changed">): string {
  const names = (changed ?? []).filter((name) => name !== "judgments").map((name) => INPUT_WORDS[name]);
  return names.length === 0 ? "" : ` Changed since: ${names.join("; ")}.`;
}

/** Who has left since, as a sentence with a space before it; empty if nobody has. */
function leftText({ left: { withdrawn, erased } }: Pick<Verification, "left">): string {
  const gone = [
    ...(withdrawn === 0 ? [] : [`${withdrawn} withdrew`]),
    ...(erased === 0 ? [] : [`${erased} ${erased === 1 ? "was" : "were"} erased`]),
  ];
  return gone.length === 0 ? "" : ` Annotators since: ${gone.join(", ")}.`;
}

/** What the owner has renamed, taken back or amended since, as sentences with a space before; empty if nothing. */
function ownerText({ outcome, owner: { renamed, unloaded, amended } }: Verification): string {
  const isNow = renamed.map(
    ({ from, to, merged }) => `${from} ${merged ? "was merged into" : "is now"} ${to}`,
  );
  const moved = outcome === "figures differ" ? "; what is ordered or drawn by name can differ by that" : "";
  return [
    ...(isNow.length === 0 ? [] : [` Renamed since: ${isNow.join(", ")}${moved}.`]),
    ...(unloaded.length === 0 ? [] : [` Unloaded since: ${unloaded.join(", ")}.`]),
    ...(amended.length === 0 ? [] : [` Amended since: revision ${amended.join(", ")}.`]),
  ].join("");
}

/** Inputs that change whenever the judgments do. */
const WITH_JUDGMENTS: readonly InputName[] = ["times", "texts", "names"];

/** As `changedText`, without the inputs that change whenever the judgments do. */
const alsoText = ({ changed }: Pick<Verification, "changed">): string =>
  changedText({ changed: (changed ?? []).filter((name) => !WITH_JUDGMENTS.includes(name)) });

function olderText({ where, estimator }: Extract<Verification, { outcome: "cannot be told" }>): string {
  const hash =
    "An older version saved it with a hash that also covers names without a judgment, and some of those changed.";
  if (estimator.then !== estimator.now) {
    return `${hash} It was made by ${estimator.then} and this is ${estimator.now}. Their number is the same.`;
  }
  return `${hash} Their number is the same; these parts of the report are not: ${where.join(", ")}.`;
}
