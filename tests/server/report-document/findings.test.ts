import { describe, expect, it } from "vitest";
import type { StudyData } from "../../../server/analysis/rows/study-data.ts";
import type { FullReport } from "../../../server/contract/report.ts";
import { documentOf } from "../../../server/report-document/sections/index.ts";
import { verdictSentences } from "../../../server/report-document/verdict-summary.ts";
import { flat } from "../../../server/report-document/write/flat.ts";
import { formatReport, REPORT_FORMATS } from "../../../server/report-document/write/index.ts";
import { lengthsOf } from "../../support/statistics/false-sentences.ts";
import { judgedData, type Told } from "../../support/statistics/judged-data.ts";
import { NULL_DESIGNS, nullStudy } from "../../support/statistics/null-study.ts";
import { reportWithBlocks } from "../../support/statistics/report-of.ts";

const reported = (data: StudyData): FullReport => reportWithBlocks(data, lengthsOf(data));

const one: Told = { prompt: 0, left: 0, right: 1, annotator: 0, choice: "tie" };
/** Ten people on 40 prompts, who all prefer system 0, and all choose the response on the left where two others meet. */
const clear = Array.from({ length: 400 }, (_, i): Told => {
  const [left, right] = i % 2 === 0 ? [0, 1 + (i % 3 === 0 ? 1 : 0)] : [1 + (i % 3 === 0 ? 1 : 0), 0];
  return {
    prompt: i % 40,
    left,
    right,
    annotator: (i * 7) % 10,
    turn: i,
    choice: left === 0 ? "left" : "right",
  };
});

const STATES: readonly (readonly [string, () => FullReport])[] = [
  ["one judgment", () => reported(judgedData({ judgments: [one], systems: 2 }))],
  [
    "few judgments of two people",
    () =>
      reported(
        judgedData({
          judgments: clear.slice(0, 12).map((told, i) => ({ ...told, annotator: i % 2 })),
          systems: 3,
          target: 0,
        }),
      ),
  ],
  ["half of a plan", () => reported(nullStudy(NULL_DESIGNS[1]!, 5, 0.5))],
  ["a whole plan", () => reported(nullStudy(NULL_DESIGNS[1]!, 5))],
  ["everybody prefers one system", () => reported(judgedData({ judgments: clear, systems: 3, target: 0 }))],
];

it("the verdicts name the revisions that they are over, each pair its own, where what is asked was amended", () => {
  const report = reported(nullStudy(NULL_DESIGNS[1]!, 5));
  const headline = report.pairs.filter(({ group }) => group === null);
  const each = headline.map(({ judgments }) => judgments);
  /** @param parts how many judgments each pair has in each part, which is of two revisions */
  const verdicts = (parts: readonly (readonly number[])[], pairs = report.pairs) => {
    const made = parts.map((counts, part) => ({
      ...{ from: 2 * part + 1, to: 2 * part + 2 },
      pairs: headline.map(({ system, against, halfTieRateByPrompt }, i) => ({
        ...{ system, against, halfTieRateByPrompt, judgments: counts[i]! },
      })),
    }));
    const text = verdictSentences({ ...report, pairs, revisions: { list: [], parts: made } }).join(" ");
    return text.replaceAll(/ \([.\d]+ \[[^\]]*\]\)/g, "");
  };
  const plain = verdicts([each]);
  expect(plain).toMatch(
    /^For annotators like these and these outputs, the differences of s0 from s1, s2 and s3 /,
  );
  expect(plain).not.toMatch(/revision/);
  const [n1 = 0, n2 = 0, n3 = 0] = each;
  const apart = verdicts([[n1 - 1, 0, n3], [1, n2, 0]]); // prettier-ignore
  expect(apart).toContain(
    "outputs, over revisions 1 to 4 (see “Revisions”), the difference of s0 from s1 is",
  );
  expect(apart).toContain(
    "outputs, over revisions 3 to 4 (see “Revisions”), the difference of s0 from s2 is",
  );
  expect(apart).toContain(
    "outputs, over revisions 1 to 2 (see “Revisions”), the difference of s0 from s3 is",
  );
  // some judgments came from files; and of one group the report does not have the parts
  const all = "over all revisions (see “Revisions”), the differences of s0 from s1, s2 and s3 are";
  expect(verdicts([[n1 - 1, n2 - 1, n3 - 1], [0, 0, 0]])).toContain(all); // prettier-ignore
  const ofGroup = headline.map((pair) => ({ ...pair, group: "g0" }));
  expect(verdicts([each, each], ofGroup)).toContain(all);
});

