import { escapeLatex } from "../write/latex-text.ts";
import type { Sentence } from "./methods.ts";
import { type Reference, REFERENCES } from "./references.ts";

/** What a paper cites the program by, from its CITATION.cff. */
export interface Software {
  readonly title: string;
  readonly authors: readonly string[];
  readonly version: string;
  readonly year: string;
}

export const METHODS_FORMATS = ["text", "latex"] as const;
export type MethodsFormat = (typeof METHODS_FORMATS)[number];

/** A methods paragraph as text with names and years, or as LaTeX that cites the keys of `bibtexOf`; ends with a line end. */
export function writeMethods(
  sentences: readonly Sentence[],
  format: MethodsFormat,
  software: Software,
): string {
  const written = sentences.map(({ text, cites }) => {
    if (cites.length === 0) return format === "latex" ? escapeLatex(text) : text;
    const [, body = text, stop = ""] = /^([\s\S]*?)(\.?)$/.exec(text) ?? [];
    if (format === "latex") return `${escapeLatex(body)}~\\cite{${cites.join(",")}}${stop}`;
    const named = cites.map((key) => shortOf(referenceOf(key, software)));
    return `${body} (${named.join("; ")})${stop}`;
  });
  return `${written.join(format === "latex" ? "\n" : " ")}\n`;
}

/** The works that these sentences cite, as a BibTeX file. */
export function bibtexOf(sentences: readonly Sentence[], software: Software): string {
  const keys = [...new Set(sentences.flatMap(({ cites }) => cites))].sort();
  return keys.map((key) => entry(key, referenceOf(key, software))).join("\n");
}

const referenceOf = (key: Sentence["cites"][number], software: Software): Reference =>
  key === "tiebreak" ? asReference(software) : REFERENCES[key];

const asReference = ({ title, authors, version, year }: Software): Reference => ({
  ...{ type: "misc", short: authors.join(", ") },
  fields: {
    author: authors.map((name) => `{${name}}`).join(" and "),
    title: `{${title}}`,
    ...{ howpublished: "Software", note: `Version ${version}`, year },
  },
});

const shortOf = ({ short, fields }: Reference): string => `${short}, ${fields.year}`;

function entry(key: string, { type, fields }: Reference): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@${type}{${key},`, ...lines, "}", ""].join("\n");
}
