import { withBase, withoutBase } from "../../base-path.ts";

/** Where the page was opened: by a personal link, by an open link, or by neither. */
export type EntryPoint =
  | { readonly kind: "judge"; readonly token: string }
  | { readonly kind: "join"; readonly link: string; readonly query: string }
  | { readonly kind: "nowhere" };

const SECRET = /^#([A-Za-z0-9_-]{20,64})(?:[?&](.*))?$/;

/**
 * Reads the address; the secret stands behind the `#`, which browsers never send. The query names whom a platform sent: it
 * stands before the `#`, or behind the secret where a platform put it at the end.
 */
export function placeOf(address: { pathname: string; hash: string; search: string }): EntryPoint {
  const [, secret, appended = ""] = SECRET.exec(address.hash) ?? [];
  if (secret === undefined) return { kind: "nowhere" };
  if (!withoutBase(address.pathname).startsWith("/join"))
    return appended === "" ? { kind: "judge", token: secret } : { kind: "nowhere" };
  const query = [address.search.replace(/^\?/, ""), appended].filter((part) => part !== "").join("&");
  return { kind: "join", link: secret, query };
}

/** What a page's history keeps of somebody who came by an open link, once their ids have left its address. */
interface Arrived {
  readonly query?: unknown;
}

/**
 * Takes the ids of a platform out of the address: they are in nobody's view, bookmark or copy, and reloading the page
 * still finds them. @returns the query of the address, or the one that was in it before
 */
export function takeQuery({ link, query }: { link: string; query: string }): string {
  const before = (history.state as Arrived | null)?.query;
  const kept = query === "" && typeof before === "string" ? before : query;
  if (query !== "") history.replaceState({ query }, "", `${location.pathname}#${link}`);
  return kept;
}

/** Somebody's personal link, on this server. */
export const personalLink = (token: string): string => withBase(`/judge#${token}`);
