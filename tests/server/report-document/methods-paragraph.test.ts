import { expect, it } from "vitest";
import type { FullReport } from "../../../server/contract/report.ts";
import { methodsOf } from "../../../server/report-document/paper/methods.ts";
import { bibtexOf, writeMethods } from "../../../server/report-document/paper/write.ts";
import { fullReport } from "../../support/full-report.ts";

const SOFTWARE = { title: "Tiebreak", authors: ["The Tiebreak authors"], version: "1.2.3", year: "2026" };

/** A report of one group of people, changed by what a case is about. */
function reportWith(changes: object, blocks: Partial<FullReport> = {}): FullReport {
  const first = {
    ...{ study: "s", judgments: 10, comparisons: 5, prompts: 5, annotators: 2, repeats: 0, surplus: 0 },
    ...{
      seed: "x",
      estimator: "e-1",
      notes: [],
      snapshot: null,
      pairs: [],
      slots: { wanted: 10, judged: 10 },
    },
    about: { question: "Which?", options: ["A", "B"], guidelines: null, recruitment: null },
    groups: [{ name: "crowd", kind: "crowd", headline: true, annotators: 2, judgments: 10 }],
    analysis: { estimate: "halfTieRateByPrompt", test: "tTest", status: "confirmatory", protocolHash: "abc" },
    ...changes,
  };
  return fullReport(first as never, blocks);
}

const written = (report: FullReport): string => writeMethods(methodsOf(report, "1.2.3"), "latex", SOFTWARE);
const analysis = (changes: object) => ({ ...reportWith({}).analysis, ...changes });

/** What must stand there, and must not. */
const CASES: readonly [string, FullReport, RegExp, RegExp][] = [
  [
    "declared beforehand",
    reportWith({}),
    /declared before judging began.*\\cite\{holm1979\}/s,
    /Interim|Exploratory|margin/,
  ],
  [
    "not declared",
    reportWith({ analysis: analysis({ status: "exploratory" }) }),
    /Exploratory/,
    /declared before judging began \(|holm/,
  ],
  [
    "a margin",
    reportWith({ analysis: analysis({ margin: 0.05 }) }),
    /margin of \.050~\\cite\{schuirmann1987\}/,
    /looks/,
  ],
  [
    "prompts of a set",
    reportWith({
      promptSets: [{ set: "cooking", version: 2, hash: "f00d", split: "test", draw: null, prompts: 5 }],
    }),
    /The study has 5 prompts from the prompt set cooking, version 2, split test \(sha256 f00d\)/,
    /drawn by chance/,
  ],
  ["judged here", reportWith({}), /Annotators saw a prompt/, /The question was/],
  [
    "judged elsewhere",
    reportWith({ slots: { wanted: 10, judged: 0 } }),
    /The question was/,
    /Annotators saw/,
  ],
  [
    "exclusions",
    reportWith({}, { exclusions: { annotators: 1, judgments: 3, rules: ["an author"], pairs: [] } }),
    /1 annotator with 3 judgments was excluded by the rules: ``an author''/,
    /No annotator was excluded/,
  ],
];

it.each(CASES)("the methods of a report say what is true of it: %s", (_, report, there, absent) => {
  const text = written(report);
  expect(text).toMatch(there);
  expect(text).not.toMatch(absent);
  expect(text).toContain("Tiebreak 1.2.3");
  const defined = bibtexOf(methodsOf(report, "1.2.3"), SOFTWARE);
  for (const [, keys = ""] of text.matchAll(/\\cite\{([^}]+)\}/g))
    for (const key of keys.split(",")) expect(defined).toContain(`{${key},`);
});
