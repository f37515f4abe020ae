import { expect, it } from "vitest";
import { withNamesOfTheirOwn } from "../../../../client/pages/researcher/setup/dropped-files.ts";

it.each([
  [
    ["a.jsonl", "b.jsonl"],
    ["a.jsonl", "b.jsonl"],
  ],
  [
    ["a.jsonl", "a.jsonl", "a.jsonl"],
    ["a.jsonl", "a (2).jsonl", "a (3).jsonl"],
  ],
  [
    ["a.csv", "a.csv", "a (2).csv"],
    ["a.csv", "a (3).csv", "a (2).csv"],
  ],
  [
    ["v1.0/a", "v1.0/a"],
    ["v1.0/a", "v1.0/a (2)"],
  ],
])("files called %j that were chosen together are called %j", (names, own) => {
  const file = new File([], "");
  expect(withNamesOfTheirOwn(names.map((name) => ({ name, file }))).map(({ name }) => name)).toEqual(own);
});
