import type { Pair, Rate } from "../../../server/contract/report.ts";
import type { ChartWords } from "../../../server/charts/chart-words.ts";

/** Words that show where they came from, so that a test can tell a column from a tooltip. */
export const words: ChartWords = {
  title: "the title",
  description: "the description",
  win: "win",
  tie: "tie",
  loss: "loss",
  interval: "intervals",
  allPeople: "All people",
  halfTieRate: "half-tie",
  judgments: "judgments",
  noJudgments: "no judgments yet",
  systemAgainst: (system) => `${system} against`,
  against: (other) => `against ${other}`,
  percent: (proportion) => `${String(Math.round(proportion * 100))} %`,
  count: (value) => String(value),
  score: (score) => ("value" in score ? score.value.toFixed(2) : "–"),
  row: (pair) =>
    `${pair.system} / ${pair.against} / ${pair.group ?? "All people"}: ` +
    `${String(pair.win.count)} ${String(pair.tie.count)} ${String(pair.loss.count)}`,
};

/** A pair with these counts, with intervals of ±0.05 unless told otherwise. */
export function pairOf(
  [win, tie, loss]: [number, number, number],
  changes: Partial<Pair> & { intervals?: boolean } = {},
): Pair {
  const { intervals = true, ...rest } = changes;
  const judgments = win + tie + loss;
  const rate = (count: number): Rate => {
    const value = judgments === 0 ? null : count / judgments;
    if (value === null || !intervals) return { count, rate: value, notEstimable: "no judgments" };
    return {
      count,
      rate: value,
      low: Math.max(0, value - 0.05),
      high: Math.min(1, value + 0.05),
      method: "Wilson",
    };
  };
  const none = { notEstimable: "no judgments" };
  return {
    system: "plain",
    against: "terse",
    group: null,
    prompts: judgments,
    judgments,
    bothBad: 0,
    win: rate(win),
    tie: rate(tie),
    loss: rate(loss),
    halfTieRate: judgments === 0 ? none : { value: (win + tie / 2) / judgments, n: judgments, ...none },
    halfTieRateByPrompt: none,
    byMajority: none,
    ...rest,
  };
}

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/**
 * Reads an SVG text as strictly as an XML parser would (the subset that charts write), and returns its tags
 * and texts in order. Throws on anything that is not well-formed.
 */
export function readSvg(svg: string): { tags: Tag[]; texts: string[] } {
  const tags: Tag[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  let at = 0;
  const token = /<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)(\/?)>|([^<>]+)/uy;
  while (at < svg.length) {
    token.lastIndex = at;
    const match = token.exec(svg);
    if (!match) throw new Error(`not well-formed at ${String(at)}: ${svg.slice(at, at + 60)}`);
    at = token.lastIndex;
    const [, closing, name = "", attributes = "", alone, text] = match;
    if (text !== undefined) texts.push(unescape(text));
    else if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
    } else {
      tags.push({ name, attributes: readAttributes(attributes) });
      if (alone !== "/") open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(", ")}`);
  return { tags, texts };
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-zA-Z0-9-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name ?? "",
      unescape(value ?? ""),
    ]),
  );
}

function unescape(text: string): string {
  if (/&(?!#\d+;)/.test(text)) throw new Error(`bare & in ${text}`);
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
