import type { AlternativeAnnotator } from "./alternative-annotator.ts";
import type { Estimate } from "../estimate.ts";

/** A test that would miss an equal more often than in 1 of 5 studies cannot say no. */
const POWER_WANTED = 0.8;

/** What the alternative-annotator test may be read as, and why. */
type AlternativeVerdict =
  | { readonly verdict: "yes"; readonly reason: "won" }
  | { readonly verdict: "no"; readonly reason: "constant" | "lost" | "worse" }
  | { readonly verdict: "cannot tell"; readonly reason: "not beyond chance" | "little power" };

/**
 * May the model stand in for an annotator: yes, no, or cannot be told?
 *
 * A model that says the same whatever it is shown knows nothing of the answers, so it never passes, however near to people it
 * comes. Else yes where the test passes and the exact kappa of model and people is above 0 by its whole interval: with
 * people who hardly agree beyond chance, verdicts made without reading pass as well as theirs. No where the test fails
 * although an equal would have passed with a power of 0.8 or more, or where the model is shown to be worse by more than
 * ε than at least half of the annotators. All else cannot be told. The three guards are this product's; the test itself is
 * that of its source (see alternativeAnnotatorTest).
 */
export function alternativeVerdict(
  { passes, power, isWorse }: Pick<AlternativeAnnotator, "passes" | "power" | "isWorse">,
  { isConstant, kappa }: { isConstant: boolean; kappa: Estimate },
): AlternativeVerdict {
  if (isConstant) return { verdict: "no", reason: "constant" };
  if (passes) {
    return "low" in kappa && kappa.low > 0
      ? { verdict: "yes", reason: "won" }
      : { verdict: "cannot tell", reason: "not beyond chance" };
  }
  if (isWorse) return { verdict: "no", reason: "worse" };
  return power >= POWER_WANTED
    ? { verdict: "no", reason: "lost" }
    : { verdict: "cannot tell", reason: "little power" };
}
