import { describe, expect, it } from "vitest";
import type { Judge, Judges } from "../../../server/contract/report-judges.ts";
import { linesBelow } from "../../../server/report-document/tables.ts";
import type { Part, Table } from "../../../server/report-document/document.ts";
import { drawFigure } from "../../../server/report-document/figures/index.ts";
import { callParts } from "../../../server/report-document/sections/judge-calls.ts";
import { juryParts } from "../../../server/report-document/sections/judge-juries.ts";
import { judgeName, judgeText } from "../../../server/report-document/sections/judge-words.ts";
import { judgesSection } from "../../../server/report-document/sections/judges.ts";
import { flat } from "../../../server/report-document/write/flat.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";

const figure = (value: number, low: number, high: number, n = 80) => ({
  ...{ value, low, high, n },
  method: "counted by hand",
});
const REFUSED = { notEstimable: "nothing to tell it from" };

const JUDGE: Judge = {
  ...{ annotator: "m", group: "models", verdicts: 80, bothOrders: 80 },
  ties: figure(0.25, 0.1, 0.4),
  consistency: figure(0.5, 0.4, 0.6),
  flips: { firstTwice: 37, secondTwice: 1, withTie: 2 },
  firstPosition: figure(0.73, 0.66, 0.8, 130),
  ...{ positionP: 1e-8, positionBias: true },
  selfConsistency: REFUSED,
  length: {
    longerPreferred: figure(0.52, 0.4, 0.64),
    ...{ p: 0.7, prefersLength: false },
    people: figure(0.55, 0.5, 0.6),
    difference: figure(-0.03, -0.12, 0.06),
  },
  ownSystem: {
    system: "M one",
    rate: figure(0.8, 0.7, 0.9),
    people: figure(0.6, 0.5, 0.7),
    difference: figure(0.2, 0.1, 0.3),
  },
  besidePeople: {
    comparisons: 80,
    agreement: figure(0.7, 0.6, 0.8),
    pairs: [
      {
        ...{ system: "ours", against: "theirs", comparisons: 80 },
        model: figure(0.4, 0.3, 0.5),
        people: figure(0.65, 0.6, 0.7),
        difference: figure(-0.25, -0.35, -0.15),
        agreement: figure(0.7, 0.6, 0.8),
      },
    ],
    byField: [
      { field: "split", values: [{ value: "test", comparisons: 80, agreement: REFUSED }] },
      {
        field: "source",
        values: ["a", "b"].map((value) => ({ value, comparisons: 40, agreement: REFUSED })),
      },
    ],
    byLength: [{ value: "1–9", comparisons: 80, agreement: REFUSED }],
    ...{ opposite: 0, examples: [] },
  },
  calls: {
    ...{ runs: 1, calls: 170, failures: [{ kind: "unreadable", count: 10 }] },
    ...{ promptTokens: 1000, completionTokens: 100, dollars: null, dollarsPerJudgment: null },
    ...{ reportedModels: [], templates: ["1 (abc)"], temperatures: [0], flagged: 3 },
  },
};

const tablesIn = (parts: readonly Part[]): Table[] =>
  flat(parts, () => true).flatMap((part) => (part.kind === "table" ? [part.table] : []));
const DECLARED = { analysis: { ...DEFAULT_ANALYSIS, status: "confirmatory" as const, protocolHash: null } };
const sectionOf = (...judges: Judge[]) => judgesSection({ judges, juries: [], orderRule: "agree" }, DECLARED);
const tableOf = (key: string, ...judges: Judge[]): Table =>
  tablesIn(sectionOf(...judges).parts).find((table) => table.key === key)!;
const valuesOf = ({ rows }: Table) => rows.map(({ cells }) => cells.map(({ value }) => value));

