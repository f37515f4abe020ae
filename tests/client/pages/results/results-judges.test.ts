import { describe, expect, it } from "vitest";
import {
  besideDraw,
  besideTable,
  partsTable,
} from "../../../../client/pages/results/blocks/judge-beside.tsx";
import {
  checksTable,
  findingsOf,
  glanceTable,
  judgeName,
} from "../../../../client/pages/results/blocks/judge-checks.ts";
import {
  callsTable,
  juryTable,
  versionsTable,
} from "../../../../client/pages/results/blocks/judge-tables.ts";
import { detailsOf } from "../../../../client/pages/results/blocks/judges-block.tsx";
import { tableCsv } from "../../../../client/pages/results/table-csv.ts";
import type { Judge, Judges } from "../../../../server/contract/report-judges.ts";
import { callBlocks } from "../../../../server/report-document/sections/judge-calls.ts";

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

describe("what the checks of a model found", () => {
  it("begins with what must not be overlooked", () => {
    const found = findingsOf(JUDGE);
    expect(found[0]).toEqual({
      flagged: true,
      text: "⚑ It chooses by place and not by answer (sign test, p\u00A0<\u00A0.001).",
    });
    expect(found[1]!.text).toMatch(/^M one is, by its name, its own system\. It thinks better of it/);
    expect(found.map(({ flagged }) => flagged)).toEqual([true, true, false, false]);
    expect(found.at(-1)!.text).toContain("the left answer both times in 37, the right one both times in 1");
  });

  it("says why something cannot be told, and that one order tells nothing of the other", () => {
    const texts = findingsOf({
      ...{ ...JUDGE, ownSystem: null, bothOrders: 0, consistency: REFUSED },
      ...{ firstPosition: REFUSED, positionP: null, positionBias: false },
    }).map(({ text }) => text);
    expect(texts[0]).toBe(
      "Chose the answer that stood first (left): not estimable, nothing to tell it from.",
    );
    expect(texts[2]).toContain("in one order alone");
    expect(texts).toHaveLength(3);
  });

  it("stands in figures, the model's beside those of people", () => {
    const csv = tableCsv(checksTable(JUDGE, "m")).split(/\r?\n/);
    expect(csv[0]).toMatch(/^check,model,model_low,.*people,.*difference,/);
    expect(csv[4]).toMatch(
      /^Chose the longer answer,0\.52,0\.4,0\.64,.*,0\.55,0\.5,0\.6,.*,-0\.03,-0\.12,0\.06,/,
    );
    expect(csv[5]).toContain("M one");
  });
});

describe("models at a glance", () => {
  it("have their flags beside their names, and their groups where names are alike", () => {
    const twin = { ...JUDGE, group: "others", positionBias: false };
    const { rows } = glanceTable([JUDGE, twin], [JUDGE, twin]);
    expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ["m (models)", "⚑ place", 80],
      ["m (others)", "", 80],
    ]);
    expect(judgeName(JUDGE, [JUDGE])).toBe("m");
  });

  it("say where no price was known, and how many calls gave no verdict", () => {
    const [row] = callsTable([JUDGE], [JUDGE]).rows;
    const unknown = { notEstimable: "no price was known" };
    expect(row!.cells).toEqual(["m", 1, 170, 10, 1000, 100, unknown, unknown, 3]);
    expect(callsTable([{ ...JUDGE, calls: null }], [JUDGE]).rows).toEqual([]);
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
  const inReport = (judge: Judge) => callBlocks([judge]).find(({ kind }) => kind === "list")!;

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
  ])("are said as they were sent, on the page and in the report: %s", (_, judge, words) => {
    const said = new RegExp(`${words.replace(/[()]/g, "\\$&").replace(", ", "(?:,| and) ")}[.;]`);
    expect(detailsOf(judge)).toMatch(said);
    expect(JSON.stringify(inReport(judge))).toMatch(said);
  });

  it("leave no temperature of a wish where another was sent", () => {
    const judge = withSent([null], { temperatureRefused: 0.3 });
    for (const said of [detailsOf(judge), JSON.stringify(inReport(judge))])
      expect(said).not.toMatch(/emperature:? 0/);
  });
});

describe("a judge behind which two models answered", () => {
  const version = (model: string | null, win: number) => ({
    ...{ model, verdicts: 10, first: 4 },
    pairs: [{ system: "ours", against: "theirs", win, tie: 1, loss: 9 - win }],
  });
  const versions = [version("m-1", 7), version(null, 2)];

  it("has the figures of each, and a warning", () => {
    expect(versionsTable("m", versions).rows.map(({ cells }) => cells)).toEqual([
      ["m-1", 10, 4, 7, 1, 2],
      ["no name told", 10, 4, 2, 1, 7],
    ]);
    const blocks = callBlocks([{ ...JUDGE, calls: { ...JUDGE.calls!, versions } }]);
    expect(JSON.stringify(blocks)).toContain("Warning: 2 models answered as m,");
    expect(blocks.filter(({ kind }) => kind === "table")).toHaveLength(2);
    expect(JSON.stringify(callBlocks([JUDGE]))).not.toContain("Warning");
  });
});

describe("a model beside people", () => {
  it("is drawn on an axis that is as long on either side of no difference", () => {
    const svg = besideDraw(JUDGE.besidePeople.pairs, "m")(900);
    for (const tick of ["−.40", "−.20", ".00", "+.20", "+.40"]) expect(svg).toContain(`>${tick}<`);
    expect(svg).toContain("−.25 [−.35, −.15]");
    expect(svg).toContain("How much more m prefers ours to each baseline than people do");
  });

  it("has both figures and their difference in a row", () => {
    const { columns, rows } = besideTable(JUDGE.besidePeople.pairs);
    expect(columns.map(({ key }) => key)).toEqual([
      ...["against", "comparisons", "people", "model", "difference", "agreement"],
      ...["chance", "kappa", "exact", "exact_kappa", "neither_tie", "neither_tie_n"],
    ]);
    expect(rows[0]!.cells.slice(0, 2)).toEqual(["theirs", 80]);
  });

  it("is told by those fields that part the comparisons", () => {
    expect(partsTable(JUDGE.besidePeople).rows.map(({ cells }) => cells[0])).toEqual(["a", "b", "1–9"]);
  });
});

describe("a jury", () => {
  it("has a row for what most say, and one for each model", () => {
    const said = { win: 2, tie: 1, loss: 0, halfTieRate: REFUSED };
    const jury: Judges["juries"][number] = {
      ...{ group: "models", judges: 2, withOthers: [] },
      pairs: [
        {
          ...{ system: "ours", against: "theirs", ...said },
          byJudge: ["m", "k"].map((annotator) => ({ annotator, ...said, win: 1 })),
        },
      ],
    };
    expect(juryTable(jury).rows.map(({ cells }) => cells.slice(0, 4))).toEqual([
      ["Most of them", 2, 1, 0],
      ["m", 1, 1, 0],
      ["k", 1, 1, 0],
    ]);
  });
});
