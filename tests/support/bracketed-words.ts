import { loadWords as loadIn, wordsFor as wordsIn } from "../../client/words/index.ts";

/** The same words in ⟦brackets⟧ that no page has of its own, those that functions make included. */
export function bracketed<Words>(words: Words): Words {
  if (typeof words === "string") return `⟦${words}⟧` as Words;
  if (typeof words === "function") {
    const call = words as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => bracketed(call(...given))) as unknown as Words;
  }
  if (typeof words !== "object" || words === null) return words;
  const entries = Object.entries(words).map(([key, word]): [string, unknown] => [key, bracketed(word)]);
  return (Array.isArray(words) ? entries.map(([, word]) => word) : Object.fromEntries(entries)) as Words;
}

/** Stands in for that of `client/words/index.ts`: a page's words in brackets; the tag of their language stays one. */
export const wordsFor = <Words extends object>(languages: Readonly<Record<string, Words>>): Words =>
  withTag(wordsIn(languages));

/** Stands in for that of `client/words/index.ts`, likewise. @internal */
export const loadWords = async <Words extends object>(
  languages: Readonly<Record<string, () => Promise<Words>>>,
  wanted: readonly string[],
): Promise<Words> => withTag(await loadIn(languages, wanted));

const withTag = <Words extends object>(words: Words): Words => ({
  ...bracketed(words),
  ...("language" in words ? { language: words.language } : {}),
});
