import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../../server/loading/reading/field-map.ts";
import type { FileOptions } from "../../../../../server/loading/reading/options.ts";
import { parseRecipe } from "../../../../../server/loading/reading/recipes/recipe.ts";
import { written } from "../reading-support.ts";

type Row = Record<string, unknown>;

/** Reads rows, as JSON lines, by a recipe. */
const by = (recipe: string, rows: readonly Row[], over: Partial<FileOptions> = {}) =>
  written("rows.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""), {
    recipe: parseRecipe(recipe, "mine"),
    fileName: "rows.jsonl",
    ...over,
  });

const PAIR = "set: { system_a: x, system_b: y, annotator: w }";

describe("a recipe makes of rows", () => {
  it("the verdict of which of several columns is 1", async () => {
    const recipe = `${PAIR}\nmap: { winner: { one_of: { a_won: a, b_won: b, even: tie } } }`;
    const { records, problems } = await by(recipe, [
      { prompt: "Q?", a_won: 1, b_won: 0, even: 0 },
      { prompt: "Q?", a_won: "0", b_won: "0.0", even: "1.0" },
      { prompt: "Q?", a_won: false, b_won: true, even: null },
      { prompt: "Q?", a_won: 1, b_won: 1, even: 0 },
      { prompt: "Q?", a_won: 0.4, b_won: 0.6, even: 0 },
    ]);
    expect(records).toMatchObject([{ choice: "left" }, { choice: "tie" }, { choice: "right" }]);
    expect(records[0]).toMatchObject({ metadata: {} });
    expect(problems.map(({ message }) => message)).toEqual([
      "Not exactly one of the columns is 1: a_won 1, b_won 1, even 0.",
      "Not exactly one of the columns is 1: a_won 0.4, b_won 0.6, even 0.",
    ]);
  });

  it("a choice of a number with a threshold, or of two numbers, which stay as metadata", async () => {
    const one = `${PAIR}\nmap: { winner: { from: p.b, threshold: 0.5, above: b, below: a } }`;
    const rows = [0.7, "0.2", 0.5].map((b) => ({ prompt: "Q?", p: { b } }));
    const { records } = await by(one, rows);
    expect(records).toMatchObject([
      { choice: "right", metadata: { p: { b: 0.7 } } },
      { choice: "left", metadata: { p: { b: "0.2" } } },
      { choice: "tie" },
    ]);
    const two = `${PAIR}\nmap: { winner: { higher: [score_a, score_b], equal: both_bad } }`;
    const scored = await by(two, [
      { prompt: "Q?", score_a: 8, score_b: "7.5" },
      { prompt: "Q?", score_a: 3, score_b: 3 },
      { prompt: "Q?", score_a: "high", score_b: 3 },
      { prompt: "Q?", score_a: null, score_b: 3 },
    ]);
    expect(scored.records).toMatchObject([
      { choice: "left", metadata: { score_a: 8, score_b: "7.5" } },
      { choice: "both_bad" },
    ]);
    expect(scored.faults).toEqual(["3 ChoiceUnknown", "4 FieldMissing"]);
    expect(scored.problems[0]?.message).toContain('score_a is "high", which is no number');
  });

  it("keeps a number that stands under the name of the field that it becomes", async () => {
    const recipe = `${PAIR}\nmap: { winner: { from: winner, threshold: 0.5, above: b, below: a } }`;
    const { records } = await by(recipe, [{ prompt: "Q?", winner: 0.9 }]);
    expect(records).toMatchObject([{ choice: "right", metadata: { winner_value: 0.9 } }]);
  });

  it("two columns of one, and says where one is cut otherwise", async () => {
    const recipe = `set: { annotator: w, winner: a }\nsplit: { column: pair, by: " vs ", into: [system_a, system_b] }`;
    const { records, problems } = await by(recipe, [
      { prompt: "Q?", pair: "gpt vs llama" },
      { prompt: "Q?", pair: "gpt" },
    ]);
    expect(records).toMatchObject([{ leftSystem: "gpt", rightSystem: "llama", metadata: {} }]);
    expect(problems[0]?.message).toBe(
      'pair is "gpt", which “ vs ” does not cut into 2 parts (system_a, system_b).',
    );
  });

  it("a judgment for each annotator who has a column, and none of an empty one", async () => {
    const recipe = `set: { system_a: x, system_b: y }\nannotators: { columns: [ann, bob], values: { "-1": a, 0: tie, 1: b } }`;
    const { records, faults } = await by(recipe, [
      { prompt: "Q?", ann: -1, bob: "0" },
      { prompt: "R?", ann: 1, bob: null },
    ]);
    expect(faults).toEqual([]);
    expect(records).toMatchObject([
      { annotator: "ann", choice: "left", row: 1, metadata: {} },
      { annotator: "bob", choice: "tie", row: 1 },
      { annotator: "ann", choice: "right", row: 2 },
    ]);
    const unlisted = await by(recipe, [{ prompt: "Q?", ann: 5, bob: 0 }]);
    expect(unlisted.faults).toEqual(["0 ValueUnknown"]);
  });

  it("a row for each entry of a list, also of one in a cell", async () => {
    const recipe =
      "each: completions\nmap: { prompt: instruction, system: completions.model, output: completions.response }";
    const completions = [
      { model: "a", response: "Cod.", score: 3 },
      { model: "b", response: "Bee.", score: 1 },
    ];
    for (const value of [completions, JSON.stringify(completions)]) {
      const { records, faults } = await by(recipe, [{ instruction: "Name a fish.", completions: value }]);
      expect(faults).toEqual([]);
      expect(records).toMatchObject([
        { kind: "response", system: "a", turns: ["Cod."], promptTurns: ["Name a fish."] },
        { kind: "response", system: "b", turns: ["Bee."] },
      ]);
    }
    const mixed = [
      { instruction: "Q?", completions },
      { instruction: "R?", completions: 3 },
    ];
    expect((await by(recipe, mixed)).problems[0]?.message).toContain("completions is 3, which is no list");
  });

  it("a response for each column of outputs, and none where it is empty", async () => {
    const recipe = "map: { prompt: q }\noutputs: { ours: one, theirs: two }";
    const { records } = await by(recipe, [{ q: "Q?", one: "Cod.", two: null }]);
    expect(records).toMatchObject([{ kind: "response", system: "ours", turns: ["Cod."], metadata: {} }]);
  });

  it("only of those that are meant, and says how many are not", async () => {
    const recipe = "where: { filter: [strict-match, none] }\nmap: { output: answer }";
    const rows = ["strict-match", "flexible", "none"].map((filter) => ({
      prompt: "Q?",
      answer: filter,
      filter,
    }));
    const { records, said } = await by(recipe, rows);
    expect(records).toMatchObject([{ turns: ["strict-match"] }, { turns: ["none"] }]);
    expect(said).toEqual(["1 row is left out: filter is not strict-match or none."]);
    const none = await by(recipe, [rows[1]!]);
    expect(none.problems[0]?.message).toBe(
      "No row is meant. 1 row is left out: filter is not strict-match or none.",
    );
    const apart = await by(`${PAIR}\napart: [m1, m2]\nmap: { winner: w }`, [
      { prompt: "Q?", m1: "a", m2: "b", w: "a" },
      { prompt: "Q?", m1: "a", m2: "a", w: "a" },
    ]);
    expect(apart.said).toEqual(["1 row is left out: m1 and m2 are the same."]);
  });

  it("no comparison of two that should be the same and are not", async () => {
    const recipe = `${PAIR}\nsame: [one, two]\nmap: { winner: w }`;
    const { problems } = await by(recipe, [{ prompt: "Q?", one: [1], two: [2], w: "a" }]);
    expect(problems).toMatchObject([{ row: 1, message: "one and two differ." }]);
  });

  it("an id of their texts, the same in any file, unless they have one", async () => {
    const recipe = `${PAIR}\nmap: { prompt_id: "@texts", output_a: one, output_b: two, winner: w }`;
    const row = { prompt: "Q?", one: "Cod.", two: "Bee.", w: "a" };
    const { records } = await by(recipe, [
      row,
      { ...row, w: "b" },
      { ...row, two: "Fly." },
      { ...row, prompt_id: 7 },
    ]);
    const ids = records.map((record) => record.promptId);
    expect(ids[0]).toMatch(/^pair-[0-9a-f]{12}$/);
    expect(ids).toEqual([ids[0], ids[0], expect.not.stringMatching(`^${ids[0]}$`), "7"]);
  });
});

