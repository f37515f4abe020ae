import type { Item } from "../build.ts";
import { authorsOf, idOf, licenceOf } from "./prompts.ts";

const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|#]/g, "\\$&")
    .replace(/\s+/g, " ")
    .trim();
const link = (name: string, url: string | null): string =>
  url === null ? escaped(name) : `[${escaped(name)}](<${url}>)`;

/** The list of works that the licences ask for: each text with its address, authors, licence, and what was changed. */
export function attributionOf(items: readonly Item[]): string {
  const named = items.filter(({ source }) => source.terms.attribution);
  const lines = named.map((item) => {
    const { candidate, source } = item;
    const by = authorsOf(item).map(
      ({ of, name, url }) =>
        `${of === "prompt" ? "asked" : "answered"} by ${name === null ? "an unknown author" : link(name, url)}`,
    );
    const parts = [
      link(candidate.texts.title ?? candidate.texts.prompt ?? candidate.id, candidate.url),
      ...by,
      licenceOf(item) ?? "licence unknown",
      candidate.changes.length > 0 ? `changed: ${candidate.changes.join(", ")}` : "unchanged",
    ];
    return `- \`${idOf(source.name, candidate.id)}\` ${parts.join("; ")}`;
  });
  return [
    "# Attribution",
    "",
    ...(lines.length > 0 ? lines : ["No text of this set asks for attribution."]),
    "",
  ].join("\n");
}
