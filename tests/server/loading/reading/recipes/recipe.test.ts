import { describe, expect, it } from "vitest";
import { parseRecipe } from "../../../../../server/loading/reading/recipes/recipe.ts";

describe("a recipe", () => {
  it("is called as its file, unless it says so itself", () => {
    expect(parseRecipe("map: { prompt: question }", "mine")).toMatchObject({
      name: "mine",
      map: { prompt: { from: "question" } },
      sides: "known",
      read_as: "plain",
    });
    expect(parseRecipe("name: other", "mine").name).toBe("other");
  });

  it.each([
    ["mapp: { prompt: q }", "at its top: “mapp” is not known here"],
    ["map: [a]", "map: must be fields with their values"],
    ["map: { winner: { values: { 1: a } } }", "map, winner: must have one of from, one_of, higher"],
    ["map: { winner: { from: a, higher: [b, c] } }", "map, winner: must have one of from, one_of, higher"],
    ["map: { winner: { from: a, valus: { 1: a } } }", "map, winner: “valus” is not known here"],
    [
      "map: { winner: { from: a, values: { 1: [a] } } }",
      "map, winner, values, 1: must be a text or a number",
    ],
    ["map: { winner: { higher: [a] } }", "map, winner, higher: must be a list of two columns"],
    [
      "map: { winner: { from: p, threshold: 0.5 } }",
      "must say what is above and what is below the threshold",
    ],
    ["set: { turn: [1] }", "set, turn: must be a text or a number"],
    ["split: { column: key, by: _ }", "split, into: is missing (a list)"],
    ["split: { column: key, by: _, into: [a] }", "split, into: must name two columns or more"],
    ["apart: a", "apart: must be a list of two columns"],
    ["annotators: {}", "annotators, columns: is missing (a list)"],
    ["sides: left", "sides: must be one of known, unknown"],
    ["group: a:b", "group: must be NAME, or NAME:crowd, NAME:author, NAME:model"],
    ["detect: { all: [] }", "detect, all: names no column"],
    ["name: two words", "name: must be one word of letters, digits, - and _"],
    ["read_as: wide", "read_as: must be one of plain, messages, lima"],
    ["example: { rows: [1], becomes: [] }", "example, rows, 1: must be fields with their values"],
    ["nothing", "at its top: must be fields with their values"],
    ["map: {", "The recipe mine is not YAML: "],
  ])("says what is wrong, and where: %j", (text, fault) => {
    expect(() => parseRecipe(text, "mine")).toThrow(fault);
  });
});