describe("what a recipe names", () => {
  it("must be there, unless it says that it may be missing", async () => {
    const recipe = `${PAIR}\nmap: { prompt: q+context?, rationale: why?, winner: verdict }`;
    const good = await by(recipe, [{ q: "Q?", verdict: "a" }]);
    expect(good.records).toMatchObject([{ promptTurns: ["Q?"], rationale: null }]);
    const { problems } = await by(recipe, [{ q: "Q?", winner: "a" }]);
    expect(problems).toEqual([
      {
        row: 0,
        column: null,
        name: "NoSuchField",
        message: "No row has a field “verdict”. The fields are q, winner.",
      },
    ]);
  });

  it("gives way to what is said on the command line", async () => {
    const recipe = `${PAIR}\nsides: unknown\ngroup: nobody:crowd\nmap: { winner: w, rationale: why }`;
    const row = { prompt: "Q?", w: "a", why: "So.", label: "right", rater: "me" };
    const own = await by(recipe, [row]);
    expect(own.records).toMatchObject([
      { choice: "left", annotator: "w", sideKnown: false, group: { name: "nobody", kind: "crowd" } },
    ]);
    const over = {
      map: parseFieldMap("winner=label,system_a:=z,rationale=,side_known:=true"),
      group: { name: "authors", kind: "author" as const },
    };
    const told = await by(recipe, [row], over);
    expect(told.faults).toEqual([]);
    expect(told.records).toMatchObject([
      { choice: "right", leftSystem: "z", sideKnown: true, rationale: null, group: over.group },
    ]);
    const named = await by("set: { system_a: x, system_b: y }\nmap: { winner: w }", [row], {
      annotator: "somebody",
    });
    expect(named.records).toMatchObject([{ annotator: "somebody" }]);
  });

  it("may stand below a path, and rows too", async () => {
    const text = JSON.stringify({ meta: 1, data: [{ q: "Q?", reply: { text: "Cod." } }] });
    const recipe = parseRecipe("rows: data\nmap: { prompt: q, output: reply.text }", "mine");
    const { records } = await written("rows.json", text, { recipe, fileName: "ours.json" });
    expect(records).toMatchObject([{ kind: "response", system: "ours", turns: ["Cod."] }]);
  });
});
