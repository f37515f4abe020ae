import type { JudgedPage } from "../../../../server/contract/judged.ts";
import type { ReportSource } from "../watch-report.ts";
import { type Look, queryOf } from "./look.ts";
import { withBase } from "../../../base-path.ts";

/** A page of comparisons, the server's words why there is none, or nothing where it was not reached. */
type JudgedAnswer = { page: JudgedPage } | { refused: string } | { unreachable: true };

/** Comparisons with their judgments, from `after` on. */
export async function fetchJudged(source: ReportSource, look: Look, after: string): Promise<JudgedAnswer> {
  const headers = new Headers();
  let url = "/api/results/judged";
  if ("study" in source) url = `/api/studies/${encodeURIComponent(source.study)}/judged`;
  else headers.set("authorization", `Bearer ${source.share}`);
  try {
    const reply = await fetch(`${withBase(url)}?${queryOf(look, after)}`, { headers, cache: "no-store" });
    if (reply.ok) return { page: (await reply.json()) as JudgedPage };
    if (reply.status >= 500 || reply.status === 429) return { unreachable: true };
    return { refused: ((await reply.json()) as { detail: string }).detail };
  } catch {
    return { unreachable: true };
  }
}
