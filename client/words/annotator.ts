import { signal } from "@preact/signals";
import { type Dictionary, loadWords, wordsFor } from "./index.ts";
import { live } from "./live.ts";

type Words = Dictionary["annotator"];

/** Each language is a file of its own that is fetched where it is spoken; English where none is that a reader wants. */
const LANGUAGES = {
  en: async () => (await import("./en/annotator.ts")).annotator,
  zh: async () => (await import("./zh/annotator.ts")).annotator,
  ar: async () => (await import("./ar/annotator.ts")).annotator,
} satisfies Record<string, () => Promise<Words>>;

const spoken = signal<Words | null>(null);

/**
 * The words of the annotator's page in the language spoken: a component that reads one is drawn anew when `speak`
 * changes it. A section may be taken out at any time, a word only after the first `speak`.
 */
export const words: Words = live(() => spoken.value);

/**
 * Speaks the first language wanted that there is, else English. Where its words cannot be fetched, what is spoken stays.
 * @param wanted tags such as `zh-CN`, the preferred one first
 * @returns whether any language is spoken now
 */
export async function speak(wanted: readonly string[]): Promise<boolean> {
  try {
    spoken.value = await loadWords(LANGUAGES, wanted);
  } catch {
    // without network
  }
  return spoken.peek() !== null;
}

/**
 * The words of a part of the annotator's page that is fetched when it is wanted, in the language spoken. The part brings
 * all its languages along.
 */
export const wordsSpoken = <Part extends object>(languages: Readonly<Record<string, Part>>): Part =>
  live(() => spoken.value && wordsFor(languages, [spoken.value.language]));
