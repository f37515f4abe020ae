import { z } from "zod";

/** The closed vocabularies of the glossary. */
export const studyStateSchema = z.enum(["draft", "open", "paused", "closed"]);
export type StudyState = z.infer<typeof studyStateSchema>;

export const groupKindSchema = z.enum(["crowd", "author", "model"]);
export type GroupKind = z.infer<typeof groupKindSchema>;

export const systemRoleSchema = z.enum(["target", "baseline", "contender"]);
export type SystemRole = z.infer<typeof systemRoleSchema>;

export const choiceSchema = z.enum(["left", "tie", "right", "both_bad"]);
export type Choice = z.infer<typeof choiceSchema>;

/** The side that a choice prefers. Null for a tie, and both answers bad is one. */
export const sideChosen = (choice: Choice): "left" | "right" | null =>
  choice === "left" || choice === "right" ? choice : null;

/** Whether two choices on one comparison prefer the same; `left` is what stood on the left for each. */
export function prefersSame<System>(
  one: { readonly choice: Choice; readonly left: System },
  other: { readonly choice: Choice; readonly left: System },
): boolean {
  const [side, otherSide] = [sideChosen(one.choice), sideChosen(other.choice)];
  if (side === null || otherSide === null) return side === otherSide;
  return (side === otherSide) === (one.left === other.left);
}

/** Why somebody cannot judge a pair. */
export const skipReasonSchema = z.enum(["language", "unreadable", "missing", "offensive", "other"]);
export type SkipReason = z.infer<typeof skipReasonSchema>;
export const SKIP_REASONS = skipReasonSchema.options;

export type Stage = "shared" | "main";

/**
 * `surplus`: loaded, and told to have come after another judgment had taken its place elsewhere. `unloaded`: of texts that were
 * taken back since. `corrected`: of a text that was corrected since.
 */
export type Purpose =
  "main" | "shared" | "check" | "practice" | "repeat" | "surplus" | "unloaded" | "corrected";
export type Ending = "judged" | "skipped" | "taken" | "returned";

/** How the part of somebody who came from a platform ends. */
export const finishKindSchema = z.enum([
  "completed",
  "no_consent",
  "screened_out",
  "failed_qualification",
  "stopped",
  "ended",
  "no_work",
  "timed_out",
]);
export type FinishKind = z.infer<typeof finishKindSchema>;
export const FINISH_KINDS = finishKindSchema.options;

/** What may come before an annotator's first pair, in this order. */
export const entryStageSchema = z.enum(["information", "consent", "questions", "practice", "qualification"]);
export type EntryStage = z.infer<typeof entryStageSchema>;
export const STAGES = entryStageSchema.options;

/** How a part ends before its first pair. */
export const entryEndSchema = finishKindSchema.extract([
  "no_consent",
  "screened_out",
  "failed_qualification",
]);
export type EntryEnd = z.infer<typeof entryEndSchema>;

/** How somebody left who takes their judgments or their data along. */
export const departureKindSchema = z.enum(["withdrawn", "erased"]);
export type DepartureKind = z.infer<typeof departureKindSchema>;

/** Where an assignment came from: handed out here, loaded from a file, simulated, or reconstructed from percentages. */
export type Origin = "handed_out" | "loaded" | "simulated" | "reconstructed";
export type Outcome = "win" | "tie" | "loss";
