import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { FullPair, FullReport } from "../../../../server/contract/report.ts";
import type { Conclusion } from "../../../../server/contract/report-pair-tests.ts";
import type { StudyData } from "../../../../server/analysis/rows/study-data.ts";
import { verdictText } from "../../../../server/report-document/verdict.ts";
import { formatReport, REPORT_FORMATS } from "../../../../server/report-document/write/index.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { isWhole } from "../../../support/effort.ts";
import { reportOf } from "../../../support/statistics/report-of.ts";
import { judgedData, type Told } from "../../../support/statistics/judged-data.ts";
import { normal, uniform } from "../../../support/statistics/ranking-support.ts";

type Test = Conclusion["test"];

interface Design {
  readonly seed: number;
  readonly prompts: number;
  readonly annotators: number;
  /** Judgments of each pair on each prompt; 0: each by an annotator of its own. */
  readonly each: number;
  readonly lead: number;
  /** How much annotators differ. */
  readonly sd: number;
  readonly test: Test;
  readonly estimate: "halfTieRate" | "halfTieRateByPrompt";
  readonly state: "open" | "closed";
}

/** s0 against s1 and s2, some prompts judged more often than others; g1 is a model. */
function studyOf(design: Design): StudyData {
  const random = uniform(design.seed);
  const judgments: Told[] = [];
  const judge = (prompt: number, right: number, annotator: number, latent: number, group = 0) => {
    const choice = latent > 0.3 ? "left" : latent < -0.3 ? "right" : "tie";
    judgments.push({ prompt, left: 0, right, annotator, choice, group });
  };
  const own = Array.from({ length: design.annotators }, () => design.sd * normal(random));
  let fresh = design.annotators + 1;
  for (const right of [1, 2]) {
    for (let prompt = 0; prompt < design.prompts; prompt++) {
      const ease = design.lead * (right === 1 ? 1 : -0.6) + 0.7 * normal(random);
      judge(prompt, right, design.annotators, ease + normal(random), 1);
      const votes = design.each === 0 ? 2 : 1 + Math.floor(random() * design.each);
      const first = Math.floor(random() * design.annotators);
      for (let k = 0; k < Math.min(votes, design.annotators); k++) {
        const who = (first + k) % design.annotators;
        const latent = ease + (design.each === 0 ? design.sd * normal(random) : own[who]!) + normal(random);
        judge(prompt, right, design.each === 0 ? fresh++ : who, latent);
      }
    }
  }
  const groups = [{ kind: "crowd" as const }, { kind: "model" as const }];
  const data = judgedData({ judgments, systems: 3, target: 0, groups });
  const { facts } = data;
  const analysis = { ...DEFAULT_ANALYSIS, test: design.test, estimate: design.estimate };
  const study = { ...facts.study, state: design.state };
  return { ...data, facts: { ...facts, study, declared: { analysis, hash: "declared" } } };
}

/** The 104th is the first of a kind that must come. */
const DESIGNS = isWhole ? 160 : 110;

/** Designs over what makes verdicts differ. */
function designs(): Design[] {
  const made: Design[] = [];
  const states = ["closed", "closed", "closed", "open"] as const;
  for (let seed = 1; seed <= DESIGNS; seed++) {
    made.push({
      seed,
      prompts: [8, 25, 60][seed % 3]!,
      annotators: [1, 2, 3, 5, 12][seed % 5]!,
      each: [1, 3, 0, 3][seed % 4]!,
      lead: [0, 0.35, 0.7, 2.5][Math.floor(seed / 4) % 4]!,
      sd: [0.1, 0.5, 1][Math.floor(seed / 3) % 3]!,
      test: (["tTest", "tTest", "permutationTest", "signTest"] as const)[seed % 7 > 3 ? 0 : seed % 7]!,
      estimate: seed % 11 === 0 ? "halfTieRate" : "halfTieRateByPrompt",
      state: states[seed % 9 === 0 ? 3 : 0],
    });
  }
  return made;
}

const WRITTEN = REPORT_FORMATS.filter((format) => format !== "json" && format !== "csv");

