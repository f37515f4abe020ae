import fc from "fast-check";
import { expect, it } from "vitest";
import { byAnnotatorOf } from "../../../server/analysis/annotators/annotators.ts";
import type { AnnotatorFigures } from "../../../server/contract/report-annotators.ts";
import { standingOut } from "../../../server/report-document/sections/annotator-words.ts";
import { SEE_WEAKNESSES, standsOutLine, standsOutNote } from "../../../server/report-document/stands-out.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { judgedData, type Told } from "../../support/statistics/judged-data.ts";
import { reportOf } from "../../support/statistics/report-of.ts";

/** Annotator 0 chooses the left side always, the others agree on who is better, half of the time on each side. */
const judgments: Told[] = Array.from({ length: 30 }, (_, prompt) => prompt).flatMap((prompt) =>
  [0, 1, 2].map((annotator): Told => {
    const [left, right] = (prompt + annotator) % 2 === 0 ? [0, 1] : [1, 0];
    const best = prompt % 3 === 0 ? 1 : 0;
    return { prompt, left, right, annotator, choice: annotator === 0 || left === best ? "left" : "right" };
  }),
);
const data = judgedData({ judgments, systems: 2, target: 0 });
const byAnnotator = byAnnotatorOf(data, { repeats: [], checks: [] });
const flat = (text: string) =>
  text
    .replace(/\n(%|>)?/g, " ")
    .replace(/\\_/g, "_")
    .replace(/\s+/g, " ");

it("who stands out is named right below the verdicts and the figure, in every format to read", () => {
  const report = { ...reportOf(data), byAnnotator };
  const note = standsOutNote(byAnnotator, report.groups)!;
  expect(note).toMatch(
    /^Of 3 annotators, 1 stands out: \S+ \([^)]*one side[^)]*\)\. Their judgments count; /,
  );
  for (const format of ["text", "markdown", "latex", "html"] as const) {
    const written = flat(formatReport(report, format));
    expect(written.indexOf(note), format).toBeGreaterThan(-1);
    expect(written.lastIndexOf(note), format).toBeGreaterThan(written.lastIndexOf("Win, tie and loss"));
    expect(written.indexOf(note), format).toBeLessThan(written.lastIndexOf("Tests and precision"));
    const line = `${standsOutLine(byAnnotator, report.groups)} ${SEE_WEAKNESSES}`;
    expect(line).toMatch(/^Of 3 annotators, 1 stands out: \S+\. See “What weakens this”\.$/);
    expect(written.indexOf(line), format).toBeGreaterThan(-1);
    expect(written.indexOf(line), format).toBeLessThan(written.indexOf("Win, tie and loss"));
  }
});

it("no model is taken for an annotator among whom somebody stands out", () => {
  const [first, second, third] = byAnnotator as [AnnotatorFigures, AnnotatorFigures, AnnotatorFigures];
  const all = [first, second, { ...third, group: "judge" }];
  const groups = [{ name: "judge", kind: "model" }] as const;
  expect(standsOutLine(all, groups)).toMatch(/^Of 2 annotators and 1 model, 1 stands out: /);
  expect(standingOut(all, groups)).toMatch(/^Of 2 annotators and 1 model, 1 stands out\./);
});

it("nobody is named who does not stand out, whose judgments count nowhere, or of whom an older report knows no rules", () => {
  const [first, second] = byAnnotator as [AnnotatorFigures, AnnotatorFigures];
  expect(second.pointedOut).toEqual([]);
  expect(standsOutNote([second], [])).toBeNull();
  expect(standsOutNote([{ ...first, excluded: "careless" }, second], [])).toBeNull();
  expect(standsOutNote([{ ...first, pointedOut: undefined }], [])).toBeNull();
  expect(standsOutNote([], [])).toBeNull();
});

it("of many who stand out, five are named and the others counted", () => {
  const [first] = byAnnotator as [AnnotatorFigures];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
      const all = Array.from({ length: count }, (_, i) => ({ ...first, annotator: `name-${i}-` }));
      const note = standsOutNote(all, [])!;
      const named = note.match(/name-\d+-/g)!.length;
      const more = Number(/(\d+) more/.exec(note)?.[1] ?? 0);
      expect([named, more]).toEqual([Math.min(5, count), Math.max(0, count - 5)]);
    }),
  );
});
