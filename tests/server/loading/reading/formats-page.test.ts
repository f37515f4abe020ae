import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { provedBy } from "../../../../server/loading/reading/detect-format.ts";
import { firstRows } from "../../../../server/loading/reading/first-rows.ts";
import { canonicalNames } from "../../../../server/loading/reading/names.ts";
import { FORMATS } from "../../../../server/loading/reading/options.ts";
import { readManifest } from "../../../../server/loading/reading/manifest.ts";
import { builtInRecipes, fits, namesOfRecipes } from "../../../../server/loading/reading/recipes/built-in.ts";
import { tellFile } from "../../../../server/loading/reading/read-file.ts";
import { options } from "./reading-options.ts";
import { folder, written } from "./reading-support.ts";

const page = fs.readFileSync(path.resolve(import.meta.dirname, "../../../../docs/formats.md"), "utf8");
const examples = [...page.matchAll(/^```(jsonl?|csv) (\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, ending = "", format = "", text = ""]) => ({ ending, format, text }),
);

describe("the page about formats", () => {
  it("shows every format", () => {
    expect(new Set(examples.map(({ format }) => format))).toEqual(new Set(FORMATS));
  });

  it.each(examples)("shows $format in $ending as it is read", async ({ ending, format, text }) => {
    const over = { knownSystems: ["ours", "theirs"] };
    const { records, faults } = await written(`example.${ending}`, text, over);
    expect(faults).toEqual([]);
    expect(records.length).toBeGreaterThan(0);
    expect((await tellFile(path.join(folder, `example.${ending}`), options("example", over))).format).toBe(
      format,
    );
  });

  it("has formats of which one detects each example, but for general ones that others are before", async () => {
    const found: Record<string, string[]> = {};
    for (const { ending, format, text } of examples) {
      const file = path.join(folder, `detected.${ending}`);
      fs.writeFileSync(file, text);
      const rows = (await firstRows(file, options(file), 20)).map(canonicalNames([]));
      const others = new Set(rows.flatMap((row) => provedBy(row)).filter((one) => one !== format));
      const recipes = builtInRecipes().filter((recipe) => fits(recipe, rows));
      expect(recipes, format).toEqual([]);
      if (others.size > 0) found[format] = [...others];
    }
    expect(found).toEqual({
      alpaca_eval_outputs: ["plain"],
      arena_battles: ["fastchat_judgments"],
      arena_hard_answers: ["messages"],
      fastchat_reviews: ["fastchat_questions"],
      wildbench_results: ["fastchat_judgments"],
      potato: ["plain"],
      inspect_samples: ["plain", "messages"],
      wildbench_outputs: ["plain"],
    });
  });

  it("has recipes of which one detects the example of each", () => {
    for (const { name, example } of builtInRecipes()) {
      const rows = example?.rows ?? [];
      expect(builtInRecipes().flatMap((one) => (fits(one, rows) ? [one.name] : []))).toEqual([name]);
    }
  });

  it("names every built-in recipe", () => {
    for (const name of namesOfRecipes()) expect(page).toContain(`\`${name}\``);
  });

  it("shows a manifest as it is read", () => {
    const [, manifest = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
    expect(readManifest(manifest).map(({ file }) => file)).toEqual(["prompts.jsonl", "votes.csv"]);
  });
});
