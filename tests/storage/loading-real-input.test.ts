import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadFiles } from "../../server/loading/load-files.ts";
import { parseFieldMap } from "../../server/loading/reading/field-map.ts";
import { createStudy } from "../../server/studies/study.ts";
import { DATABASES, testContext } from "../support/context.ts";
import { contents, counted, newStudy } from "./loading-support.ts";

const DATA = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const isThere = fs.existsSync(DATA);
const title = isThere ? "real input" : "real input (skipped: ../shared/data is not there)";

const fileIn = (folder: string, name: string, map: string, system: string | null = null) => ({
  path: path.join(DATA, folder, name),
  options: { format: null, map: parseFieldMap(map), system, group: null, annotator: null, fileName: name },
});
const PLAINLY = { study: "s", dryRun: false, skipBad: false, yes: false };

describe.skipIf(!isThere).each(DATABASES)(`${title} on %s`, (kind) => {
  it("loads llmfao whole, outputs and judgments, and comes to its figures", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const files = [
      fileIn(
        "llmfao",
        "crowd-comparisons.csv",
        "prompt_id=prompt,left_system=left,right_system=right,choice=winner,annotator=worker",
      ),
      fileIn("llmfao", "results.jsonl", "prompt_id=prompt,system=name,output=result"),
      fileIn("llmfao", "prompts.jsonl", "prompt_id=id,prompt=text"),
    ];
    const report = await loadFiles(context, { ...PLAINLY, files });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(report.files.map(({ outcome, rows }) => [outcome, rows])).toEqual([
      ["published", 8931],
      ["published", 1133],
      ["published", 19],
    ]);
    expect(report.files.map((file) => file.judgments.new + file.responses.new + file.prompts.new)).toEqual([
      8931, 1133, 19,
    ]);
    const all = await contents(context);
    expect(all.comparison).toHaveLength(2139);
    expect(all.annotator).toHaveLength(124);
    expect(all.response).toHaveLength(1133);
    expect((all.response as { blank: number }[]).filter((row) => row.blank === 1)).toHaveLength(69);
    const judged = await counted(context);
    const repeats = report.files[0]?.repeats ?? 0;
    expect(judged.length + repeats).toBe(8931);
    const choices = (all.judgment as { choice: string }[]).map((row) => row.choice);
    const count = (choice: string) => choices.filter((one) => one === choice).length;
    expect([count("left"), count("right"), count("tie")]).toEqual([2911, 2549, 8931 - 2911 - 2549]);
    const blanks = report.warnings.listed.filter((one) => one.name === "OutputBlank");
    expect(blanks.reduce((sum, { rows }) => sum + rows, 0)).toBe(69);
    const again = await loadFiles(context, { ...PLAINLY, files });
    expect(again.files.map((file) => file.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
    expect(await contents(context)).toEqual(all);
  }, 180_000);

  it("loads the nine systems of vicuna80 beside its questions", async () => {
    const context = await testContext(kind);
    const answers = new Map(
      ["bard", "claude", "gpt35", "gpt4", "vicuna-13b"].map((name) => [name, `answer_${name}.jsonl`]),
    );
    const generations = new Map(
      ["7b", "13b", "30b", "65b"].map((size) => [
        `guanaco-${size}`,
        `${size}-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl`,
      ]),
    );
    const target = "guanaco-65b";
    const baselines = [...answers.keys(), ...generations.keys()].filter((name) => name !== target);
    await createStudy(context, { name: "s", seed: "seed", target, baselines });
    const files = [
      ...[...generations].map(([system, name]) =>
        fileIn(
          "vicuna80_outputs",
          name,
          "prompt_id=question_id,prompt=,text=,output=generation_truncated",
          system,
        ),
      ),
      ...[...answers].map(([system, name]) =>
        fileIn("vicuna80_outputs", name, `prompt_id=question_id,output=text,system:=${system}`),
      ),
      fileIn("vicuna80_outputs", "vicuna_questions.jsonl", ""),
    ];
    const report = await loadFiles(context, { ...PLAINLY, files });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(report.files.map((file) => file.outcome)).toEqual(Array(10).fill("published"));
    expect(report.warnings.listed.filter((one) => one.name === "OutputsMissing")).toEqual([]);
    const all = await contents(context);
    expect(all.response).toHaveLength(720);
    expect(all.prompt_text).toHaveLength(80);
    expect((all.system as { name: string }[]).map((row) => row.name).sort()).toEqual(
      [target, ...baselines].sort(),
    );
  });
});
