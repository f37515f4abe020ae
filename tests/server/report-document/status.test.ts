import { describe, expect, it } from "vitest";
import type { Report } from "../../../server/contract/report.ts";
import { isComplete } from "../../../server/contract/complete.ts";
import { statusOf } from "../../../server/analysis/rows/declared-slots.ts";
import { DEFAULT_ANALYSIS } from "../../../server/studies/default-protocol.ts";
import { statusText } from "../../../server/report-document/sentences.ts";

const PLANS = [
  { wanted: 6, judged: 3 },
  { wanted: 6, judged: 6 },
  { wanted: 0, judged: 0 },
];

const statusIn = (state: Report["state"], slots: Report["slots"]) =>
  statusOf({
    facts: { study: { state }, declared: { hash: "abc", analysis: DEFAULT_ANALYSIS } },
    slots,
  } as never);

const says = (state: Report["state"], slots: Report["slots"]) => {
  const status = statusIn(state, slots);
  return statusText({ analysis: { status }, slots, state, groups: [] } as unknown as Report);
};

describe.each(["open", "paused", "closed"] as const)(
  "what a report of a study that is %s may be read as",
  (state) => {
    it.each(PLANS)("claims that every judgment is there only where it is: $judged of $wanted", (slots) => {
      const sentence = says(state, slots);
      expect(sentence.includes("every planned judgment is there")).toBe(isComplete(slots));
      expect(sentence.startsWith("Confirmatory")).toBe(
        (state === "closed" && slots.judged > 0) || isComplete(slots),
      );
      const isShort = slots.wanted > 0 && !isComplete(slots);
      expect(sentence.includes("3 of 6 planned judgments are there")).toBe(isShort);
    });
  },
);

it("names the groups that the plan is not about", () => {
  const group = (name: string, kind: "crowd" | "model", headline: boolean) => ({
    ...{ name, kind, headline, annotators: 1, judgments: 1 },
  });
  const of = (groups: Report["groups"]) =>
    statusText({ analysis: { status: "confirmatory" }, slots: PLANS[1], groups } as unknown as Report);
  const crowd = group("crowd", "crowd", true);
  expect(of([crowd, group("judge", "model", true), group("visitors", "crowd", false)])).toMatch(
    / Tests of judge and visitors are exploratory: the plan is about all people\.$/,
  );
  for (const groups of [[crowd], [group("judge", "model", true)]]) expect(of(groups)).not.toMatch(/plan is/);
});

it("is exploratory where every judgment was loaded and none of the planned ones was made", () => {
  const none = { wanted: 6, judged: 0 };
  expect(statusIn("closed", none)).toBe("exploratory");
  expect(statusIn("closed", { wanted: 0, judged: 0 })).toBe("exploratory");
  expect(says("closed", none)).toMatch(/^Exploratory: every judgment was loaded from files/);
  expect(statusIn("open", none)).toBe("interim");
});
