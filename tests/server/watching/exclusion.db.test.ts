import { describe, expect, it } from "vitest";
import type { ExclusionPreview } from "../../../server/contract/watching.ts";
import { reportsHere } from "../../../server/reports/report-service.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { previewExclusion } from "../../../server/watching/preview-exclusion.ts";
import { testApp } from "../../support/app.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { addMember, tokenHeaders } from "../../support/members.ts";
import { bringBack } from "../../support/places.ts";
import { openWithCareless } from "./watching-support.ts";

const RULE = { kind: "report" as const, rules: ["speed" as const, "side" as const] };

describe.each(DATABASES)("excluding by a rule, on %s", (kind) => {
  it("does what was shown before, to the judgment and the figure, and can be undone", async () => {
    const context = await testContext(kind);
    await openWithCareless(context);
    const app = await testApp(context);
    const as = await tokenHeaders(context, await addMember(context, { name: "Re", role: "researcher" }));
    const post = (url: string, payload: object) =>
      app.inject({ method: "POST", url: `/api/studies/s/exclusions${url}`, payload, headers: as });
    const shown = await post("/preview", { rule: RULE });
    expect(shown.statusCode, shown.body).toBe(200);
    const preview = shown.json<ExclusionPreview>();
    expect(preview.annotators.map(({ annotator }) => annotator).sort()).toEqual([
      "annotator-1",
      "annotator-2",
    ]);
    expect(preview).toMatchObject({ judgments: 48, freed: 48, held: 0, state: "open" });
    const before = await buildFullReport(context, { study: "s" });
    const [pair] = preview.headline!;
    expect(pair!.before).toEqual(figuresOf(before));

    const annotators = preview.annotators.map(({ annotator }) => annotator);
    const done = await post("", { annotators, rule: preview.rule });
    expect(done.json()).toMatchObject({ changed: annotators, freed: preview.freed, held: preview.held });
    const after = await buildFullReport(context, { study: "s" });
    expect(pair!.after).toEqual(figuresOf(after));
    expect(after.exclusions).toMatchObject({ judgments: preview.judgments, rules: [preview.rule] });
    expect((await post("/preview", { rule: RULE })).json<ExclusionPreview>().annotators).toEqual([]);

    await bringBack(context, 0, 1);
    expect(figuresOf(await buildFullReport(context, { study: "s" }))).toEqual(figuresOf(before));
  });

  it("shows no figure of the results to who may not see them", async () => {
    const context = await testContext(kind);
    await openWithCareless(context);
    const watching = { context, reports: reportsHere(context) };
    const question = { study: "s", rule: RULE, withResults: false, group: "authors" };
    expect(await previewExclusion(watching, question)).toMatchObject({
      annotators: [],
      judgments: 0,
      freed: 0,
    });
    const app = await testApp(context);
    const preview = async (...scopes: ("edit" | "people")[]) => {
      const headers = await tokenHeaders(context, null, { scopes });
      const url = "/api/studies/s/exclusions/preview";
      return app.inject({ method: "POST", url, payload: { rule: RULE }, headers });
    };
    expect((await preview("edit")).statusCode).toBe(403); // it has who they are at their platform
    const reply = await preview("edit", "people");
    expect(reply.json<ExclusionPreview>()).toMatchObject({ judgments: 48, headline: null });
  });
});

/** The headline of the only pair. */
const figuresOf = ({ pairs }: Awaited<ReturnType<typeof buildFullReport>>) => {
  const { judgments, halfTieRateByPrompt } = pairs.find(({ group }) => group === null)!;
  return { judgments, halfTieRateByPrompt };
};
