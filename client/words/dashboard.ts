import { dashboard } from "./en/dashboard.ts";
import { type Dictionary, loadWords } from "./index.ts";
import { live } from "./live.ts";

type Words = Dictionary["dashboard"];

const LANGUAGES = {
  en: async () => dashboard,
  zh: async () => (await import("./zh/dashboard.ts")).dashboard,
} satisfies Record<string, () => Promise<Words>>;

let spoken: Words = dashboard;

/** The words of the dashboard in the language spoken, English at first. A section may be taken out at any time, a word when it is shown. */
export const words: Words = live(() => spoken);

/**
 * Speaks the first language wanted that there is; where its words cannot be fetched, English.
 * @param wanted tags such as `zh-CN`, the preferred one first
 */
export async function speak(wanted: readonly string[]): Promise<void> {
  spoken = await loadWords(LANGUAGES, wanted).catch(() => dashboard);
}
