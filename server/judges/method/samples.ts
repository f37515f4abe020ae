import type { VerdictChoice } from "../verdict-labels.ts";

/** The option that more samples chose than any other; a tie where no option has most alone. */
export function verdictOfSamples(choices: readonly VerdictChoice[]): VerdictChoice {
  const counts = (["left", "tie", "right"] as const).map((choice) => ({
    choice,
    count: choices.filter((one) => one === choice).length,
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  const leading = counts.filter(({ count }) => count === most);
  return leading.length === 1 ? leading[0]!.choice : "tie";
}
