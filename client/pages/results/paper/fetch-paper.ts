import { withBase } from "../../../base-path.ts";
import type { Shown } from "../report-view.ts";
import type { ReportSource } from "../watch-report.ts";

/** Whose report, and which of its judgments. */
export interface PaperSource {
  readonly source: ReportSource;
  readonly study: string;
  readonly shown: Shown;
}

/** What the server refused, in its words. */
export class Refused extends Error {}

/**
 * Fetches something of the report for a paper: its list, a figure, a table, the methods or the references.
 * @param path below the address of the study's paper; empty: the list
 * @throws Refused with the server's words; TypeError where it cannot be reached
 */
export async function fetchPaper(
  { source, study, shown }: PaperSource,
  path: string,
  asked: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers = new Headers("share" in source ? { authorization: `Bearer ${source.share}` } : {});
  const wanted = new URLSearchParams({ ...asked, ...source.prompts });
  if (shown !== "every" && "group" in shown) wanted.set("group", shown.group);
  const query = wanted.toString();
  const url = `/api/studies/${encodeURIComponent(study)}/paper${path}${query === "" ? "" : `?${query}`}`;
  const reply = await fetch(withBase(url), { headers, cache: "no-store" });
  if (reply.ok) return reply;
  const problem = (await reply.json().catch(() => null)) as { detail?: string } | null;
  throw new Refused(problem?.detail ?? String(reply.status));
}
