import "../styles/prose.css";
import { trustedHtml } from "./trusted-html.ts";

/** A text of a prompt or a response as the server rendered it: safe HTML, shown as it is. */
export function Prose({ html, lang }: { html: string; lang?: string }) {
  return <div class="prose" lang={lang} dangerouslySetInnerHTML={{ __html: trustedHtml(html) }} />;
}
