import fs from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type FullReport,
  fullReportSchema,
  type Pair,
  type Report,
} from "../../../../server/contract/report.ts";
import { widthOf } from "../../../../server/report-document/write/plain-text.ts";
import { formatReport } from "../../../../server/report-document/write/index.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";
import { reportJsonSchema } from "../../../../server/reports/schema.ts";
import { fullReport } from "../../../support/full-report.ts";

const rate = (count: number, of: number) => ({
  ...{ count, rate: count / of, low: count / of / 2, high: 1 / 3 + count / of / 2, method: "by some method" },
});
const majority = { win: 4, tie: 1, loss: 2 };

const JUDGED: Pair = {
  ...{ system: "LIMA", against: "Alpaca 65B", group: null, prompts: 7, judgments: 12345, bothBad: 3 },
  ...{ win: rate(6543, 12345), tie: rate(2592, 12345), loss: rate(3210, 12345) },
  halfTieRate: { value: 0.635, low: 0.587, high: 0.683, method: "from the variance of the scores", n: 12345 },
  halfTieRateByPrompt: { notEstimable: "too few prompts" },
  byMajority: { plurality: majority, signOfSum: majority, moreThanHalf: majority },
};
const NONE = { count: 0, rate: null, notEstimable: "no judgments yet" };
const WAITING: Pair = {
  ...{ system: "LIMA", against: "Bard", group: null, prompts: 0, judgments: 0, bothBad: 0 },
  ...{ win: NONE, tie: NONE, loss: NONE, halfTieRate: { notEstimable: "no judgments yet" } },
  halfTieRateByPrompt: { notEstimable: "no judgments yet" },
  byMajority: { notEstimable: "no judgments yet" },
};

function reportWith(change: Partial<Report> = {}): FullReport {
  return fullReport({
    ...{ study: "lima", publicTitle: "Which is better?", state: "open", notes: ["All is simulated."] },
    ...{ judgments: 12345, comparisons: 7, prompts: 7, annotators: 1, repeats: 2, surplus: 1 },
    ...{ seed: "seed", estimator: "v1", pairs: [JUDGED, WAITING] },
    slots: { wanted: 20000, judged: 12345 },
    analysis: { ...DEFAULT_ANALYSIS, status: "interim", protocolHash: "abc" },
    about: { question: "Which?", options: ["A", "neither", "B"], guidelines: null, recruitment: null },
    snapshot: null,
    groups: [{ name: "crowd", kind: "crowd", headline: true, annotators: 1, judgments: 12345 }],
    ...change,
  });
}

