import { describe, expect, it } from "vitest";
import { addressOf, ownerTokenIn } from "../../../../client/pages/researcher/address.ts";
import { type Shown, shownReport } from "../../../../client/pages/results/report-view.ts";
import { addressFor, shownFrom } from "../../../../client/pages/results/shown-group.ts";
import { sourceOf } from "../../../../client/pages/results/watch-report.ts";
import { type Report, reportSchema } from "../../../../server/contract/report.ts";
import { barsCaption, drawBars } from "../../../../server/report-document/figures/bars.ts";
import { pairsSection } from "../../../../server/report-document/sections/pairs.ts";
import { pairText } from "../../../../server/report-document/sentences.ts";
import { pairOf, readSvg } from "../../../server/charts/chart-fixture.ts";

const group = (name: string, changes: Partial<Report["groups"][number]> = {}) => ({
  name,
  kind: "crowd" as const,
  headline: true,
  annotators: 3,
  judgments: 10,
  ...changes,
});

const report = (pairs: Report["pairs"], groups: Report["groups"]): Report =>
  reportSchema.parse({
    study: "haiku",
    publicTitle: "Which haiku?",
    state: "open",
    notes: ['Simulated, "all" of them.', "And a second note."],
    judgments: 10,
    comparisons: 5,
    prompts: 5,
    annotators: 3,
    repeats: 0,
    surplus: 0,
    seed: "seed",
    estimator: "tiebreak-report-2",
    slots: { wanted: 20, judged: 10 },
    analysis: {
      estimate: "halfTieRateByPrompt",
      test: "permutationTest",
      majority: "plurality",
      exclusion: "Nobody is left out.",
      family: "pairs within one group",
      status: "interim",
      protocolHash: "0123456789abcdef",
    },
    about: { question: "Which?", options: ["A", "Neither", "B"], guidelines: null, recruitment: null },
    snapshot: null,
    groups,
    pairs,
  });

const all = pairOf([5, 3, 2]);
const crowd = pairOf([5, 3, 2], { group: "crowd" });
const authors = pairOf([1, 1, 2], { group: "authors" });
const nobody = pairOf([0, 0, 0], { group: "visitors" });

describe("the rows of the figure", () => {
  const figurePairs = (given: Report, shown: Shown) =>
    pairsSection(shownReport(given, null, shown)).parts.flatMap((part) =>
      part.kind === "figure" && part.figure.type === "bars" ? [...part.figure.pairs] : [],
    );

  it("leave out a group that is all the people there are", () => {
    const only = report([all, crowd], [group("crowd")]);
    expect(figurePairs(only, "every")).toEqual([all]);
    expect(figurePairs(only, { group: "crowd" })).toEqual([crowd]);
  });

  it("leave out a group outside the headline until it has judged", () => {
    const groups = [group("crowd"), group("authors"), group("visitors", { headline: false })];
    expect(figurePairs(report([all, crowd, authors, nobody], groups), "every")).toEqual([
      all,
      crowd,
      authors,
    ]);
    const judged = pairOf([1, 0, 0], { group: "visitors" });
    expect(figurePairs(report([all, judged], groups), "every")).toEqual([all, judged]);
  });

  it("are those of all people or of one group when asked", () => {
    const given = report([all, crowd, authors], [group("crowd"), group("authors")]);
    expect(figurePairs(given, { people: true })).toEqual([all]);
    expect(figurePairs(given, { group: "authors" })).toEqual([authors]);
  });

  it("have the groups of a pair together, people before models", () => {
    const other = (of: typeof all) => ({ ...of, against: "florid" });
    const judge = pairOf([1, 1, 1], { group: "judge" });
    const groups = [group("crowd"), group("authors"), group("judge", { kind: "model", headline: false })];
    const given = report([judge, all, authors, other(judge), other(all), other(authors)], groups);
    expect(figurePairs(given, "every").map(({ against, group }) => [against, group])).toEqual([
      ...["terse", "florid"].flatMap((against) => [null, "authors", "judge"].map((of) => [against, of])),
    ]);
  });
});

describe("a pair in words", () => {
  it("has the shares, the judgments, by whom, and the win rate without a verdict", () => {
    const pair = pairOf([61, 18, 21], {
      halfTieRate: { value: 0.7, low: 0.63, high: 0.76, method: "Wilson", n: 100 },
    });
    expect(pairText(pair).replaceAll("\u00A0", " ")).toBe(
      "plain was preferred to terse in 61.0 % of 100 judgments by all people, tied in 18.0 % and lost in 21.0 %; " +
        "win rate (ties count ½) per judgment .700 [.630, .760].",
    );
  });

  it("says that nobody has judged it", () => {
    expect(pairText(nobody)).toBe("plain against terse, by visitors: no judgments yet.");
  });
});

describe("the figure’s own words", () => {
  it("describe every drawn row to those who cannot see it", () => {
    const figure = { type: "bars", key: "pairs", pairs: [all, authors] } as const;
    const { texts } = readSvg(drawBars(figure, { width: 960, id: "figure" }));
    expect(texts).toContain(`${pairText(all)} ${pairText(authors)}`);
    expect(barsCaption(figure)).toContain("How often plain won");
  });
});

describe("addresses", () => {
  it("keep what is shown in the query and the share link in the fragment", () => {
    const location = { pathname: "/results", hash: "#token" };
    for (const shown of ["every", { people: true }, { group: "a & b" }] as const) {
      const address = addressFor(shown, location);
      expect(address.endsWith("#token")).toBe(true);
      expect(shownFrom(new URL(address, "http://localhost").search)).toEqual(shown);
    }
  });

  it("say where a report comes from", () => {
    expect(sourceOf({ pathname: "/results/my%20study", hash: "" })).toEqual({ study: "my study" });
    expect(sourceOf({ pathname: "/results", hash: "#abc" })).toEqual({ share: "abc" });
    expect(sourceOf({ pathname: "/results", hash: "" })).toBeNull();
  });

  it("tell an owner token from the name of a section", () => {
    expect(ownerTokenIn(`#${"a".repeat(43)}`)).toBe("a".repeat(43));
    expect(ownerTokenIn("#material")).toBeNull();
    expect(addressOf({ pathname: "/desk/a%20b", search: "?show=preview", hash: "" })).toEqual({
      study: "a b",
      section: "preview",
      page: null,
      problem: null,
    });
  });
});
