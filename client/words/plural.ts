/** The forms of a noun, by the plural categories of its language; `other` serves those that have no form here. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/**
 * Makes the counting function of one language, which writes `1 prompt` or `1,200 prompts`.
 * @param language a tag such as `en`: decides the plural categories and how a number is written
 * @param formsOf the forms of a noun
 */
export function counting(
  language: string,
  formsOf: (noun: string) => Forms,
): (count: number, noun: string) => string {
  const [rules, numbers] = [new Intl.PluralRules(language), new Intl.NumberFormat(language)];
  return (count, noun) => {
    const forms = formsOf(noun);
    return `${numbers.format(count)} ${forms[rules.select(count)] ?? forms.other}`;
  };
}
