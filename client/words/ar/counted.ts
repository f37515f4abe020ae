/** The digits are those of the keys 1, 2 and 3, and of the texts that are judged. */
const TAG = "ar-u-nu-latn";
const rules = new Intl.PluralRules(TAG);

/** `1,200`. */
export const number = (count: number): string => count.toLocaleString(TAG);

/** One and two of a thing are said by its form alone; `{}` stands for the number. */
type Forms = Record<"one" | "two" | "few" | "other", string>;

/** A count with its noun in the form that Arabic has for it. */
export function counted(count: number, { one, two, few, other }: Forms): string {
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = { one, two, few };
  return (forms[rules.select(count)] ?? other).replace("{}", number(count));
}

/** So many pairs, as the object of a sentence. */
export const pairs = (count: number): string =>
  counted(count, { one: "زوجًا واحدًا", two: "زوجين", few: "{} أزواج", other: "{} زوجًا" });

/** So many minutes, as the object of a sentence. */
export const minutesOf = (count: number): string =>
  counted(count, { one: "دقيقة واحدة", two: "دقيقتين", few: "{} دقائق", other: "{} دقيقة" });
