import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { parseRecipe } from "../../../server/loading/reading/recipes/recipe.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, counted, newStudy } from "./loading-support.ts";
import { PUBLISHED } from "./reading/recipes/published-rows.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-recipes-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

type Row = Record<string, unknown>;
const SAID = { format: null, map: new Map(), system: null, group: null, annotator: null };

const written = (name: string, rows: readonly Row[]): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(rows));
  return file;
};

describe.each(DATABASES)("on %s, files that recipes read", (kind) => {
  it("are stored with their prompts, outputs and judgments, once", async () => {
    const context = await testContext(kind);
    for (const { recipe, rows, records, faults } of PUBLISHED) {
      if (faults !== undefined) continue;
      await newStudy(context, recipe);
      const file = written(`${recipe}.json`, rows);
      const files = [{ path: file, options: { ...SAID, fileName: file } }];
      const request = { study: recipe, files, dryRun: false, skipBad: false, yes: false };
      const report = await loadFiles(context, request);
      expect([recipe, report.errors.listed]).toEqual([recipe, []]);
      const judgments = records.filter(({ kind: of }) => of !== "response").length;
      expect(report.files).toMatchObject([{ format: recipe, judgments: { new: judgments } }]);
      const before = await contents(context);
      expect((await loadFiles(context, request)).files).toMatchObject([{ outcome: "unchanged" }]);
      expect(await contents(context)).toEqual(before);
    }
  });

  it("have one remark for all pairs of one prompt, where each pair is a prompt of its own", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const rows = Array.from({ length: 9 }, (_, i) => ({
      prompt: "Q?",
      chosen: `good ${i}`,
      rejected: "bad",
    }));
    const files = [{ path: written("trl.json", rows), options: { ...SAID, fileName: "trl.json" } }];
    const load = { study: "s", files, dryRun: false, skipBad: false, yes: false };
    const { warnings } = await loadFiles(context, load);
    const twice = warnings.listed.filter(({ name }) => name === "PromptTwice");
    expect(twice).toMatchObject([{ rows: 8, message: expect.stringContaining("in another pair") as string }]);
  });

  it("give each annotator of a row a judgment, and refuse a value without a meaning, with nothing loaded", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const recipe = parseRecipe(
      "split: { column: key, by: _, into: [system_a, system_b] }\nannotators: { columns: [ann, bob], values: { 1: a, 2: b } }",
      "mine",
    );
    const load = (name: string, rows: readonly Row[]) => {
      const file = written(name, rows);
      const files = [{ path: file, options: { ...SAID, recipe, fileName: name } }];
      return loadFiles(context, { study: "s", files, dryRun: false, skipBad: false, yes: false });
    };
    const row = { prompt: "Q?", key: "x_y", output_a: "Bee.", output_b: "Fly.", ann: 1, bob: 2 };
    const refused = await load("bad.json", [row, { ...row, prompt: "R?", bob: 0 }]);
    expect(refused.done).toBe(false);
    expect(refused.errors.listed).toMatchObject([{ name: "ValueUnknown", line: 0 }]);
    expect(refused.errors.listed[0]?.message).toContain("“2” as b (1), “0” as unknown (1)");
    expect(await counted(context)).toEqual([]);
    expect((await load("good.json", [row])).done).toBe(true);
    expect(await counted(context)).toMatchObject([
      { annotator: "ann", left: "x", choice: "left" },
      { annotator: "bob", left: "x", choice: "right" },
    ]);
  });
});
