import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../server/loading/reading/field-map.ts";
import { SHARED_DATA, sharedData } from "../support/shared-data.ts";
import { read } from "./reading-support.ts";

const real = (folder: string, name: string, map = "", over = {}) =>
  read(path.join(SHARED_DATA, folder, name), { map: parseFieldMap(map), ...over });
const counts = (values: unknown[]) => {
  const all = new Map<unknown, number>();
  for (const value of values) all.set(value, (all.get(value) ?? 0) + 1);
  return Object.fromEntries(all) as Record<string, number>;
};

describe.skipIf(!sharedData("llmfao"))("llmfao's files", () => {
  it("hold 1,133 outputs, with the empty ones and those of white space", async () => {
    const { records, faults } = await real(
      "llmfao",
      "results.jsonl",
      "prompt_id=prompt,system=name,output=result",
    );
    expect(faults).toEqual([]);
    const outputs = records.flatMap((one) => (one.kind === "response" ? one.turns : []));
    expect(outputs).toHaveLength(1133);
    expect(outputs.filter((output) => output === "")).toHaveLength(25);
    expect(outputs.filter((output) => output !== "" && output.trim() === "")).toHaveLength(44);
  });

  it("hold 8,931 judgments by 124 workers, whose id is a comparison's", async () => {
    const map = "prompt_id=prompt,left_system=left,right_system=right,choice=winner,annotator=worker";
    const { records, faults } = await real("llmfao", "crowd-comparisons.csv", map);
    expect(faults).toEqual([]);
    const judgments = records.flatMap((one) => (one.kind === "judgment" ? [one] : []));
    expect(counts(judgments.map((one) => one.choice))).toEqual({ left: 2911, right: 2549, tie: 3471 });
    expect(new Set(judgments.map((one) => one.annotator)).size).toBe(124);
    expect(judgments.every((one) => one.judgmentId === null && "id" in one.metadata)).toBe(true);
    expect(judgments.map((one) => one.row)).toEqual(judgments.map((_, i) => i + 2));
  });

  it("hold 19 prompts, under the ids that the judgments have", async () => {
    const { records, faults } = await real("llmfao", "prompts.jsonl", "prompt_id=id,prompt=text");
    expect(faults).toEqual([]);
    expect(records).toHaveLength(19);
    expect(records[0]).toMatchObject({ kind: "prompt", promptId: "8" });
  });
});

describe.skipIf(!sharedData("vicuna80_outputs"))("the files of vicuna80", () => {
  it.each(["7b", "13b", "30b", "65b"])(
    "hold guanaco-%s's outputs under another name than text",
    async (size) => {
      const file = `${size}-guanaco-vicuna-generations-topp0.9-temp0.7.jsonl`;
      const map = `prompt_id=question_id,prompt=text,output=generation_truncated,system:=guanaco-${size}`;
      const { records, faults } = await real("vicuna80_outputs", file, map);
      expect(faults).toEqual([]);
      expect(records).toHaveLength(80);
      expect(records[0]).toMatchObject({
        kind: "response",
        promptId: "1",
        system: `guanaco-${size}`,
        promptTurns: ["How can I improve my time management skills?"],
      });
      const unmapped = await real("vicuna80_outputs", file);
      expect(unmapped.records).toEqual([]);
      expect(unmapped.faults).toEqual(["0 FormatUnknown"]);
    },
  );

  it.each(["bard", "claude", "gpt35", "gpt4", "vicuna-13b"])(
    "hold %s's answers as FastChat's old ones",
    async (name) => {
      const { records, faults } = await real("vicuna80_outputs", `answer_${name}.jsonl`);
      expect(faults).toEqual([]);
      expect(records).toHaveLength(80);
      expect(records.every((one) => one.kind === "response" && one.promptTurns === null)).toBe(true);
      const said = await real("vicuna80_outputs", `answer_${name}.jsonl`, `system:=${name}`);
      expect(said.records[0]).toMatchObject({ system: name });
    },
  );

  it("hold the questions as FastChat's", async () => {
    const { records, faults } = await real("vicuna80_outputs", "vicuna_questions.jsonl");
    expect(faults).toEqual([]);
    expect(records).toHaveLength(80);
    expect(records[0]).toMatchObject({ kind: "prompt", promptId: "1", metadata: { category: "generic" } });
  });
});
