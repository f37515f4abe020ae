const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as HTML that shows exactly that text, safe between tags and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

/**
 * Any text as one preformatted block, with nothing in it interpreted: the answer for texts that are too
 * long, nested too deep or too slow to read as Markdown. Every kind of line end becomes a line feed, and
 * NUL, which neither HTML nor PostgreSQL can hold, becomes U+FFFD, as in Markdown.
 */
export function renderPlain(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll("\0", "\uFFFD");
  return `<pre class="plain" dir="auto">${escapeHtml(lines)}</pre>\n`;
}
