import type { Verification } from "../reports/snapshots.ts";

/** What a check of a kept report found, for somebody at a terminal. */
export function verificationText(found: Verification): string {
  const { number, takenAt } = found.snapshot;
  const which = `Snapshot ${number}, taken ${takenAt}`;
  switch (found.outcome) {
    case "same":
      return `${which}: computed again from ${found.judgments.toLocaleString("en")} judgments, and the same to the last digit.`;
    case "judgments differ":
      return `${which}: the judgments have changed since. ${sinceText(found.judgments)}`;
    case "estimator differs":
      return `${which}: the judgments are the same, but it was made by ${found.estimator.then} and this is ${found.estimator.now}.`;
    case "figures differ":
      return `${which}: the judgments are the same, but these parts of the report are not: ${found.where.join(", ")}.`;
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
