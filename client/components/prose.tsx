import { useMemo } from "preact/hooks";
import "../styles/prose.css";
import { trustedHtml } from "./trusted-html.ts";

/** A text of a prompt or a response as the server rendered it: safe HTML, shown as it is. */
export function Prose({ html, lang }: { html: string; lang?: string }) {
  // the same object for the same text: another one would be put into the page anew, and what was scrolled jump back
  const trusted = useMemo(() => trustedHtml(html), [html]);
  return <div class="prose" lang={lang} dangerouslySetInnerHTML={{ __html: trusted }} />;
}
