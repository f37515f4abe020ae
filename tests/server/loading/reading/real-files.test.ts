import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { BLANK, VOTES, VOTES_MAP, writeOutputs } from "../../../support/llmfao.ts";
import { ANSWERING, guanaco, GUANACO_MAP, QUESTIONS, SIZES, writeAnswers } from "../../../support/vicuna.ts";
import { folder, read } from "./reading-support.ts";

const mapped = (file: string, map = "") => read(file, { map: parseFieldMap(map) });
const counts = (values: unknown[]) => {
  const all = new Map<unknown, number>();
  for (const value of values) all.set(value, (all.get(value) ?? 0) + 1);
  return Object.fromEntries(all) as Record<string, number>;
};

describe("llmfao's votes, with made-up outputs", () => {
  const { results, prompts, outputs: written } = writeOutputs(folder);

  it("hold every output, with the empty ones and those of white space", async () => {
    const { records, faults } = await mapped(results, "prompt_id=prompt,system=name,output=result");
    expect(faults).toEqual([]);
    const outputs = records.flatMap((one) => (one.kind === "response" ? one.turns : []));
    expect(outputs).toHaveLength(written);
    expect(outputs.filter((output) => output === "")).toHaveLength(BLANK.empty);
    expect(outputs.filter((output) => output !== "" && output.trim() === "")).toHaveLength(BLANK.white);
    const odd = (text: string) => outputs.filter((output) => output.includes(text)).length;
    for (const text of ["\r", "\u2028", "\u200b", "漢字", "😀", "\n|---|"])
      expect(odd(text), text).toBeGreaterThan(200);
  });

  it("hold 8,931 judgments by 124 workers, whose id is a comparison's", async () => {
    const { records, faults } = await mapped(VOTES, VOTES_MAP);
    expect(faults).toEqual([]);
    const judgments = records.flatMap((one) => (one.kind === "judgment" ? [one] : []));
    expect(counts(judgments.map((one) => one.choice))).toEqual({ left: 2911, right: 2549, tie: 3471 });
    expect(new Set(judgments.map((one) => one.annotator)).size).toBe(124);
    expect(judgments.every((one) => one.judgmentId === null && "id" in one.metadata)).toBe(true);
    expect(judgments.map((one) => one.row)).toEqual(judgments.map((_, i) => i + 2));
  });

  it("hold prompts under ids that are numbers, as the judgments do", async () => {
    const { records, faults } = await mapped(prompts, "prompt_id=id,prompt=text");
    expect(faults).toEqual([]);
    expect(records).toHaveLength(20);
    expect(records[7]).toMatchObject({ kind: "prompt", promptId: "8" });
  });
});

describe("the files of vicuna80", () => {
  const answers = writeAnswers(folder);

  it.each(SIZES)("hold guanaco-%s's outputs under another name than text", async (size) => {
    const { records, faults } = await mapped(guanaco(size), `${GUANACO_MAP},system:=guanaco-${size}`);
    expect(faults).toEqual([]);
    expect(records).toHaveLength(80);
    expect(records[0]).toMatchObject({
      kind: "response",
      promptId: "1",
      system: `guanaco-${size}`,
      promptTurns: ["How can I improve my time management skills?"],
    });
    const unmapped = await mapped(guanaco(size));
    expect(unmapped.records).toEqual([]);
    expect(unmapped.faults).toEqual(["0 FormatUnknown"]);
  });

  it.each(ANSWERING)("hold %s's answers as FastChat's old ones", async (name) => {
    const { records, faults } = await mapped(answers.get(name)!);
    expect(faults).toEqual([]);
    expect(records).toHaveLength(80);
    expect(records.every((one) => one.kind === "response" && one.promptTurns === null)).toBe(true);
    const named = await mapped(answers.get(name)!, `system:=${name}`);
    expect(named.records[0]).toMatchObject({ system: name });
  });

  it("hold the questions as FastChat's", async () => {
    const { records, faults } = await mapped(QUESTIONS);
    expect(faults).toEqual([]);
    expect(records).toHaveLength(80);
    expect(records[0]).toMatchObject({ kind: "prompt", promptId: "1", metadata: { category: "generic" } });
  });
});
