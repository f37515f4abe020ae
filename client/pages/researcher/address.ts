import { withBase, withoutBase } from "../../base-path.ts";

/** The part of the dashboard that an address asks for: the list, or a study, and perhaps one of its sections. */
interface DashboardAddress {
  study: string | null;
  section: string | null;
  /** A page of its own: one's account, an invitation to make one, or signing in. */
  page: "account" | "invitation" | "sign-in" | null;
  /** Why signing in at the provider came to nothing; null: nothing did. */
  problem: string | null;
}

export function addressOf(location: { pathname: string; search: string; hash: string }): DashboardAddress {
  const study = /^\/(?:dashboard|desk)\/([^/]+)\/?$/.exec(withoutBase(location.pathname))?.[1];
  const query = new URLSearchParams(location.search);
  const page = /^\/(account|invitation|sign-in)\/?$/.exec(withoutBase(location.pathname))?.[1] ?? null;
  return {
    study: study === undefined ? null : decodeURIComponent(study),
    section: query.get("show"),
    page: page as DashboardAddress["page"],
    problem: query.get("problem"),
  };
}

/** The token of an owner link or an invitation in the fragment, which section names are too short to be; null if there is none. */
export function ownerTokenIn(hash: string): string | null {
  return /^#([A-Za-z0-9_-]{30,64})$/.exec(hash)?.[1] ?? null;
}

export const accountAddress = (): string => withBase("/account");
export const studyAddress = (name: string): string => withBase(`/dashboard/${encodeURIComponent(name)}`);
export const resultsAddress = (name: string): string => withBase(`/results/${encodeURIComponent(name)}`);
/** The results of two studies, side by side. */
export const besideAddress = (name: string, other: string): string =>
  `${resultsAddress(name)}?${new URLSearchParams({ beside: other }).toString()}`;

/** Goes to a study's page without leaving the dashboard, so that files on their way stay on it. */
export const goToStudy = (name: string): void => go("push", studyAddress(name));
export const goToList = (): void => go("push", withBase("/dashboard"));
/** The page of a study that has another name now. */
export const showStudyAs = (name: string): void => go("replace", studyAddress(name));

function go(how: "push" | "replace", address: string): void {
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}
