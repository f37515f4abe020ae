import { describe, expect, it } from "vitest";
import { formatReport, REPORT_FORMATS } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { type GivenJudgment, StudyRows } from "../../support/study-rows.ts";

const CHOICES = ["left", "right", "tie", "both_bad"] as const;
const SYSTEMS = ["système", "zeta", "Alpha", "😀", "模型"];
const PROMPTS = ["p10", "p9", "é", "z", "😀", "ﬁ", "A"];
const ANNOTATORS = ["ann", "Bob", "çem", "😀", "ﬁn"];

/** A study with uneven numbers on every side, the same each time. */
const JUDGMENTS: GivenJudgment[] = PROMPTS.flatMap((prompt, p) =>
  ANNOTATORS.flatMap((annotator, a) =>
    SYSTEMS.slice(1).flatMap((against, s) => {
      const group = a < 3 ? "crowd" : "authors";
      const target = "système";
      const [left, right] = (p + a) % 2 === 0 ? [target, against] : [against, target];
      const turn = 1 + ((p + s) % 2);
      const judgment = { prompt, annotator, group, left, right, turn, choice: CHOICES[(p * a + s + p) % 4]! };
      return (p * 7 + a * 3 + s) % 4 === 0 ? [] : [judgment];
    }),
  ),
);

const reversed = <T>(list: readonly T[], reverse: boolean) => (reverse ? [...list].reverse() : [...list]);

async function bytesOf(kind: (typeof DATABASES)[number], reverse: boolean, pairs: "all" | "target") {
  const context = await testContext(kind);
  await new StudyRows(context, {
    name: "same",
    systems: reversed(SYSTEMS, reverse),
    groups: reversed(
      [
        { name: "crowd", kind: "crowd" as const },
        { name: "authors", kind: "author" as const },
      ],
      reverse,
    ),
    pairs: pairs === "all" ? "all" : { target: "système", baselines: SYSTEMS.slice(1) },
  })
    .judge(...reversed(JUDGMENTS, reverse))
    .write();
  const report = await buildFullReport(context, { study: "same" });
  return REPORT_FORMATS.map((format) => formatReport(report, format)).join("\n");
}

describe("the bytes of a report", () => {
  it.each(["all", "target"] as const)(
    "are the same on both databases and in any order of rows (%s)",
    async (pairs) => {
      const all = await Promise.all(
        DATABASES.flatMap((kind) => [false, true].map((order) => bytesOf(kind, order, pairs))),
      );
      expect(new Set(all).size).toBe(1);
      expect(all[0]).toContain("two-way");
    },
  );
});
