import type { Pair, Report } from "../../../../server/contract/report.ts";
import { partFrom } from "../prompt-part.ts";
import { type Look, lookHref, type Outcome } from "./look.ts";

/** Makes links to judgments. */
export type Leads = (look: Look) => string;

/**
 * Links to judgments, or undefined where there are none: figures that were kept hold no judgments. Where the page shows
 * part of the prompts the links lead to their judgments alone.
 */
export function leadsFrom({ snapshot }: Pick<Report, "snapshot">): Leads | undefined {
  if (snapshot !== null) return undefined;
  const part = partFrom(location.search);
  return (look) => lookHref({ ...part, ...look });
}

/** The judgments behind a pair's row, or those of one outcome in it. */
export const lookAt = (
  { system, against, group }: Pick<Pair, "system" | "against" | "group">,
  outcome?: Outcome,
): Look => ({
  ...{ system, against, outcome },
  group: group ?? undefined,
});
