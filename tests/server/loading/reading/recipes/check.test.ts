import { describe, expect, it } from "vitest";
import { builtInRecipes } from "../../../../../server/loading/reading/recipes/built-in.ts";
import { faultsOfExample } from "../../../../../server/loading/reading/recipes/check.ts";
import { parseRecipe } from "../../../../../server/loading/reading/recipes/recipe.ts";

const RECIPE = "detect: { all: [q] }\nmap: { prompt: q, output: { from: a, values: { 1: one } } }\n";
const check = (example: string) => faultsOfExample(parseRecipe(`${RECIPE}example: ${example}`, "mine"));

describe("the example of a recipe", () => {
  it("of every built-in one becomes what it should", () => {
    for (const recipe of builtInRecipes())
      expect([recipe.name, faultsOfExample(recipe)]).toEqual([recipe.name, []]);
  });

  it("is missing, right, or wrong in named fields", () => {
    expect(faultsOfExample(parseRecipe(RECIPE, "mine"))).toBeNull();
    expect(
      check("{ rows: [{ q: Q?, a: 1, n: 7 }], becomes: [{ prompt: Q?, output: one, n: '7' }] }"),
    ).toEqual([]);
    expect(check("{ rows: [{ q: Q?, a: 1 }], becomes: [{ prompt: R?, system: x }] }")).toEqual([
      'row 1, prompt: must be "R?", is "Q?"',
      'row 1, system: must be "x", is missing',
    ]);
    expect(check("{ rows: [{ q: Q?, a: 1 }], becomes: [] }")?.[0]).toContain("becomes 1 rows, not 0");
    expect(check("{ rows: [{ q: Q?, a: 2 }], becomes: [] }")?.[0]).toContain("“2” as unknown (1)");
    expect(check("{ rows: [{ a: 1 }], becomes: [] }")).toContain("detect: the example does not fit");
  });
});
