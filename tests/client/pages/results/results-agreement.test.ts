import { describe, expect, it } from "vitest";
import { groupsTable, kappaMatrixTable } from "../../../../client/pages/results/blocks/agreement-tables.ts";
import { besideTable, partsTable } from "../../../../client/pages/results/blocks/judge-beside.tsx";
import { glanceTable } from "../../../../client/pages/results/blocks/judge-checks.ts";
import { othersTable } from "../../../../client/pages/results/blocks/judge-tables.ts";
import { alternativeTable, modelsTable } from "../../../../client/pages/results/blocks/model-tables.ts";
import { beyondChance as words } from "../../../../client/words/en/results-agreement.ts";
import type { DataTable } from "../../../../client/pages/results/data-table.ts";
import type { Agreement, BeyondChance } from "../../../../server/contract/report-agreement.ts";
import { agreementSchema } from "../../../../server/contract/report-agreement.ts";
import { type Judge, judgeSchema } from "../../../../server/contract/report-judges.ts";

const figure = (value: number) => ({ value, low: value - 0.1, high: value + 0.1, method: "by hand", n: 9 });
const REFUSED = { notEstimable: "not asked of this test" };
const BEYOND: BeyondChance = {
  ...{ chance: 0.5, kappa: 0.2 },
  exact: { value: 0.4, chance: 0.3, kappa: 0.14 },
  nonTie: { n: 7, value: 0.6, chance: 0.55, kappa: 0.11 },
};

const measure = { macro: figure(0.6), micro: figure(0.6), chance: 0.5 };
const overall = { comparisons: 9, ratingPairs: 9, tieDiscounted: measure, exact: measure, nonTie: measure };
const compared = { modelHuman: figure(0.6), humanHuman: figure(0.7), difference: figure(-0.1) };
const asked = { model: "gpt", annotators: 5, epsilon: 0.1, winningRate: 0.6 };

/** As reports were kept before anything stood beside agreement. */
const OLD: Agreement = {
  overall: {
    ...{ ...overall, fleissKappa: REFUSED, krippendorffAlpha: REFUSED },
    ...{ krippendorffAlphaOrdinal: REFUSED, gwetAc1: REFUSED },
  },
  betweenGroups: [{ groups: ["crowd", "gpt"], ...overall }],
  modelAndHuman: [{ model: "gpt", against: null, comparisons: 9, ...compared }],
  alternativeAnnotator: [{ ...asked, advantageProbability: figure(0.7), passes: true }],
  betweenAnnotators: [],
  betweenAnnotatorsListed: { pairs: 0, listed: 0, cap: 1000 },
};

const beside = { ...compared, chance: 0.5, kappa: figure(0.2) };
const NEW: Agreement = {
  ...OLD,
  betweenGroups: OLD.betweenGroups.map((one) => ({
    ...one,
    tieDiscounted: { ...measure, kappa: 0.2 },
    exact: { ...measure, kappa: 0.1 },
    nonTie: { ...measure, kappa: 0.3 },
  })),
  modelAndHuman: [{ ...OLD.modelAndHuman[0]!, constant: null, ...beside, exact: beside, nonTie: beside }],
  alternativeAnnotator: [
    { ...asked, passes: false, advantageProbability: figure(0.7), verdict: "cannot tell" },
    { model: "other", notEstimable: "no judgments yet" },
  ],
};

const keys = ({ columns }: DataTable) => columns.map(({ key }) => key);
const NOBODY = { idle: new Set<string>() };

describe("agreement of a model with people", () => {
  it("has its chance level and its kappa beside it, by every measure", () => {
    expect(agreementSchema.parse(NEW)).toEqual(NEW);
    const { rows } = modelsTable(NEW, NOBODY);
    expect(rows.map(({ cells }) => [cells[3], cells[5], cells[6]])).toEqual(
      Array.from({ length: 3 }, () => [9, 0.5, figure(0.2)]),
    );
    expect(kappaMatrixTable(NEW, new Set())!.rows.at(-1)!.cells).toEqual(["gpt", 0.2, null]);
    const groups = keys(groupsTable(NEW, { only: null, ...NOBODY }));
    for (const one of ["tie_discounted", "exact", "non_tie"])
      expect(groups).toEqual(expect.arrayContaining([one, `${one}_chance`, `${one}_kappa`]));
  });

  it("is shown as it was where an older report says no more", () => {
    expect(agreementSchema.parse(OLD)).toEqual(OLD);
    expect(modelsTable(OLD, NOBODY).rows).toHaveLength(1);
    expect(kappaMatrixTable(OLD, new Set())).toBeNull();
    expect(alternativeTable(OLD.alternativeAnnotator).rows[0]!.cells[1]).toBe("Yes");
    expect(alternativeTable(NEW.alternativeAnnotator).rows.map(({ cells }) => cells[1])).toEqual([
      "Cannot be told",
      { notEstimable: "no judgments yet" },
    ]);
  });

  it("has the same beside it in every table of a judge, and in its sentence", () => {
    const agreement = figure(0.6);
    const one = { comparisons: 9, agreement, beyondChance: BEYOND };
    const pair = { system: "ours", against: "theirs", model: agreement, people: agreement };
    const besidePeople = {
      ...{ ...one, opposite: 0, examples: [] },
      pairs: [{ ...one, ...pair, difference: agreement }],
      byField: ["a", "b"].map((field) => ({ field, values: ["x", "y"].map((value) => ({ value, ...one })) })),
      byLength: [{ value: "1–9", ...one }],
    };
    const judge: Judge = { ...BARE, besidePeople, constant: "tie" };
    expect(judgeSchema.parse(judge)).toEqual(judge);
    const jury = { group: "g", judges: 2, pairs: [], withOthers: [{ annotator: "m", ...one }] };
    const tables = [
      besideTable(besidePeople.pairs),
      partsTable(besidePeople),
      glanceTable([judge], [judge]),
      othersTable(jury),
    ];
    for (const table of tables) {
      const at = keys(table).indexOf("chance");
      for (const { cells } of table.rows)
        expect(cells.slice(at, at + 6)).toEqual([0.5, 0.2, 0.4, 0.14, 0.6, 7]);
    }
    expect(glanceTable([judge], [judge]).rows[0]!.cells[1]).toContain("constant");
    expect(words.says(BEYOND)).toBe(
      "Chance would give .50 (kappa .20). Exactly the same: .40, by chance .30 (kappa .14). " +
        "Where neither says tie: .60 of 7 comparisons, by chance .55.",
    );
  });
});

/** All else that a judge has. */
const BARE: Omit<Judge, "besidePeople"> = {
  ...{ annotator: "m", group: "models", verdicts: 9, bothOrders: 0 },
  ...{ ties: REFUSED, consistency: REFUSED, firstPosition: REFUSED, selfConsistency: REFUSED },
  flips: { firstTwice: 0, secondTwice: 0, withTie: 0 },
  ...{ positionP: null, positionBias: false, ownSystem: null, calls: null },
  length: {
    ...{ longerPreferred: REFUSED, p: null, prefersLength: false },
    ...{ people: REFUSED, difference: REFUSED },
  },
};
