import { SECTION_TITLES, type SectionKey } from "../../../server/report-document/document.ts";
import { headingOf } from "./section-view.tsx";

const isSection = (name: string): name is SectionKey => Object.hasOwn(SECTION_TITLES, name);

const partsOf = (hash: string): string[] => hash.replace(/^#/, "").split("&");

/** The section that the fragment of an address names; null where it names none. */
export function sectionFrom(hash: string): SectionKey | null {
  const last = partsOf(hash).at(-1) ?? "";
  return isSection(last) ? last : null;
}

/** The fragment that leads to a section; the token of a share link, which may stand in it, stays. */
export function hashOf(name: SectionKey, hash: string): string {
  const [token = ""] = partsOf(hash);
  return `#${token === "" || isSection(token) ? "" : `${token}&`}${name}`;
}

/** Opens a section, goes to it and puts the focus there. */
export function reveal(name: SectionKey): void {
  const heading = document.getElementById(headingOf(name));
  const fold = heading?.closest("details");
  if (fold) fold.open = true;
  heading?.scrollIntoView();
  const target = heading?.closest<HTMLElement>("summary") ?? heading;
  target?.focus({ preventScroll: true });
}
