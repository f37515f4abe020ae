import type { Item } from "../build.ts";
import { authorsOf, idOf, licenceOf } from "./prompts.ts";

const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|#]/g, "\\$&")
    .replace(/\s+/g, " ")
    .trim();
const link = (name: string, url: string | null): string =>
  url !== null && /^https?:\/\/[^\s<>]+$/.test(url) ? `[${escaped(name)}](<${url}>)` : escaped(name);

/** Creative Commons asks that its licences be linked. */
function licenceLink(licence: string | null): string {
  const [, kind, version] = /^CC (BY(?:-NC)?(?:-SA|-ND)?) (\d\.\d)$/.exec(licence ?? "") ?? [];
  if (kind === undefined || version === undefined) return escaped(licence ?? "an unknown licence");
  return link(licence!, `https://creativecommons.org/licenses/${kind.toLowerCase()}/${version}/`);
}

/** What was changed in the texts that the set holds. */
function changedWords({ split, candidate: { changes } }: Item): string {
  const own = changes.filter(({ of }) => of === "prompt" || (of === "response" && split === "train"));
  return own.length === 0
    ? "unchanged"
    : `changed: ${[...new Set(own.map(({ words }) => words))].join(", ")}`;
}

/** What the licences ask to be written of one text: its address, authors, licence, and what was changed. */
export function attributionLine(item: Item): string {
  const { candidate, source } = item;
  const by = authorsOf(item).map(({ of, name, url, licence }) => {
    const who = name === null ? "an unknown author" : link(name, url);
    return `${of === "prompt" ? "asked" : "answered"} by ${who} under ${licenceLink(licence)}`;
  });
  const parts = [
    link(candidate.texts.title ?? candidate.texts.prompt ?? candidate.id, candidate.url),
    ...(by.length > 0 ? by : [licenceLink(licenceOf(item))]),
    changedWords(item),
  ];
  return `\`${idOf(source.name, candidate.id)}\` ${parts.join("; ")}`;
}

/** The list of works that the licences ask for. @param lines one per text, without those that ask for nothing */
export const attributionText = (lines: readonly string[]): string =>
  [
    "# Attribution",
    "",
    ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : ["No text of this set asks for attribution."]),
    "",
  ].join("\n");
