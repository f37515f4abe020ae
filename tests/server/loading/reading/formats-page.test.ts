import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../../server/loading/reading/options.ts";
import { readManifest } from "../../../../server/loading/reading/manifest.ts";
import { namesOfRecipes } from "../../../../server/loading/reading/recipes/built-in.ts";
import { tellFormat } from "../../../../server/loading/reading/read-file.ts";
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
    expect(await tellFormat(path.join(folder, `example.${ending}`), options("example", over))).toBe(format);
  });

  it("names every built-in recipe", () => {
    for (const name of namesOfRecipes()) expect(page).toContain(`\`${name}\``);
  });

  it("shows a manifest as it is read", () => {
    const [, manifest = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
    expect(readManifest(manifest).map(({ file }) => file)).toEqual(["prompts.jsonl", "votes.csv"]);
  });
});
