import { UNSURE } from "../candidate.ts";
import { proseOf } from "./prose.ts";

/** Tells the language of a text: a code of ISO 639-1, or `UNSURE`. */
type TellLanguage = (text: string) => string;

/**
 * Loads what tells languages by the frequencies of their letter sequences (decision 30). What the package itself does not call
 * reliable is unsure, and so is a text without letters. Code and quotes are not looked at.
 * @param among only these languages are meant; null: all that it knows
 */
export async function languageTeller(among: readonly string[] | null): Promise<TellLanguage> {
  const { eld } = await import("eld/medium");
  const detector = eld.newInstance();
  if (among !== null) detector.setLanguageSubset([...among]);
  return (text) => {
    const found = detector.detect(proseOf(text));
    return found.language !== "" && found.isReliable() ? found.language : UNSURE;
  };
}

/** What it can tell, as codes of ISO 639-1. */
export const LANGUAGES = (
  "am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl " +
  "pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh"
).split(" ");

const byName = new Map<string, string>();

/** The code of a language by its English name, such as “English”, or of a code with a region, such as pt-BR; null: neither. */
export function languageCode(nameOrCode: string): string | null {
  const given = nameOrCode.trim().toLowerCase();
  if (byName.size === 0) fillNames();
  const [, code] = /^([a-z]{2,3})(?:[-_][a-z\d]+)*$/.exec(given) ?? [];
  return byName.get(given) ?? code ?? null;
}

function fillNames(): void {
  const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  for (const first of letters)
    for (const second of letters) {
      const name = names.of(first + second)?.toLowerCase();
      if (name !== undefined && !byName.has(name)) byName.set(name, first + second);
    }
}
