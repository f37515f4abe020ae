import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadFiles } from "../../../server/loading/load-files.ts";
import { parseFieldMap } from "../../../server/loading/reading/field-map.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { BLANK, VOTES, VOTES_MAP, writeOutputs } from "../../support/llmfao.ts";
import { BASELINES, guanaco, QUESTIONS, SIZES, writeAnswers } from "../../support/vicuna.ts";
import { contents, counted, newStudy } from "./loading-support.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "real-input-"));
const { results, prompts, outputs } = writeOutputs(folder);
const answers = writeAnswers(folder);

const fileAs = (file: string, map: string, system: string | null = null) => ({
  path: file,
  options: {
    ...{ format: null, map: parseFieldMap(map), system, group: null, annotator: null },
    fileName: path.basename(file),
  },
});
const PLAINLY = { study: "s", dryRun: false, skipBad: false, yes: false };

describe.each(DATABASES)("real input on %s", (kind) => {
  it("loads the votes of llmfao with outputs, and comes to their figures", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const files = [
      fileAs(VOTES, VOTES_MAP),
      fileAs(results, "prompt_id=prompt,system=name,output=result"),
      fileAs(prompts, "prompt_id=id,prompt=text"),
    ];
    const report = await loadFiles(context, { ...PLAINLY, files });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(report.files.map(({ outcome, rows }) => [outcome, rows])).toEqual([
      ["published", 8931],
      ["published", outputs],
      ["published", 20],
    ]);
    expect(report.files.map((file) => file.judgments.new + file.responses.new + file.prompts.new)).toEqual([
      8931,
      outputs,
      20,
    ]);
    const all = await contents(context);
    expect(all.comparison).toHaveLength(2139);
    expect(all.annotator).toHaveLength(124);
    expect(all.response).toHaveLength(outputs);
    expect((all.response as { blank: number }[]).filter((row) => row.blank === 1)).toHaveLength(
      BLANK.empty + BLANK.white,
    );
    const judged = await counted(context);
    const repeats = report.files[0]?.repeats ?? 0;
    expect(judged.length + repeats).toBe(8931);
    const choices = (all.judgment as { choice: string }[]).map((row) => row.choice);
    const count = (choice: string) => choices.filter((one) => one === choice).length;
    expect([count("left"), count("right"), count("tie")]).toEqual([2911, 2549, 8931 - 2911 - 2549]);
    const blanks = report.warnings.listed.filter((one) => one.name === "OutputBlank");
    expect(blanks.reduce((sum, { rows }) => sum + rows, 0)).toBe(BLANK.empty + BLANK.white);
    const again = await loadFiles(context, { ...PLAINLY, files });
    expect(again.files.map((file) => file.outcome)).toEqual(["unchanged", "unchanged", "unchanged"]);
    expect(await contents(context)).toEqual(all);
  });

  it("loads the outputs of nine systems beside their questions", async () => {
    const context = await testContext(kind);
    const target = "guanaco-65b";
    await createStudy(context, { name: "s", seed: "seed", target, baselines: BASELINES });
    const map = "prompt_id=question_id,prompt=,text=,output=generation_truncated";
    const files = [
      ...SIZES.map((size) => fileAs(guanaco(size), map, `guanaco-${size}`)),
      ...[...answers].map(([system, file]) =>
        fileAs(file, `prompt_id=question_id,output=text,system:=${system}`),
      ),
      fileAs(QUESTIONS, ""),
    ];
    const report = await loadFiles(context, { ...PLAINLY, files });
    expect(report.errors).toEqual({ listed: [], more: 0 });
    expect(report.files.map((file) => file.outcome)).toEqual(Array(10).fill("published"));
    expect(report.warnings.listed.filter((one) => one.name === "OutputsMissing")).toEqual([]);
    const all = await contents(context);
    expect(all.response).toHaveLength(720);
    expect(all.prompt_text).toHaveLength(80);
    expect((all.system as { name: string }[]).map((row) => row.name).sort()).toEqual(
      [target, ...BASELINES].sort(),
    );
  });
});
