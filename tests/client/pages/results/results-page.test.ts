import { describe, expect, it } from "vitest";
import { addressOf, ownerTokenIn } from "../../../../client/pages/researcher/address.ts";
import { chartWordsFor } from "../../../../client/pages/results/chart-words.ts";
import { tableNotes } from "../../../../client/pages/results/data-table.ts";
import { pairsTable } from "../../../../client/pages/results/pairs-table.ts";
import { blocksOf, figurePairs, speakingPair } from "../../../../client/pages/results/report-view.ts";
import { scoreWords } from "../../../../client/pages/results/score-words.ts";
import { sentenceText } from "../../../../client/pages/results/sentence.tsx";
import { addressFor, shownFrom } from "../../../../client/pages/results/shown-group.ts";
import { sourceOf } from "../../../../client/pages/results/watch-report.ts";
import { type Report, reportSchema } from "../../../../server/contract/report.ts";
import { stackedBars } from "../../../../server/charts/stacked-bars.ts";
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
      exclusion: "No annotator is excluded.",
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
  it("leave out a group that is all the people there are, and keep it in the tables", () => {
    const only = report([all, crowd], [group("crowd")]);
    expect(figurePairs(only, "every")).toEqual([all]);
    expect(blocksOf(only, "every")[0]?.pairs).toEqual([all, crowd]);
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
});

describe("a pair in words", () => {
  const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "").replaceAll("\u00A0", " ");

  it("tells the shares, the judgments, by whom, and the half-tie rate without a verdict", () => {
    const pair = pairOf([61, 18, 21], {
      halfTieRate: { value: 0.7, low: 0.63, high: 0.76, method: "Wilson", n: 100 },
    });
    expect(plain(sentenceText(pair))).toBe(
      "plain was preferred to terse in 61 % of 100 judgments by people, tied in 18 % and lost in 21 %; " +
        "half-tie rate per judgment .70 [.63, .76].",
    );
  });

  it("says that nobody has judged it", () => {
    expect(plain(sentenceText(nobody))).toBe("plain has not been judged against terse yet by visitors.");
  });

  it("is told by the first row that was judged", () => {
    const none = pairOf([0, 0, 0]);
    expect(speakingPair({ system: "plain", against: "terse", pairs: [none, authors] })).toBe(authors);
  });

  it("writes a rate with its interval, alone without one, and as a dash where it cannot be had", () => {
    expect(scoreWords({ value: 1, low: 0.95, high: 1, method: "m", n: 9 })).toBe("1.00 [.95, 1.00]");
    expect(scoreWords({ value: 0.6354, n: 9, notEstimable: "reason" }, 3)).toBe(".635");
    expect(scoreWords({ notEstimable: "reason" })).toBe("–");
  });
});

describe("footnotes", () => {
  it("letter each method and reason once, a reason apart from a method of the same words", () => {
    const pair = pairOf([5, 3, 2], { loss: { count: 2, rate: 0.2, notEstimable: "Wilson" } });
    const { rows } = pairsTable([{ system: "plain", against: "terse", pairs: [pair, pair] }]);
    expect([...tableNotes(rows)]).toEqual([
      ["method:Wilson", "a"],
      ["no interval:Wilson", "b"],
      ["no interval:no judgments", "c"],
      ["not estimable:no judgments", "d"],
    ]);
  });
});

describe("the figure's own words", () => {
  it("describe every drawn row to those who cannot see it", () => {
    const given = report([all, authors], [group("authors")]);
    const words = chartWordsFor(given, [all, authors]);
    const { texts } = readSvg(stackedBars([all, authors], { words, width: 960, id: "figure" }));
    expect(texts).toContain(`${sentenceText(all)} ${sentenceText(authors)}`);
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
    for (const pathname of ["/dashboard/a%20b", "/desk/a%20b"]) {
      const asked = addressOf({ pathname, search: "?show=preview", hash: "" });
      expect(asked).toEqual({ study: "a b", section: "preview" });
    }
  });
});
