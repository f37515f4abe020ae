import type { Texts } from "../contract/entry.ts";
import { languageAmong } from "../studies/sheet.ts";

/** A text in a language: in that one, else in the one that stands in for it. */
export function textIn(texts: Texts, language: string): string {
  if (typeof texts === "string") return texts;
  return texts[languageAmong(Object.keys(texts), language) ?? ""] ?? "";
}
