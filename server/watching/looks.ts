import type { AnnotatorRule } from "../contract/report-annotators.ts";
import { type LookReason, lookReasonSchema } from "../contract/watching.ts";

interface Stands {
  readonly review: "open" | "go on" | "end" | null;
  readonly unanswered: boolean;
  readonly excluded: string | null;
  readonly sawResultsAt: string | null;
}

/**
 * Why an annotator needs a look, the most pressing reason first. How they work is asked of those whose judgments count: nobody
 * has to look at it once they are excluded.
 * @param rules by which the report points them out
 */
export function looksOf(stands: Stands, rules: readonly AnnotatorRule[]): LookReason[] {
  const found: ReadonlySet<LookReason> = new Set([
    ...(stands.review === "open" ? (["review"] as const) : []),
    ...(stands.unanswered ? (["message"] as const) : []),
    ...(stands.excluded === null ? rules : []),
    ...(stands.excluded === null && stands.sawResultsAt !== null ? (["results"] as const) : []),
  ]);
  return lookReasonSchema.options.filter((reason) => found.has(reason));
}

/** Where an annotator with these reasons stands in the list, from 0; those without any stand last. */
export const rankOf = ([first]: readonly LookReason[]): number =>
  first === undefined ? lookReasonSchema.options.length : lookReasonSchema.options.indexOf(first);
