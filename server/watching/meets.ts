import { LEAST } from "../contract/exclusion-least.ts";
import type { ExclusionRule, WatchedAnnotator } from "../contract/watching.ts";
import { reportedOf } from "../report-document/watching-words.ts";

/** Whether a rule meets an annotator; nobody who is excluded already, and nobody of whom too little is known. */
export function meets(rule: ExclusionRule, one: WatchedAnnotator): boolean {
  if (one.excluded !== null) return false;
  switch (rule.kind) {
    case "checks":
      return one.checks.of - one.checks.count >= rule.failed && one.checks.of >= (rule.of ?? 0);
    case "speed":
      return one.medianSeconds !== null && one.fast.of >= LEAST.timed && one.medianSeconds < rule.seconds;
    case "side": {
      const { count, of } = one.left;
      return of >= LEAST.decisive && Math.max(count, of - count) >= (rule.percent / 100) * of;
    }
    case "report":
      return reportedOf(one).some((found) => rule.rules?.includes(found) ?? true);
  }
}
