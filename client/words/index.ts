import type { annotator } from "./en/annotator.ts";

/** What the pages of annotators have in each language; English decides which keys there are. */
export type AnnotatorWords = typeof annotator;

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** Which way a page in this language is laid out; `language` is a tag such as `en` or `fa-IR`. */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(primary(language)) ? "rtl" : "ltr";
}

/** The first language wanted that is offered, by its primary part; else the first one offered. */
export function pickLanguage<Tag extends string>(wanted: readonly string[], offered: readonly Tag[]): Tag {
  for (const tag of wanted) {
    const found = offered.find((one) => primary(one) === primary(tag));
    if (found !== undefined) return found;
  }
  const [first] = offered;
  if (first === undefined) throw new Error("No language is offered.");
  return first;
}

const primary = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";