describe("what is to be known of a model before its verdicts are used", () => {
  it("has no flag, neither yes nor no, for a bias that was not tested", () => {
    const untested = {
      ...{ ...JUDGE, firstPosition: REFUSED, positionP: null, positionBias: false },
      length: { ...JUDGE.length, longerPreferred: REFUSED, p: null },
    };
    const flags = (judge: Judge) =>
      ["judges-order", "judges-length"].flatMap((key) =>
        valuesOf(tableOf(key, judge)).map((cells) => cells.at(-1)),
      );
    expect(flags(JUDGE)).toEqual(["yes", "no"]);
    expect(flags(untested).filter((flag) => flag !== null)).toEqual([]);
  });

  it("has its flags, with the tests behind them", () => {
    const text = judgeText(JUDGE, [JUDGE]);
    expect(text).toContain("m: 80 verdicts. With the sides changed it gave the same verdict in 50.0");
    expect(text).toContain(
      "Flag: it chooses by position: the response shown first in 73.0\u00A0% [66.0, 80.0]",
    );
    expect(text).toContain("(p\u00A0<\u00A0.001)");
    expect(text).toContain("Not flagged for length: it preferred the longer response in 52.0");
    expect(text).toContain(
      "M one is by its name the judge’s own system: win rate (ties count ½) .800 [.700, .900], people .600 [.500, .700], " +
        "a difference of .200 [.100, .300].",
    );
    expect(text).toContain("agrees .700 [.600, .800] (tie-discounted) on 80 comparisons");
  });

  it("says why something cannot be estimated, and that one order is no evidence on the other", () => {
    const text = judgeText(
      {
        ...{ ...JUDGE, ownSystem: null, bothOrders: 0, consistency: REFUSED },
        ...{ firstPosition: REFUSED, positionP: null, positionBias: false },
      },
      [JUDGE],
    );
    expect(text).toContain("Whether it prefers a side cannot be estimated: nothing to tell it from.");
    expect(text).toContain("Asked in one order only");
    expect(text).not.toContain("own system");
  });

  it("names the group where names are alike", () => {
    const twin = { ...JUDGE, group: "others" };
    expect(judgeName(JUDGE, [JUDGE, twin])).toBe("m (models)");
    expect(judgeName(JUDGE, [JUDGE])).toBe("m");
  });

  it("is in figures, the model's with those of people", () => {
    expect(valuesOf(tableOf("judges-order", JUDGE))).toEqual([["m", 80, 80, 0.5, 0.73, 1e-8, "yes"]]);
    expect(valuesOf(tableOf("judges-length", JUDGE))).toEqual([["m", 80, 0.52, 0.7, "no"]]);
    expect(valuesOf(tableOf("judges-length-people", JUDGE))).toEqual([["m", 80, 0.55, -0.03]]);
    expect(valuesOf(tableOf("judges-own", JUDGE))).toEqual([["m", "M one", 0.8, 0.6, 0.2]]);
    expect(valuesOf(tableOf("judges-repeats", JUDGE))).toEqual([["m", 37, 1, 2, null, 0.25]]);
  });

  it("counts calls without a verdict, and says where no price was known", () => {
    const table = tableOf("judges-calls", JUDGE);
    expect(valuesOf(table)).toEqual([["m", 1, 170, 10, 1000, 100, null, null]]);
    expect(linesBelow(table)).toEqual(["US $, US $ per judgment: not estimable, no price was known"]);
    expect(tableOf("judges-calls", { ...JUDGE, calls: null })).toBeUndefined();
  });
});

describe("the parameters of a model", () => {
  const sent = (over: object) => ({
    ...{ calls: 40, temperature: null, temperatureRefused: null, form: "words" as const, formRefused: false },
    ...over,
  });
  const withSent = (temperatures: (number | null)[], ...kinds: object[]): Judge => ({
    ...JUDGE,
    calls: { ...JUDGE.calls!, temperatures, sent: kinds.map(sent) },
  });
  const inReport = (judge: Judge) => callParts([judge]).find(({ kind }) => kind === "list")!;

  it.each([
    ["a temperature that was sent", withSent([0], { temperature: 0 }), "emperature: 0"],
    ["one that nobody wanted", withSent([null], {}), "emperature: the server’s own"],
    [
      "one that was refused",
      withSent([null], { temperatureRefused: 0 }),
      "emperature: the server’s own (0 was refused)",
    ],
    [
      "one that was refused from some call on",
      withSent([0, null], { temperature: 0 }, { temperatureRefused: 0 }),
      "emperature: 0, the server’s own (0 was refused)",
    ],
    ["a form that was taken", withSent([0], { form: "json_schema" }), "orm of the reply: json_schema"],
    [
      "a form that was refused",
      withSent([0], { form: "json_object", formRefused: true }),
      "orm of the reply: json_object (json_schema was refused)",
    ],
    ["words in place of a form", withSent([0], {}), "orm of the reply: asked for in words alone"],
  ])("are given as they were sent: %s", (_, judge, words) => {
    const said = new RegExp(`${words.replace(/[()]/g, "\\$&").replace(", ", "(?:,| and) ")}[.;]`);
    expect(JSON.stringify(inReport(judge))).toMatch(said);
  });

  it("leave no temperature of a wish where another was sent", () => {
    const judge = withSent([null], { temperatureRefused: 0.3 });
    expect(JSON.stringify(inReport(judge))).not.toMatch(/emperature:? 0/);
  });
});

