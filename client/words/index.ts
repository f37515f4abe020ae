import type { annotator } from "./en/annotator.ts";
import type { quality } from "./en/annotator-quality.ts";
import type { more } from "./en/annotator-more.ts";
import type { pace } from "./en/annotator-pace.ts";
import type { dashboard } from "./en/dashboard.ts";
import type { entry } from "./en/entry.ts";
import type { join } from "./en/join.ts";
import type { leaving } from "./en/leaving.ts";
import type { plan } from "./en/plan.ts";
import type { results } from "./en/results.ts";
import type { beside } from "./en/results-beside.ts";
import type { judged } from "./en/results-judged.ts";
import type { paper } from "./en/results-paper.ts";
import type { refused } from "./en/results-refused.ts";

/**
 * Every word of every page in one language. English is written first and decides which keys there are; another
 * language is an object of this type, and a line in the module of each key (`annotator.ts`, `dashboard.ts` and so on).
 */
export interface Dictionary {
  readonly annotator: typeof annotator;
  readonly quality: typeof quality;
  readonly more: typeof more;
  readonly pace: typeof pace;
  readonly dashboard: typeof dashboard;
  readonly entry: typeof entry;
  readonly join: typeof join;
  readonly leaving: typeof leaving;
  readonly plan: typeof plan;
  readonly results: typeof results;
  readonly beside: typeof beside;
  readonly judged: typeof judged;
  readonly paper: typeof paper;
  readonly refused: typeof refused;
}

const RIGHT_TO_LEFT = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

/** Which way a page in this language is laid out; `language` is a tag such as `en` or `fa-IR`. @internal */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(primary(language)) ? "rtl" : "ltr";
}

/** The first language wanted that is offered, by its primary part; else the first one offered. @internal */
export function pickLanguage<Tag extends string>(wanted: readonly string[], offered: readonly Tag[]): Tag {
  for (const tag of wanted) {
    const found = offered.find((one) => primary(one) === primary(tag));
    if (found !== undefined) return found;
  }
  const [first] = offered;
  if (first === undefined) throw new Error("No language is offered.");
  return first;
}

/**
 * The words of one page in the browser's language.
 * @param languages the page's words by language; the first is used if the browser prefers none of them
 * @param wanted the reader's languages, the preferred one first
 */
export function wordsFor<Words>(
  languages: Readonly<Record<string, Words>>,
  wanted: readonly string[] = typeof navigator === "undefined" ? [] : navigator.languages,
): Words {
  return languages[pickLanguage(wanted, Object.keys(languages))]!;
}

/**
 * The same where each language is a file of its own: fetches the words of one.
 * @throws TypeError where they cannot be fetched
 */
export async function loadWords<Words>(
  languages: Readonly<Record<string, () => Promise<Words>>>,
  wanted: readonly string[],
): Promise<Words> {
  return languages[pickLanguage(wanted, Object.keys(languages))]!();
}

/** Sets the language and the direction of the page, for browsers and screen readers. */
export function layOut({ language }: { readonly language: string }): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

const primary = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";
