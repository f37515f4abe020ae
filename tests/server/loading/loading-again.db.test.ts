import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-again-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it.each(DATABASES)("a judgment that is there already with other words is named, on %s", async (kind) => {
  const context = await testContext(kind);
  await createStudy(context, { name: "s", target: "ours", baselines: ["theirs"] });
  /** Loads rows and returns the names of what it warned of. */
  const warned = async (...rows: object[]) => {
    const file = path.join(folder, "rows.jsonl");
    fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const given = {
      format: null,
      map: new Map(),
      system: null,
      group: null,
      annotator: null,
      fileName: file,
    };
    const request = { study: "s", dryRun: false, skipBad: false, yes: false, by: "test" };
    const { done, warnings } = await loadFiles(context, {
      ...request,
      files: [{ path: file, options: given }],
    });
    expect(done).toBe(true);
    return warnings.listed.map(({ name }) => name);
  };
  const texts = { prompt: "Fish?", output_a: "Cod.", output_b: "Bee." };
  const first = {
    ...texts,
    system_a: "ours",
    system_b: "theirs",
    winner: "a",
    annotator: "w1",
    judgment_id: "j1",
  };
  expect(await warned({ ...first, rationale: "It swims.", hard: 1 })).toEqual([]);
  expect(await warned(first), "nothing of it is lost").toEqual([]);
  for (const more of [{ rationale: "It is wet." }, { rationale: "It swims.", hard: 2 }])
    expect(await warned({ ...first, ...more })).toEqual(["OtherColumnsNotKept"]);
  const second = { ...first, judgment_id: "j2", annotator: "w2" };
  expect(await warned({ ...second, rationale: "A." }, { ...second, rationale: "B." })).toEqual([
    "OtherColumnsNotKept",
  ]);
});
