import { expect, it } from "vitest";
import { modelsIn, peopleAndModels } from "../../../server/report-document/people-and-models.ts";

it.each([
  [0, 0, "0 annotators"],
  [1, 0, "1 annotator"],
  [9, 1, "9 annotators and 1 model"],
  [0, 2, "2 models"],
])("takes no model for a person: %i and %i", (people, models, words) => {
  expect(peopleAndModels(people, models)).toBe(words);
});

it("counts the models of every group of models", () => {
  const group = (kind: "crowd" | "model", annotators: number) =>
    ({ name: "g", kind, headline: kind === "crowd", annotators, judgments: 5 }) as const;
  expect(modelsIn([group("crowd", 6), group("model", 1), group("model", 2)])).toBe(3);
});
