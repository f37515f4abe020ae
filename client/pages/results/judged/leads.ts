import type { Pair, Report } from "../../../../server/contract/report.ts";
import { type Look, lookHref, type Outcome } from "./look.ts";

/** Makes links to judgments. */
export type Leads = (look: Look) => string;

/** Links to judgments, or undefined where there are none: figures that were kept hold no judgments. */
export const leadsFrom = ({ snapshot }: Pick<Report, "snapshot">): Leads | undefined =>
  snapshot === null ? lookHref : undefined;

/** The judgments behind a pair's row, or those of one outcome in it. */
export const lookAt = ({ system, against, group }: Pair, outcome?: Outcome): Look => ({
  ...{ system, against, outcome },
  group: group ?? undefined,
});
