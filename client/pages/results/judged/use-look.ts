import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { addressOfResults, type Look, lookFrom, lookHref } from "./look.ts";

interface Looking {
  /** The results themselves, which are hidden while judgments are looked at. */
  results: RefObject<HTMLElement | null>;
  look: Look | null;
  /** For the page's own links: a look opens without loading the page anew. */
  onClick: (event: MouseEvent) => void;
  /** Shows another look, in place of this one in the address. */
  change: (look: Look) => void;
  goBack: () => void;
}

/** What the reader left the results by, and how far from the top of the window it was. */
interface Left {
  link: HTMLElement;
  top: number;
}

/** What is looked at, kept in the address; the way back leads to where the reader was. */
export function useLook(): Looking {
  const [look, setLook] = useState(() => lookFrom(location.search));
  const left = useRef<Left | null>(null);
  const results = useRef<HTMLElement>(null);
  const wasLooking = useRef(look !== null);
  const show = useCallback(() => setLook(lookFrom(location.search)), []);
  useEffect(() => {
    window.addEventListener("popstate", show);
    return () => window.removeEventListener("popstate", show);
  }, [show]);
  useLayoutEffect(() => {
    if (look !== null && !wasLooking.current) window.scrollTo({ top: 0, behavior: "instant" });
    if (look === null && wasLooking.current) returnTo(left.current, results.current);
    wasLooking.current = look !== null;
  }, [look]);

  const onClick = (event: MouseEvent) => {
    const link = linkAt(event);
    if (link === null || lookFrom(link.search) === null) return;
    event.preventDefault();
    if (look === null) left.current = { link, top: topOf(link) };
    history.pushState(null, "", link.href);
    show();
  };
  const change = (next: Look) => {
    history.replaceState(null, "", lookHref(next));
    show();
  };
  const goBack = () => {
    if (left.current !== null && look !== null) return leave(show);
    history.replaceState(null, "", addressOfResults(location));
    show();
  };
  return { results, look, onClick, change, goBack };
}

function leave(show: () => void): void {
  history.pushState(null, "", addressOfResults(location));
  show();
}

/** Who came by an address that led here straight was nowhere yet: they begin at the title. */
function returnTo(left: Left | null, results: HTMLElement | null): void {
  if (left === null) return results?.querySelector("h1")?.focus();
  window.scrollBy({ top: topOf(left.link) - left.top, behavior: "instant" });
  left.link.focus({ preventScroll: true });
}

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** The link of this page that a plain click is on. */
function linkAt(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  return link !== null && link.origin === location.origin && link.pathname === location.pathname
    ? link
    : null;
}
