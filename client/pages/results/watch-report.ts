import { signal, type ReadonlySignal } from "@preact/signals";
import type { Report } from "../../../server/contract/report.ts";

/** Where a report comes from: a share link's token, or a study of the signed-in owner. */
export type ReportSource = { share: string } | { study: string };

export type Refusal = "noLink" | "linkNotValid" | "signIn" | "notFound";

export interface Watched {
  report: Report | null;
  /** Set when asking again would not help. */
  refused: Refusal | null;
  /** Whether the last attempt failed on the way. */
  unreachable: boolean;
}

export const POLL_MS = 5000;

/** What the address of this page asks for; null when it asks for nothing. */
export function sourceOf(location: { pathname: string; hash: string }): ReportSource | null {
  const study = /^\/results\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  if (study !== undefined) return { study: decodeURIComponent(study) };
  const share = location.hash.replace(/^#/, "").split("&")[0] ?? "";
  return share === "" ? null : { share };
}

/**
 * Fetches the report at once and then every five seconds while the page can be seen, by ETag, so that an
 * unchanged report costs a 304. Returns what is known so far, and `stop`.
 */
export function watchReport(source: ReportSource): { watched: ReadonlySignal<Watched>; stop: () => void } {
  const watched = signal<Watched>({ report: null, refused: null, unreachable: false });
  let etag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;

  const ask = async () => {
    clearTimeout(timer);
    if (asking || stopped || document.hidden) return;
    asking = true;
    const answer = await fetchReport(source, etag);
    asking = false;
    if (answer.etag !== undefined) etag = answer.etag;
    watched.value = merge(watched.value, answer);
    if (!stopped && watched.value.refused === null) timer = setTimeout(() => void ask(), POLL_MS);
  };
  const onVisible = () => void ask();
  document.addEventListener("visibilitychange", onVisible);
  void ask();
  return {
    watched,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}

interface Answer {
  kind: "report" | "unchanged" | "refused" | "unreachable";
  report?: Report;
  etag?: string | null;
  refused?: Refusal;
}

async function fetchReport(source: ReportSource, etag: string | null): Promise<Answer> {
  const [url, headers] = addressOf(source);
  if (etag !== null) headers.set("if-none-match", etag);
  try {
    // no-store keeps the browser's own cache out, so that a 304 reaches us as one
    const reply = await fetch(url, { headers, cache: "no-store" });
    if (reply.status === 304) return { kind: "unchanged" };
    const refused = refusalOf(reply.status, source);
    if (refused) return { kind: "refused", refused };
    if (!reply.ok) return { kind: "unreachable" };
    return { kind: "report", report: (await reply.json()) as Report, etag: reply.headers.get("etag") };
  } catch {
    return { kind: "unreachable" };
  }
}

function addressOf(source: ReportSource): [string, Headers] {
  if ("study" in source) return [`/api/studies/${encodeURIComponent(source.study)}/report`, new Headers()];
  return ["/api/results", new Headers({ authorization: `Bearer ${source.share}` })];
}

function refusalOf(status: number, source: ReportSource): Refusal | null {
  if (status === 401 || status === 403) return "study" in source ? "signIn" : "linkNotValid";
  if (status === 404 || status === 400) return "study" in source ? "notFound" : "linkNotValid";
  return null;
}

function merge(before: Watched, answer: Answer): Watched {
  if (answer.kind === "unreachable") return { ...before, unreachable: true };
  if (answer.kind === "unchanged") return before.unreachable ? { ...before, unreachable: false } : before;
  if (answer.kind === "refused") return { report: null, refused: answer.refused ?? null, unreachable: false };
  return { report: answer.report ?? null, refused: null, unreachable: false };
}
