import path from "node:path";
import { expect, it } from "vitest";
import { loadDemo } from "../../../server/demo/demo-study.ts";
import { formatReport } from "../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../server/reports/report.ts";
import { testContext } from "../../support/context.ts";
import { readableSvg } from "../../support/readable-svg.ts";

/** The charts that a reader of the demo's report sees, kept as files: CONTRIBUTING.md says how to write them anew. */
it("the demo's charts look as they did", async () => {
  const context = await testContext("sqlite");
  await loadDemo(context);
  const html = formatReport(await buildFullReport(context, { study: "demo" }), "html");
  const charts = html.match(/<svg .*?<\/svg>/gs) ?? [];
  expect(charts.length).toBeGreaterThan(3);
  for (const svg of charts) {
    const [, id = ""] = /aria-labelledby="([\w-]+)-title/.exec(svg) ?? [];
    await expect(readableSvg(svg)).toMatchFileSnapshot(path.join(import.meta.dirname, "looks", `${id}.svg`));
  }
});
