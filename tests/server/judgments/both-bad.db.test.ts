import { describe, expect, it } from "vitest";
import type { Choice } from "../../../server/contract/words.ts";
import { earlierJudgment } from "../../../server/judgments/earlier.ts";
import { recordJudgment } from "../../../server/judgments/record.ts";
import { recordSkip } from "../../../server/judgments/skip.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DEFAULT_WORDING, withBothBad } from "../../../server/studies/default-wordings.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { judgmentOf, openStudy, skipOf } from "../../support/study.ts";

const limits = { judgments: 1, sharedJudgments: 1, judgmentsPerAnnotator: null };
const groups = [{ name: "crowd", kind: "crowd" as const, headline: true, ...limits }];
const WITHOUT = { groups };
const WITH = { groups, wording: withBothBad({ en: DEFAULT_WORDING }) };
const said = (assignment: string, choice: Choice) => ({ ...judgmentOf(assignment), choice });

describe.each(DATABASES)("both bad on %s", (kind) => {
  it("is refused where the protocol does not offer it, and nothing is written", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 2, baselines: 1, annotators: 1, protocol: WITHOUT };
    const { desk, tokens } = await openStudy(context, shape);
    const { buffer } = await desk.workFor(tokens[0]!, []);
    const refused = recordJudgment(desk, tokens[0]!, said(buffer[0]!, "both_bad"));
    await expect(refused).rejects.toMatchObject({ name: "AnswerNotOffered", status: 400 });
    const report = await buildFullReport(context, { study: "s" });
    expect(report.judgments).toBe(0);
    expect(JSON.stringify(report)).not.toMatch(/"bothBad":(\[|true)/);
  });

  it("is a tie in every rate, is counted apart by pair and system, and comes back to its annotator", async () => {
    const context = await testContext(kind);
    const shape = { prompts: 4, baselines: 2, annotators: 1, protocol: WITH };
    const { desk, tokens } = await openStudy(context, shape);
    const [token] = tokens as [string];
    let work = await desk.workFor(token, []);
    for (let i = 0; work.buffer.length > 0; i++) {
      const choice = i % 2 === 0 ? "both_bad" : "tie";
      ({ work } = await recordJudgment(desk, token, said(work.buffer[0]!, choice)));
    }
    expect(await earlierJudgment(desk, token, null)).toMatchObject({ earlier: { choice: "tie" } });
    const report = await buildFullReport(context, { study: "s" });
    const people = report.pairs.filter(({ group }) => group === null);
    expect(people.map(({ halfTieRate }) => halfTieRate)).toMatchObject([{ value: 0.5 }, { value: 0.5 }]);
    expect(people.reduce((sum, { bothBad }) => sum + bothBad, 0)).toBe(4);
    expect(report.bothBad).toMatchObject([
      { system: "t", judgments: 8, ties: 8, bothBad: 4 },
      { system: "b0", judgments: 4, ties: 4 },
      { system: "b1", judgments: 4, ties: 4 },
    ]);
    expect(report.about).toMatchObject({ bothBad: true, options: { length: 4 } });
    for (const format of ["text", "markdown", "html", "latex"] as const)
      expect(formatReport(report, format)).toContain("Both answers called bad, by system");
  });

  it("leaves the bounds of what was skipped as they are with ties", async () => {
    const rates = [];
    for (const choice of ["tie", "both_bad"] as const) {
      const context = await testContext(kind);
      const shape = { prompts: 4, baselines: 1, annotators: 1, protocol: WITH };
      const { desk, tokens } = await openStudy(context, shape);
      const { buffer } = await desk.workFor(tokens[0]!, []);
      await recordSkip(desk, tokens[0]!, skipOf(buffer[0]!));
      for (const pair of buffer.slice(1)) await recordJudgment(desk, tokens[0]!, said(pair, choice));
      const { skips } = await buildFullReport(context, { study: "s" });
      const [row] = skips!.pairs;
      rates.push([row!.allLosses, row!.asJudged, row!.allWins].map((one) => one.halfTieRateByPrompt));
    }
    expect(rates[1]).toEqual(rates[0]);
    expect(rates[1]).toMatchObject([{ value: 0.375 }, { value: 0.5 }, { value: 0.625 }]);
  });
});
