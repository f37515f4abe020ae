import type { Shown } from "./report-view.ts";

/** What the address asks to show: `?group=NAME`, `?people`, or nothing. */
export function shownFrom(search: string): Shown {
  const query = new URLSearchParams(search);
  const group = query.get("group");
  if (group !== null) return { group };
  return query.has("people") ? { people: true } : "every";
}

/** The address for what is shown. The fragment stays: it may be the share link itself. */
export function addressFor(shown: Shown, location: { pathname: string; hash: string }): string {
  const query =
    shown === "every" ? "" : "people" in shown ? "?people" : `?${new URLSearchParams(shown).toString()}`;
  return `${location.pathname}${query}${location.hash}`;
}
