import { describe, expect, it } from "vitest";
import { dotIntervals } from "../../../../server/charts/dot-intervals.ts";
import { isolated } from "../../../../server/charts/isolate.ts";
import type { FullReport } from "../../../../server/contract/report.ts";
import { exclude } from "../../../../server/assignments/exclude.ts";
import { formatReport, REPORT_FORMATS } from "../../../../server/report-document/write/index.ts";
import { buildFullReport } from "../../../../server/reports/report.ts";
import { testContext } from "../../../support/context.ts";
import { StudyRows } from "../../../support/study-rows.ts";

const [TARGET, BASELINE, GROUP, RULE] = ["النظام (2)", "模型", "جمهور", "سريع (5)!"] as const;
const [FSI, PDI] = ["\u2068", "\u2069"];

async function reportOf(names: { target: string; group: string; rule: string }): Promise<FullReport> {
  const context = await testContext("sqlite");
  const { target, group, rule } = names;
  const given = { name: "s", systems: [target, BASELINE], groups: [{ name: group, kind: "crowd" as const }] };
  const judged = ["ann", "ben", "cem"].flatMap((annotator) =>
    ["p", "q", "r"].map((prompt) => ({
      ...{ prompt, annotator, group, left: target, right: BASELINE, origin: "loaded" as const },
      choice: prompt === "q" ? ("right" as const) : ("left" as const),
    })),
  );
  const pairs = { target, baselines: [BASELINE] };
  await new StudyRows(context, { ...given, pairs }).judge(...judged).write();
  await exclude(context, { study: "s", annotators: ["cem"], rule, by: "test" });
  return buildFullReport(context, { study: "s" });
}

/** What a reader sees of a page, without what stands in an element or title of its own. */
const runningText = (html: string): string =>
  html
    .replace(/<(bdi|title)[^>]*>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** Every place of a name in a text, with the characters before and behind it. */
const placesOf = (name: string, text: string): string[] =>
  [...text.matchAll(new RegExp(`.?${escaped(name)}.?`, "gsu"))].map(([place]) => place);

const escaped = (text: string): string => text.replace(/[()]/g, "\\$&");

describe("names that are written from right to left", () => {
  it("turn no sentence, heading or chart of a page around", async () => {
    const html = formatReport(await reportOf({ target: TARGET, group: GROUP, rule: RULE }), "html");
    const text = runningText(html);
    for (const name of [TARGET, GROUP, RULE]) {
      const places = placesOf(name, text);
      expect(places.length, name).toBeGreaterThan(0);
      for (const place of places) expect(place).toBe(`${FSI}${name}${PDI}`);
    }
    expect(text).toContain(`${isolated(TARGET)} was preferred to ${BASELINE}`);
    expect(text).toContain(`by rule (${isolated(RULE)})`);
    expect(html.match(/<(h1|h3|p|li|th)[^>]* dir=/g)).toBeNull(); // the sentences are English, whoever they begin with
    expect(html).not.toContain("\uFFFD");
  });

  it("stand as they are where nobody reads marks of direction", async () => {
    const report = await reportOf({ target: TARGET, group: GROUP, rule: RULE });
    for (const format of REPORT_FORMATS.filter((one) => one !== "html" && one !== "json")) {
      const text = formatReport(report, format, { part: "all" });
      expect(text, format).not.toMatch(/[\u2066-\u2069\uFFFD]/u);
      expect(text, format).toContain(RULE);
    }
    const { pairs, groups } = JSON.parse(formatReport(report, "json")) as FullReport;
    expect([pairs[0]?.system, groups[0]?.name]).toEqual([TARGET, GROUP]);
  });

  it("leave a report without them free of marks", async () => {
    const report = await reportOf({ target: "ours", group: "crowd", rule: "too fast" });
    for (const format of REPORT_FORMATS) expect(formatReport(report, format)).not.toMatch(/[\u2066-\u2069]/u);
  });

  it("are drawn apart from a chart's own words", () => {
    const row = { name: TARGET, value: 1, low: 0, high: 2, says: "1" };
    const words = { title: "t", description: "d", heading: "h", nothing: "n", tick: String };
    const svg = dotIntervals([row], { words, width: 960, id: "i", reference: 1 });
    expect(placesOf(TARGET, runningText(`${svg} `))).toEqual([isolated(TARGET)]);
  });
});
