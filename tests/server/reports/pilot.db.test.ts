import { describe, expect, it } from "vitest";
import { loadDemo } from "../../../server/demo/demo-study.ts";
import { loadLima } from "../../../server/demo/lima-study.ts";
import { pilotOf } from "../../../server/reports/pilot.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { DATABASES, testContext } from "../../support/context.ts";

describe.each(DATABASES)("a pilot study on %s", (kind) => {
  it("shows ties and correlations, weighted by the judgments of its pairs", async () => {
    const context = await testContext(kind);
    await loadDemo(context);
    const { pairs, components = [] } = await buildFullReport(context, { study: "demo" });
    const people = pairs.filter(({ group }) => group === null);
    const [judgments, ties] = [
      people.reduce((sum, pair) => sum + pair.judgments, 0),
      people.reduce((sum, pair) => sum + pair.tie.count, 0),
    ];
    const rows = components.filter(({ group }) => group === null);
    expect(rows.map(({ system, against }) => [system, against])).toEqual(
      people.map(({ system, against }) => [system, against]),
    );
    let [annotators, whole] = [0, 0];
    for (const { components: of, judgments } of rows) {
      if ("notEstimable" in of) throw new Error(of.notEstimable);
      annotators += judgments * of.annotators.variance.value;
      whole +=
        judgments *
        (of.annotators.variance.value + of.residual.variance.value + (of.prompts?.variance.value ?? 0));
    }
    const pilot = await pilotOf(reportsHere(context), "demo");
    expect(pilot.judgments).toBe(judgments);
    expect(pilot.ties).toBeCloseTo(ties / judgments, 3);
    expect(pilot.annotatorCorrelation).toBeCloseTo(annotators / whole, 3);
    expect(pilot.correlation).toBeGreaterThan(0);
  });

  it("is refused with the reason where it shows nothing", async () => {
    const context = await testContext(kind);
    await loadLima(context);
    await expect(pilotOf(reportsHere(context), "lima")).rejects.toMatchObject({
      name: "NoPilot",
      message: expect.stringMatching(/cannot serve as a pilot: reconstructed/) as string,
    });
    await expect(pilotOf(reportsHere(context), "none")).rejects.toMatchObject({ name: "StudyNotFound" });
  });
});
