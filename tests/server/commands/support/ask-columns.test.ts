import { expect, it } from "vitest";
import { likelyOutputs } from "../../../../server/commands/support/ask-columns.ts";

it.each([
  ["named as outputs", ["nr", "reply given", "note"], ["reply given"]],
  ["named after models", ["nr", "gpt-4o", "llama-3-8b"], ["gpt-4o", "llama-3-8b"]],
  ["of free text", ["nr", "one", "two"], ["one", "two"]],
])("outputs are proposed where columns are %s", (_, columns, expected) => {
  const row = Object.fromEntries(
    columns.map((column) => [column, column === "nr" ? 1 : "Several words here."]),
  );
  expect(likelyOutputs(columns, [row])).toEqual(expected);
});