describe("a report as text", () => {
  it("reads from what to know, over the figure, to the numbers and their methods", () => {
    const text = formatReport(reportWith(), "text");
    const order = [
      "LIMA against Alpaca 65B",
      "Read this first",
      "All is simulated.",
      "In short",
      "of LIMA: .635",
      "■■■",
      "53.0",
      "by some method",
      "No judgments yet: Bard",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain("12,345 judgments");
    expect(text).toContain(".635 [.587, .683]");
    expect(text.replace(/\s+/g, " ")).toContain("2 repeats and 1 surplus judgment");
  });

  it("stays within 100 columns, whatever the names", () => {
    const long = "a system with a name that goes on and on and on and on until nobody remembers how it began";
    const names = ["短", "模型模型模型模型模型模型", "x".repeat(30), long];
    const pairs = names.map((against) => ({ ...JUDGED, against }));
    for (const report of [reportWith(), reportWith({ pairs }), reportWith({ notes: [`${long} ${long}`] })]) {
      for (const line of formatReport(report, "text").split("\n"))
        expect(widthOf(line), line).toBeLessThanOrEqual(100);
    }
  });

  it("draws bars of one length, in proportion", () => {
    const text = formatReport(reportWith(), "text");
    const bar = /■+▒+□+/.exec(text)![0];
    expect(bar.length).toBe(74);
    expect(bar.replace(/[^■]/g, "").length).toBe(Math.round((6543 / 12345) * 74));
  });

  it("lets no name steer the terminal", () => {
    const against = "Al\u001b[2Jpaca\n65\u202eB";
    const text = formatReport(reportWith({ pairs: [{ ...JUDGED, against }], notes: ["a\u0007b"] }), "text");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("shows the most judged of many pairs and says where the others are", () => {
    const pairs = Array.from({ length: 100 }, (_, i) => ({
      ...JUDGED,
      against: `pair ${i} end`,
      judgments: 12345 + i,
    }));
    const text = formatReport(reportWith({ pairs }), "text");
    expect(text).toContain("the 60 pairs with the most judgments, of 100");
    expect(text).toContain("pair 99 end");
    expect(text).not.toContain("pair 39 end");
    expect(formatReport(reportWith({ pairs }), "markdown")).toContain("pair 39 end");
  });

  it("says once what differs in its number of prompts or degrees of freedom alone", () => {
    const by = (df: number) => ({ ...JUDGED.halfTieRate, method: `cluster-robust by prompt (t, ${df} df)` });
    const pairs = [4, 9, 7].map((df, i) => ({
      ...JUDGED,
      against: `b${i}`,
      halfTieRate: by(df),
    }));
    const text = formatReport(reportWith({ pairs }), "text");
    expect(text.match(/cluster-robust/g)).toHaveLength(1);
    expect(text).toContain("win rate (ties count ½): cluster-robust by prompt (t, 4 to 9 df)");
  });

  it.each([
    ["open", "npx tiebreak invite s --group crowd"],
    ["paused", "npx tiebreak study open s"],
    ["draft", "npx tiebreak load s ours.jsonl theirs.jsonl"],
  ] as const)(
    "of a study in the state %s without judgments is short, with the next command",
    (state, next) => {
      const pairs = state === "draft" ? [] : [WAITING];
      const nothing = { study: "s", state, pairs, judgments: 0, skipped: 0, notes: [] };
      for (const format of ["text", "markdown", "latex", "html"] as const) {
        const text = formatReport(reportWith(nothing), format);
        expect(text).toContain(next);
        expect(text).not.toContain("not estimable");
      }
      expect(formatReport(reportWith(nothing), "text").split("\n").length).toBeLessThan(40);
    },
  );
});

describe("a report as CSV", () => {
  it("has one row a pair and gives every number back to the last bit", () => {
    const report = reportWith({ notes: ['says "no", twice', "and\nagain"] });
    const rows: Record<string, string>[] = parse(formatReport(report, "csv"), { columns: true });
    expect(rows).toHaveLength(2);
    expect(Number(rows[0]!.win_rate)).toBe(6543 / 12345);
    expect(Number(rows[0]!.loss_high)).toBe(JUDGED.loss && "high" in JUDGED.loss ? JUDGED.loss.high : NaN);
    expect(rows[0]).toMatchObject({ group: "", half_tie_rate: "0.635", majority_plurality_win: "4" });
    expect(rows[0]!.half_tie_rate_by_prompt_not_estimable).toBe("too few prompts");
    expect(rows[0]!.notes).toBe('says "no", twice\nand\nagain');
    expect(rows[1]).toMatchObject({
      win_count: "0",
      win_rate: "",
      majority_not_estimable: "no judgments yet",
    });
  });

  it("names every column once, in a heading that is there without rows", () => {
    const names = formatReport(reportWith({ pairs: [] }), "csv")
      .trimEnd()
      .split(",");
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^[a-z]+(_[a-z]+)*$/.test(name))).toBe(true);
    expect(formatReport(reportWith(), "csv").startsWith(`${names.join(",")}\n`)).toBe(true);
  });
});

describe("a report as Markdown", () => {
  it("has tables whose rows have as many cells as their heading, whatever the names", () => {
    const against = "a|b *c* `d` <script>";
    const markdown = formatReport(reportWith({ pairs: [{ ...JUDGED, against }] }), "markdown");
    const tables = markdown.split("\n\n").filter((block) => block.startsWith("| "));
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      const cells = table.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size, table).toBe(1);
      expect(cells.length).toBeGreaterThan(2);
    }
    expect(markdown).toContain("a\\|b \\*c\\* \\`d\\` \\<script\\>");
    expect(markdown).toContain("> - All is simulated.");
  });
});

describe("a report as JSON", () => {
  it("keeps the order of the schema and refuses what is no report", () => {
    const report = reportWith();
    const shuffled = Object.fromEntries(Object.entries(report).reverse()) as FullReport;
    expect(formatReport(shuffled, "json")).toBe(formatReport(report, "json"));
    expect(JSON.parse(formatReport(report, "json"))).toEqual(report);
    expect(() => formatReport({ ...report, judgments: -1 }, "json")).toThrow();
  });

  it("has the published schema", () => {
    const published: unknown = JSON.parse(fs.readFileSync("docs/report.schema.json", "utf8"));
    expect(published).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  it("may gain fields without breaking its published schema", () => {
    const read = z.fromJSONSchema(reportJsonSchema());
    const report = fullReportSchema.parse(reportWith());
    expect(read.safeParse({ ...report, anotherBlock: {} }).success).toBe(true);
    expect(read.safeParse({ ...report, judgments: "many" }).success).toBe(false);
    expect(read.safeParse({ ...report, pairs: [{ ...report.pairs[0]!, win: { count: 1 } }] }).success).toBe(
      false,
    );
  });
});
