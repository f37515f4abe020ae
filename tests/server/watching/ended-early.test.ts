import { expect, it } from "vitest";
import { endedEarly } from "../../../server/watching/today.ts";

const run = (model: number, group: string, how: string | null, endedAt: string | null = "2026-01-02") => ({
  ...{ model, group, how, endedAt },
});

it.each([
  ["no run", [], []],
  ["one that goes on, and one that is done", [run(1, "jury", null, null), run(2, "jury", "done")], []],
  ["one that was started again", [run(1, "jury", "failed"), run(1, "jury", "done")], []],
  [
    "several of a group",
    [run(1, "jury", "failed"), run(2, "jury", "limit", "2026-01-01"), run(3, "other", "failed")],
    [
      ["jury", 2, "2026-01-01"],
      ["other", 1, "2026-01-02"],
    ],
  ],
])("models that stopped early are a line for each group: %s", (_name, runs, lines) => {
  expect(endedEarly(runs).map(({ group, count, since }) => [group, count, since])).toEqual(lines);
});
