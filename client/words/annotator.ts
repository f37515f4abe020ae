import { annotator as en } from "./en/annotator.ts";
import { type AnnotatorWords, pickLanguage } from "./index.ts";

const DICTIONARIES = { en } satisfies Record<string, AnnotatorWords>;

const wanted = typeof navigator === "undefined" ? [] : navigator.languages;

/** The words of the annotator's page, in the first of the browser's languages that there is. */
export const words: AnnotatorWords =
  DICTIONARIES[pickLanguage(wanted, Object.keys(DICTIONARIES) as (keyof typeof DICTIONARIES)[])];
