import { type Dictionary, loadWords } from "./index.ts";

type Words = Dictionary["dashboard"];

/** Each language is a file of its own that is fetched where it is spoken. */
const LANGUAGES = {
  en: async () => (await import("./en/dashboard.ts")).dashboard,
  zh: async () => (await import("./zh/dashboard.ts")).dashboard,
} satisfies Record<string, () => Promise<Words>>;

/** The words of the dashboard, in the browser's language if there is a dictionary of it, else in English. */
export const words: Words = await loadWords(
  LANGUAGES,
  typeof navigator === "undefined" ? [] : navigator.languages,
);
