import { withoutIsolates } from "../../../server/charts/isolate.ts";
import type { Report } from "../../../server/contract/report.ts";
import type { Figure, Lead } from "../../../server/report-document/document.ts";
import type { Frame } from "../../../server/report-document/figures/bars.ts";
import { lookHref } from "./judged/look.ts";
import { partFrom } from "./prompt-part.ts";

/** The address of the judgments behind a figure, or undefined where it leads nowhere. */
export type HrefOf = (lead: Lead | undefined) => string | undefined;

/** What the parts of a section need of the page that they stand on. */
export interface Setting {
  study: string;
  hrefOf: HrefOf;
  draw: (figure: Figure, frame: Frame) => string;
  captionOf: (figure: Figure) => string;
}

/**
 * Links to judgments: none in figures that were kept, which hold no judgments. Where the page shows part of the prompts
 * they lead to the judgments of that part, and a part within it leads nowhere.
 */
export function leadsFrom({ snapshot }: Pick<Report, "snapshot">): HrefOf {
  if (snapshot !== null) return () => undefined;
  const part = partFrom(location.search);
  return (lead) => {
    if (lead === undefined || (part !== undefined && lead.field !== undefined)) return undefined;
    const plain = Object.entries(lead).map(([key, value]) => [key, value && withoutIsolates(value)]);
    return lookHref({ ...part, ...(Object.fromEntries(plain) as Lead) });
  };
}