describe("a judge behind which two models answered", () => {
  const version = (model: string | null, win: number) => ({
    ...{ model, verdicts: 10, first: 4 },
    pairs: [{ system: "ours", against: "theirs", win, tie: 1, loss: 9 - win }],
  });
  const versions = [version("m-1", 7), version(null, 2)];

  it("has the figures of each, and a warning", () => {
    const parts = callParts([{ ...JUDGE, calls: { ...JUDGE.calls!, versions } }]);
    expect(valuesOf(tablesIn(parts)[1]!)).toEqual([
      ["m-1", 10, 4, "ours", "theirs", 7, 1, 2],
      ["no name reported", 10, 4, "ours", "theirs", 2, 1, 7],
    ]);
    expect(JSON.stringify(parts)).toContain("Warning: 2 models answered as m,");
    expect(JSON.stringify(callParts([JUDGE]))).not.toContain("Warning");
    expect(JSON.stringify(parts)).not.toContain("Every reply");
  });

  it("does not take the replies of several samples for verdicts", () => {
    const one = { preset: null, changes: [], template: "standard" as const, examples: 0, criteria: false };
    const rest = { criteriaField: null, referenceField: null, scale: "three" as const, samples: 3 };
    const asked = [{ ...one, ...rest, verdictFrom: "reply" as const }];
    const parts = callParts([{ ...JUDGE, calls: { ...JUDGE.calls!, versions, asked } }]);
    expect(JSON.stringify(parts)).toContain("Every reply counts as one, even where several made one verdict");
  });
});

describe("a model and people", () => {
  it("are drawn on an axis that is as long on either side of no difference", () => {
    const part = flat(sectionOf(JUDGE).parts, () => true).find(({ kind }) => kind === "figure");
    if (part?.kind !== "figure") throw new Error("There is no figure.");
    const svg = drawFigure(part.figure, { width: 900, id: "i" });
    for (const tick of ["−.4", "−.2", "0", "+.2", "+.4"]) expect(svg).toContain(`>${tick}<`);
    expect(svg).toContain("−.250 [−.350, −.150]");
    expect(svg).toContain("How much more m prefers ours than people do");
  });

  it("have both figures and their difference in a row, which leads to what both judged", () => {
    const table = tableOf("judges-pairs-1", JUDGE);
    expect(valuesOf(table)).toEqual([["theirs", 80, 0.65, 0.4, -0.25]]);
    expect(table.rows[0]!.cells[0]!.to).toEqual({
      ...{ system: "ours", against: "theirs", also: "models", together: "yes" },
    });
  });

  it("are compared by those fields that part the comparisons", () => {
    const parts = tablesIn(sectionOf(JUDGE).parts).filter(({ caption }) =>
      caption.startsWith("Agreement with people by"),
    );
    expect(parts.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(parts.map(({ caption }) => caption)).toEqual([
      "Agreement with people by source",
      "Agreement with people by how many characters the longer response has more",
    ]);
  });
});

describe("a jury", () => {
  it("has a row for the majority, and one for each model", () => {
    const given = { win: 2, tie: 1, loss: 0, halfTieRate: REFUSED };
    const jury: Judges["juries"][number] = {
      ...{ group: "models", judges: 2, withOthers: [] },
      pairs: [
        {
          ...{ system: "ours", against: "theirs", ...given },
          byJudge: ["m", "k"].map((annotator) => ({ annotator, ...given, win: 1 })),
        },
      ],
    };
    const [table] = tablesIn(juryParts([jury]));
    expect(valuesOf(table!).map((row) => row.slice(0, 2))).toEqual([
      ["theirs: majority", "2 / 1 / 0"],
      ["theirs: m", "1 / 1 / 0"],
      ["theirs: k", "1 / 1 / 0"],
    ]);
  });
});
