import { signal, type ReadonlySignal } from "@preact/signals";
import type { Blocks, FullReport, Report } from "../../../server/contract/report.ts";
import { partFrom, type PromptPart } from "./prompt-part.ts";
import { withBase, withoutBase } from "../../base-path.ts";

/** Where a report comes from: a share link's token, or a study of the signed-in owner. */
export type ReportSource = ({ share: string } | { study: string }) & {
  /** The figures of these prompts alone. */
  prompts?: PromptPart;
};

type Refusal = "noLink" | "linkNotValid" | "signIn" | "notAllowed" | "notFound" | "noPart";

/** What the page gets first, and the blocks that it asks for one by one. */
type Parts = Blocks & { report: Report };

export interface WatchedPart<Part> {
  part: Part | null;
  /** Set when asking again would not help. */
  refused: Refusal | null;
  /** Whether the last attempt failed on the way. */
  unreachable: boolean;
}

export type Watched = WatchedPart<Report>;

const POLL_MS = 5000;

/** What the address of this page asks for; null when it asks for nothing. */
export function sourceOf(location: { pathname: string; hash: string; search?: string }): ReportSource | null {
  const prompts = partFrom(location.search ?? "");
  const part = prompts === undefined ? {} : { prompts };
  const study = /^\/results\/([^/]+)\/?$/.exec(withoutBase(location.pathname))?.[1];
  if (study !== undefined) return { study: decodeURIComponent(study), ...part };
  const share = location.hash.replace(/^#/, "").split("&")[0] ?? "";
  return share === "" ? null : { share, ...part };
}

/** The whole report with every block, for a file. @throws where it cannot be had */
export async function fetchFull(source: ReportSource): Promise<FullReport> {
  const [url, headers] = addressOf(source, "full");
  const reply = await fetch(withBase(url), { headers });
  if (!reply.ok) throw new Error(`the whole report: ${String(reply.status)}`);
  return (await reply.json()) as FullReport;
}

/** Watches the report itself, asking every five seconds. */
export const watchReport = (source: ReportSource): Watch<Report> =>
  watchPart({ source, name: "report", everyMs: POLL_MS });

export interface Watch<Part> {
  watched: ReadonlySignal<WatchedPart<Part>>;
  /** Asks at once, also where a refusal had ended the asking. */
  again: () => void;
  stop: () => void;
}

/**
 * Fetches a part of the report at once and then every `everyMs` while the page can be seen, by ETag, so that what
 * is unchanged costs a 304. Returns what is known so far, `again` and `stop`.
 */
export function watchPart<Name extends keyof Parts>({
  source,
  name,
  everyMs,
}: {
  source: ReportSource;
  name: Name;
  everyMs: number;
}): Watch<Parts[Name]> {
  const watched = signal<WatchedPart<Parts[Name]>>({ part: null, refused: null, unreachable: false });
  let etag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;

  const ask = async () => {
    clearTimeout(timer);
    if (asking || stopped || document.hidden) return;
    asking = true;
    const answer = await fetchPart<Parts[Name]>(source, name, etag);
    asking = false;
    if (answer.etag !== undefined) etag = answer.etag;
    watched.value = merge(watched.value, answer);
    const soon = watched.value.unreachable ? POLL_MS : everyMs;
    if (!stopped && watched.value.refused === null) timer = setTimeout(() => void ask(), soon);
  };
  const onVisible = () => void ask();
  document.addEventListener("visibilitychange", onVisible);
  void ask();
  return {
    watched,
    again: () => void ask(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}

interface Answer<Part> {
  kind: "part" | "unchanged" | "refused" | "unreachable";
  part?: Part;
  etag?: string | null;
  refused?: Refusal;
}

async function fetchPart<Part>(
  source: ReportSource,
  name: keyof Parts,
  etag: string | null,
): Promise<Answer<Part>> {
  const [url, headers] = addressOf(source, name);
  if (etag !== null) headers.set("if-none-match", etag);
  try {
    // no-store keeps the browser's own cache out, so that a 304 reaches us as one
    const reply = await fetch(withBase(url), { headers, cache: "no-store" });
    if (reply.status === 304) return { kind: "unchanged" };
    const refused = refusalOf(reply.status, source);
    if (refused) return { kind: "refused", refused };
    if (!reply.ok) return { kind: "unreachable" };
    return { kind: "part", part: (await reply.json()) as Part, etag: reply.headers.get("etag") };
  } catch {
    return { kind: "unreachable" };
  }
}

function addressOf(source: ReportSource, name: keyof Parts | "full"): [string, Headers] {
  const asked = { ...(name === "report" ? {} : { part: name }), ...source.prompts };
  const written = new URLSearchParams(asked).toString();
  const query = written === "" ? "" : `?${written}`;
  if ("study" in source) {
    return [`/api/studies/${encodeURIComponent(source.study)}/report${query}`, new Headers()];
  }
  return [`/api/results${query}`, new Headers({ authorization: `Bearer ${source.share}` })];
}

function refusalOf(status: number, source: ReportSource): Refusal | null {
  if (status === 403 && "study" in source) return "notAllowed";
  if (status === 401 || status === 403) return "study" in source ? "signIn" : "linkNotValid";
  if (status === 404 && source.prompts !== undefined) return "noPart";
  if (status === 404 || status === 400) return "study" in source ? "notFound" : "linkNotValid";
  return null;
}

function merge<Part>(before: WatchedPart<Part>, answer: Answer<Part>): WatchedPart<Part> {
  if (answer.kind === "unreachable") return { ...before, unreachable: true };
  if (answer.kind === "unchanged") return before.unreachable ? { ...before, unreachable: false } : before;
  if (answer.kind === "refused") return { part: null, refused: answer.refused ?? null, unreachable: false };
  return { part: answer.part ?? null, refused: null, unreachable: false };
}
