import type { Shown } from "./report-view.ts";

/** What the address asks to show: `?group=NAME`, `?people`, or nothing. */
export function shownFrom(search: string): Shown {
  const query = new URLSearchParams(search);
  const group = query.get("group");
  if (group !== null) return { group };
  return query.has("people") ? { people: true } : "every";
}

/** The address for what is shown; other choices in it stay. The fragment stays: it may be the share link itself. */
export function addressFor(
  shown: Shown,
  location: { pathname: string; hash: string; search?: string },
): string {
  const choices = { group: null, people: null } as Record<string, string | null>;
  if (shown !== "every") Object.assign(choices, "people" in shown ? { people: "" } : shown);
  return addressWith(choices, location);
}

/** The address with these choices made, or unmade by null. */
export function addressWith(
  choices: Record<string, string | null>,
  { pathname, hash, search = "" }: { pathname: string; hash: string; search?: string },
): string {
  const query = new URLSearchParams(search);
  for (const [name, choice] of Object.entries(choices)) {
    if (choice === null) query.delete(name);
    else query.set(name, choice);
  }
  const written = query.toString();
  return `${pathname}${written === "" ? "" : `?${written}`}${hash}`;
}
