import { binomialCdf } from "../../statistics/special/binomial-cdf.ts";
import { openingOf } from "./style.ts";

/** What a text has of the forms that only one system may use. Indents end with their line, so that empty lines cost nothing. */
const FORMATS: readonly (readonly [string, RegExp])[] = [
  ["headings", /^ {0,3}#{1,6} \S/m],
  ["bold text", /\*\*[^\s*][^*\n]*\*\*/],
  ["bulleted lists", /^[^\S\n]*[-*+•] \S/m],
  ["numbered lists", /^[^\S\n]*\d{1,3}[.)] \S/m],
  ["blocks of code", /^ {0,3}```/m],
  ["tables", /^[^\S\n]*\|[^|\n]*\|.*\|[^\S\n]*$/m],
  ["emoji", /\p{Emoji_Presentation}/u],
  ["curly quotation marks", /[“”]/],
  ["dashes (—)", /—/],
  ["rules (---)", /^[^\S\n]*(?:-{3,}|\*{3,}|_{3,})[^\S\n]*$/m],
  [
    "a label such as “Answer:” at the start",
    /^\s*(?:#+ )?\*{0,2}(?:answer|response|output|assistant|ai|bot|solution|回答|答案)\*{0,2} ?[:：]/i,
  ],
  ["a question at the end", /[?？]\s*$/],
  ["quotation marks around all of it", /^\s*["“][\s\S]*["”]\s*$/],
];

/** Openings and formats of a text: each by its name. */
export interface Habits {
  readonly opening: string;
  readonly formats: readonly string[];
}

export function habitsOf(text: string): Habits {
  const formats = FORMATS.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  return { opening: openingOf(text), formats };
}

/** What only one system does. */
export interface Telltale {
  readonly system: string;
  readonly openings: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
}

/** A sign that a system has at least so often, and the others at most a part of that. */
const RULES = {
  openings: { least: 5, share: 0.05, others: 1 / 10 },
  formats: { least: 5, share: 0.2, others: 1 / 10 },
} as const;
const LEVEL = 0.01;

/**
 * Openings and formats that give one system away: at least 5 % of its texts begin so (a fifth have the format), the texts of all
 * others together do so at most a tenth as often, and that is not chance: had each occurrence fallen to a system at random, by the
 * numbers of texts, so many would be of this one with a probability of at most 1 %, over all that were looked at (Bonferroni).
 * @param bySystem the habits of every system's texts in a sample of the same prompts
 */
export function telltales(bySystem: ReadonlyMap<string, readonly Habits[]>): Telltale[] {
  const of = (kind: keyof typeof RULES) => found(bySystem, kind);
  const [openings, formats] = [of("openings"), of("formats")];
  return [...bySystem.keys()].map((system) => ({
    system,
    openings: openings.get(system)!,
    formats: formats.get(system)!,
  }));
}

function found(
  bySystem: ReadonlyMap<string, readonly Habits[]>,
  kind: keyof typeof RULES,
): Map<string, Set<string>> {
  const rule = RULES[kind];
  const counts = new Map<string, Map<string, number>>();
  let texts = 0;
  for (const [system, habits] of bySystem) {
    texts += habits.length;
    for (const { opening, formats } of habits)
      for (const name of kind === "formats" ? formats : [opening]) {
        const by = counts.get(name) ?? new Map<string, number>();
        counts.set(name, by.set(system, (by.get(system) ?? 0) + 1));
      }
  }
  const candidates = [...counts].flatMap(([name, by]) =>
    name === "" ? [] : [...by].flatMap(([system, n]) => (n >= rule.least ? [{ name, system, n, by }] : [])),
  );
  const result = new Map([...bySystem.keys()].map((system) => [system, new Set<string>()]));
  for (const { name, system, n, by } of candidates) {
    const own = bySystem.get(system)!.length;
    const total = [...by.values()].reduce((sum, one) => sum + one, 0);
    const others = (total - n) / Math.max(1, texts - own);
    if (texts === own || n / own < rule.share || others > (n / own) * rule.others) continue;
    const p = 1 - binomialCdf(n - 1, { n: total, p: own / texts });
    if (p * candidates.length <= LEVEL) result.get(system)!.add(name);
  }
  return result;
}