describe.each(STATES)("the findings of a report of %s", (_, make) => {
  const report = make();
  const { sections, verdicts, title } = documentOf(report);

  it("are a sentence for each section, or its list", () => {
    for (const { key, finding, parts } of sections) {
      if (key === "pairs") continue;
      const text = finding ?? (parts[0]?.kind === "list" ? parts[0].items[0]!.text : "");
      expect(text, key).toMatch(/^\S.*[.)]$/);
      expect(text, key).not.toMatch(/undefined|NaN|null|\bfunction\b|–\s*against/);
    }
    expect(verdicts.length).toBeGreaterThan(0);
    expect(title).toMatch(/^s0 against|compared in pairs$/);
  });

  it("have a verdict only where the pair's own sentence has it", () => {
    const claims = (text: string) => text.match(/preferred significantly (?:more|less) often/g)?.length ?? 0;
    const concluded = report.pairs.filter(
      ({ conclusion: { afterCorrection: of } }) => of === "better" || of === "worse",
    );
    const inSentences = sections
      .filter(({ key }) => key === "pairs")
      .flatMap(({ parts }) => flat(parts, ({ kind }) => kind === "list"))
      .flatMap((part) => (part.kind === "list" ? part.items : []))
      .filter(({ text }) => claims(text) > 0);
    expect(inSentences.length).toBe(concluded.length);
    expect(claims(verdicts.join(" ")) > 0).toBe(concluded.length > 0);
    for (const { against } of concluded) expect(verdicts[0]).toContain(against);
    const tests = sections.find(({ key }) => key === "tests")!.finding!;
    if (report.analysis.status === "confirmatory")
      expect(tests).toMatch(new RegExp(`^${concluded.length} of `));
    else expect(tests).toMatch(/^(?:Interim|Exploratory): /);
  });

  it("stand before the sections in every format to read, the verdicts first", () => {
    for (const format of REPORT_FORMATS.filter((one) => one !== "json" && one !== "csv")) {
      const written = plain(formatReport(report, format));
      const places = [verdicts[0]!, ...sections.flatMap(({ finding }) => finding ?? [])].map((text) =>
        written.indexOf(plain(text)),
      );
      expect(places, format).not.toContain(-1);
      expect(Math.min(...places), format).toBe(places[0]);
    }
  });
});

/** Letters alone: formats wrap and escape what lies between them. */
const plain = (text: string): string => text.replace(/&#?\w+;/g, "").replace(/[^a-zA-Z]+/g, "");

it("a study without judgments has what was declared, and no verdict", () => {
  const report = reported(judgedData({ judgments: [one], systems: 2 }));
  const empty = { ...report, judgments: 0, pairs: [] };
  const { sections, verdicts, title } = documentOf(empty);
  expect(sections.map(({ key, finding }) => [key, finding !== null])).toEqual([["study", true]]);
  expect([verdicts, title]).toEqual([[], "s"]);
});

it("what weakens a report are few people, a side and chance, each only where its figures show it", () => {
  const linesOf = (report: FullReport) => {
    const [first] = documentOf(report).sections.find(({ key }) => key === "weaknesses")!.parts;
    return first?.kind === "list" ? first.items.map(({ text }) => text).join(" ") : "";
  };
  const report = reported(judgedData({ judgments: clear, systems: 3, target: 0 }));
  const many = { ...report, groups: report.groups.map((group) => ({ ...group, annotators: 10 })) };
  expect(linesOf(report)).toContain("1 annotator shows little");
  expect(linesOf(many)).not.toContain("show little of");
  expect(linesOf(many)).not.toMatch(/on the left/);
  const leftists = reported(
    judgedData({
      judgments: clear.map((told) => ({ ...told, choice: "left" as const })),
      systems: 3,
      target: 0,
    }),
  );
  expect(linesOf(leftists)).toMatch(/on the left in 100/);
});