/** The sentence on each pair as a writer has it, in the order of the report's pairs, on one line and without its marks. */
function sentencesIn(written: string): string[] {
  const plain = written
    .replace(/<svg[\s\S]*?<\/svg>/g, "")
    .replace(/\\([\\`*_{}[\]<>|#~$&])/g, "$1")
    .replace(/&lt;/g, "<");
  const flat = plain.replace(/\n {4}(?=\S)/g, " "); // text is wrapped
  return flat.split(/\n|<li>/).flatMap((line) => /s0 was preferred to .*/.exec(line) ?? []);
}

const ends = (text: string): [number, number][] =>
  [...text.matchAll(/\[(\d?\.\d+), (\d?\.\d+)\]/g)].map(([, low, high]) => [Number(low), Number(high)]);

/** What must hold of any sentence on a pair, whoever writes it. */
function check(says: string, { conclusion, ...pair }: FullPair): void {
  const { test, target, annotatorsAre, estimate, comparisons } = conclusion;
  const made = pair[test];
  if (made.status !== "confirmatory") return expect(says).not.toMatch(/significant|nothing can be concluded/);
  const [, whom, rest] =
    /For (annotators like these|these[\w ]*annotators|this annotator) and these outputs, (.*)/.exec(says) ??
    [];
  if (whom === undefined || rest === undefined) throw new Error(`Nobody is named: ${says}`);
  expect(whom === "annotators like these", says).toBe(target === "annotators like these");
  expect(target === "annotators like these", says).toBe(test === "tTest");
  if (annotatorsAre === "fixed") expect(whom, says).toMatch(/^th(is|ese)/);
  if ("notEstimable" in made || !("low" in estimate))
    return expect(rest).toMatch(/^nothing can be concluded/);
  const leavesOut = estimate.low > 0.5 || estimate.high < 0.5;
  expect(made.p! < 0.05, says).toBe(leavesOut);
  const side = estimate.low > 0.5 ? "more" : "less";
  const [low, high] = ends(rest)[0]!;
  expect(low === 0.5 || high === 0.5 || low > 0.5 || high < 0.5 || !leavesOut, says).toBe(true);
  const found = /significantly (more|less) often/.exec(rest);
  if (found !== null) {
    expect(found[1], says).toBe(side);
    expect(leavesOut && made.pHolm! < 0.05, says).toBe(true);
    expect(/also after correction/.test(rest), says).toBe(comparisons > 1);
  } else {
    expect(rest).toMatch(/^the difference is not significant/);
    expect(/although the interval taken alone leaves one half out/.test(rest), says).toBe(leavesOut);
    if (leavesOut) expect(made.pHolm! >= 0.05 && comparisons > 1, says).toBe(true);
  }
}

describe("verdicts of preference", () => {
  const reports = designs().map((design) => ({ design, report: reportOf(studyOf(design)) }));

  it.each(WRITTEN)("in %s are those of one interval and its test, and name whom they are about", (format) => {
    for (const { report } of reports) {
      const sentences = sentencesIn(formatReport(report, format));
      const judged = report.pairs.filter(({ judgments }) => judgments > 0);
      expect(sentences.length).toBe(judged.length);
      // people first, then the model, each pair by pair
      const inOrder = [null, "g1"].flatMap((group) => judged.filter((pair) => pair.group === group));
      sentences.forEach((says, i) => check(says, inOrder[i]!));
    }
  });

  it("are those that the report concludes", () => {
    for (const { report } of reports) {
      for (const pair of report.pairs) {
        const { afterCorrection: verdict } = pair.conclusion;
        expect(/significantly (more|less)/.test(verdictText(pair, report))).toBe(
          verdict === "better" || verdict === "worse",
        );
      }
    }
  });

  it("in JSON and CSV are those of the sentences", () => {
    for (const { report } of reports.slice(0, 40)) {
      const read = JSON.parse(formatReport(report, "json")) as FullReport;
      expect(read.pairs.map(({ conclusion }) => conclusion)).toEqual(
        report.pairs.map(({ conclusion }) => conclusion),
      );
      const rows: Record<string, string>[] = parse(formatReport(report, "csv"), { columns: true });
      expect(rows.map((row) => row.conclusion_verdict)).toEqual(
        report.pairs.map(({ conclusion }) => conclusion.verdict ?? ""),
      );
      expect(rows.map((row) => row.annotators_like_these_low)).toEqual(
        report.pairs.map(({ conclusion: { annotatorsLikeThese: one } }) =>
          "low" in one ? String(one.low) : "",
        ),
      );
    }
  });

  it("come in every kind here, so that the rule was tried", () => {
    const kinds = new Map<string, number>();
    for (const { conclusion } of reports.flatMap(({ report }) => report.pairs)) {
      const { verdict, afterCorrection, target, annotatorsAre } = conclusion;
      const left = verdict === afterCorrection || verdict === "refused" ? "" : "not after correction";
      const kind = [verdict, left, target, annotatorsAre].filter(Boolean).join(", ");
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    for (const kind of [
      ...["better, annotators like these, a sample", "worse, annotators like these, a sample"],
      ...["better, annotators like these, seen once", "better, these annotators, fixed"],
      ...["better, these annotators, a sample", "neither, these annotators, a sample"],
      ...["better, not after correction, annotators like these, a sample"],
      ...["neither, annotators like these, a sample", "neither, annotators like these, seen once"],
      ...["neither, these annotators, fixed"],
    ])
      expect(kinds.get(kind) ?? 0, `${kind}: ${JSON.stringify([...kinds])}`).toBeGreaterThan(0);
  });
});
