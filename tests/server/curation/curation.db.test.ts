import { describe, expect, it } from "vitest";
import type { PromptSetItem } from "../../../server/contract/prompt-sets.ts";
import { promptsOf } from "../../../server/curation/draw.ts";
import { dropPrompts, keepVersion } from "../../../server/curation/keep.ts";
import { loadPrompts } from "../../../server/curation/load-prompts.ts";
import {
  deletePromptSet,
  promptSet,
  promptSets,
  versionsDiff,
  versionToExport,
} from "../../../server/curation/read.ts";
import { unload } from "../../../server/loading/unload/unload.ts";
import { ReportBuilder } from "../../../server/reports/report.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";

const item = (id: string, more: Partial<PromptSetItem> = {}): PromptSetItem => ({
  ...{ id, split: "test", turns: [`What is ${id}?`], response: null, source: "own", group: "g", tags: ["t"] },
  ...{ licence: "CC0-1.0", url: null, attribution: null, fields: {}, ...more },
});
const items = (count: number): PromptSetItem[] => Array.from({ length: count }, (_, at) => item(`p${at}`));
const toKeep = (all: PromptSetItem[], reason = "") => ({
  ...{ reason, files: ["f.jsonl"], recipe: null, datasheet: null, edited: false, items: all },
});

describe.each(DATABASES)("prompt sets, on %s", (kind) => {
  const prepared = async (all = items(20)) => {
    const context = await testContext(kind);
    await keepVersion(context, { set: "s", version: toKeep(all), by: "Ann" });
    return context;
  };
  type Prepared = Awaited<ReturnType<typeof prepared>>;
  const load = (context: Prepared, study: string, more: object = {}) =>
    loadPrompts(context, { study, set: "s", dryRun: false, by: "Ann", ...more });

  it("keep versions as they were, each text once, and refuse a change without a reason", async () => {
    const train = item("r", { split: "train", turns: ["One?", "Two?"], response: "What is p0?" });
    const first = [...items(3), train];
    const context = await prepared(first);
    const again = await keepVersion(context, { set: "s", version: toKeep([...first].reverse()), by: "Ben" });
    expect(again).toMatchObject({ version: 1, isNew: false });
    const second = [...first.slice(1), item("new")];
    await expect(keepVersion(context, { set: "s", version: toKeep(second), by: "Ben" })).rejects.toThrow(
      /Give the reason/,
    );
    const kept = await keepVersion(context, { set: "s", version: toKeep(second, "p0 is easy"), by: "Ben" });
    expect(kept).toMatchObject({ version: 2, isNew: true, prompts: 4, train: 1, test: 3 });
    expect((await versionToExport(context, "s", 1)).items).toEqual(first);
    expect((await versionToExport(context, "s", undefined)).items).toEqual(second);
    const texts = await context.database.read(({ db }) =>
      db.selectFrom("prompt_set_text").select("id").execute(),
    );
    expect(texts).toHaveLength(5); // the response is p0's prompt, word for word
    expect(await versionsDiff(context, "s", { from: 1, to: 2 })).toMatchObject({
      ...{ same: 3, added: { prompts: 1 }, removed: { prompts: 1 }, texts: { prompts: 0 } },
    });
    const shown = await promptSet(context, "s");
    expect(shown.versions.map(({ by, reason }) => [by, reason])).toEqual([
      ["Ann", ""],
      ["Ben", "p0 is easy"],
    ]);
    await expect(promptSet(context, "s", 3)).rejects.toThrow(/no version 3. Its latest is 2/);
    await expect(promptSet(context, "none")).rejects.toThrow(/Existing sets: s/);
  });

  it("drop prompts as a version of its own, with who decided so and why", async () => {
    const context = await prepared(items(3));
    await expect(dropPrompts(context, { set: "s", prompts: ["x"], reason: "r", by: "Ann" })).rejects.toThrow(
      /no prompt x/,
    );
    const kept = await dropPrompts(context, { set: "s", prompts: ["p1"], reason: "ambiguous", by: "Ann" });
    expect(kept).toMatchObject({ version: 2, prompts: 2 });
    const { decisions, shown } = await promptSet(context, "s");
    expect(decisions).toMatchObject([
      { version: 2, prompt: "p1", decision: "dropped", reason: "ambiguous", by: "Ann" },
    ]);
    expect(shown.edited).toBe(false); // nobody built it
    const { decisions: told } = await versionToExport(context, "s", 2);
    expect([told, (await versionToExport(context, "s", 1)).decisions]).toEqual([decisions, []]);
    expect((await promptSet(context, "s", 1)).shown.counts.prompts).toBe(3);
  });

  it("draw what no study has, and name the studies that have the rest", async () => {
    const context = await prepared();
    for (const study of ["march", "april", "may"]) await createStudy(context, { name: study, baselines: [] });
    const draw = { size: 8, seed: 7, unused: true };
    const march = await load(context, "march", { split: "test", draw });
    expect(march.drawn).toMatchObject({ taken: 8, from: 20, used: 0, usedBy: [] });
    const again = await promptsOf(context, "s", { draw: { ...draw, unused: false } });
    const first = (await promptsOf(context, "s", { draw: { ...draw, unused: false } })).items;
    expect(again.items).toEqual(first); // the same seed, the same prompts
    const april = await load(context, "april", { draw });
    expect(april.drawn).toMatchObject({ used: 8, usedBy: [{ study: "march", prompts: 8 }] });
    const ids = async (study: string) =>
      (
        await context.database.read(({ db }) =>
          db
            .selectFrom("prompt as p")
            .innerJoin("study as t", "t.id", "p.study_id")
            .select("external_id as id")
            .where("t.name", "=", study)
            .execute(),
        )
      ).map((row) => row.id);
    expect((await ids("march")).filter((id) => first.every((one) => one.id !== id))).toEqual([]);
    expect(new Set([...(await ids("march")), ...(await ids("april"))]).size).toBe(16);
    await expect(load(context, "may", { draw })).rejects.toThrow(
      /16 of them are in studies already. Ask for 4 at most, not 8/,
    );
    await unload(context, {
      study: "march",
      loads: [1],
      reason: null,
      copy: async () => null,
      by: "Ann",
      onRows: () => undefined,
    });
    expect((await promptsOf(context, "s", { draw })).used).toBe(8);
  });

  it("are remembered by the studies that took from them, also when the set is gone", async () => {
    const context = await prepared();
    await createStudy(context, { name: "march", baselines: [] });
    const { report } = await load(context, "march", { split: "test" });
    expect(report.files).toMatchObject([{ file: "s@1 test", outcome: "published", prompts: { new: 20 } }]);
    const { uses, versions } = await promptSet(context, "s");
    expect(uses).toMatchObject([{ study: "march", version: 1, split: "test", prompts: 20 }]);
    expect((await load(context, "march", { split: "test" })).report.files).toMatchObject([
      { outcome: "unchanged" },
    ]);
    await deletePromptSet(context, "s");
    expect(await promptSets(context)).toEqual({ sets: [] });
    const { promptSets: named } = await new ReportBuilder(context).report({ study: "march" });
    expect(named).toEqual([
      { set: "s", version: 1, hash: versions[0]!.hash, split: "test", draw: null, prompts: 20 },
    ]);
  });
});
