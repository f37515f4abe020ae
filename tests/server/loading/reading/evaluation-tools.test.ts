import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { zipOf } from "../packing.ts";
import { folder, read } from "./reading-support.ts";
import {
  ofKind,
  outputs,
  prompts,
  readJson,
  readLines,
  remarked,
  told,
  user,
  assistant,
  type Row,
} from "./runs-support.ts";

describe("samples of lm-evaluation-harness", () => {
  const sample = (doc_id: number, text: unknown, more: Row = {}) => ({
    doc_id,
    doc: { question: "Q?", best_answer: "B" },
    target: "t",
    arguments: { gen_args_0: { arg_0: `Question: ${doc_id}\nAnswer:`, arg_1: {} } },
    resps: [[text]],
    filtered_resps: ["extracted"],
    ...{ filter: "strict-match", metrics: ["exact_match"], exact_match: 1 },
    ...more,
  });
  const fileName = "out/my__model/samples_gsm8k_2026-01-01T00-00-00.000000.jsonl";

  it("bring what the model wrote under the first filter, from the folder's model", async () => {
    const { records, remarks, faults } = await readLines(
      [sample(0, " It is 4."), sample(1, null), sample(0, " It is 4.", { filter: "flexible-extract" })],
      { fileName },
    );
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["my__model:  It is 4."]);
    expect(prompts(records)).toEqual(["Question: 0\nAnswer:", "Question: 1\nAnswer:"]);
    expect(records[0]).toMatchObject({
      promptId: "gsm8k/0",
      metadata: { dataset_item: { best_answer: "B" } },
    });
    expect(remarked(remarks)).toEqual([
      "2 OutputFailed: No output was taken: it has no text.",
      '3 OutputAgain: Rows of the filter "flexible-extract" were not taken, as those of "strict-match" hold the same outputs.',
    ]);
  });

  it("have the prompt as it was sent: in a list, or a chat as JSON", async () => {
    const chat = JSON.stringify([told, user("Name it.")]);
    const { records, faults } = await readLines([
      sample(0, "A", { arguments: [["Older prompt", {}]] }),
      sample(1, "B", { arguments: { gen_args_0: { arg_0: [chat], arg_1: {} } } }),
      sample(2, "C", { arguments: {} }),
    ]);
    expect(faults).toEqual(["3 FieldMissing"]);
    expect(prompts(records)).toEqual(["Older prompt", "Name it."]);
    expect(records[2]).toMatchObject({
      kind: "prompt",
      promptId: "1",
      metadata: { system_message: "Be brief." },
    });
  });

  it("of repeats hold the first, and of choices that were only weighed nothing", async () => {
    const { records, remarks } = await readLines([sample(0, "x", { resps: [["One", "Two", "Three"]] })]);
    expect(outputs(records)).toEqual(["rows: One"]);
    expect(remarked(remarks)).toEqual(["1 SampleNotTaken: Only the first of 3 samples was taken."]);
    const weighed = await readLines([sample(0, "x", { resps: [[[-1.5, false]], [[-0.1, true]]] })]);
    expect(weighed.records).toEqual([]);
    expect(weighed.problems[0]?.message).toContain("no text that a model wrote");
  });
});

describe("HELM's files", () => {
  const instance = (id: string, more: Row = {}) => ({
    id,
    input: { text: `Text ${id}` },
    references: [],
    split: "test",
    ...more,
  });
  const state = (id: string, completion: unknown, more: Row = {}) => ({
    instance: instance(id),
    train_trial_index: 0,
    request: { model: "org/m1", model_deployment: "org/m1", prompt: "long prompt" },
    result: {
      success: true,
      completions: completion === null ? [] : [{ text: completion, logprob: 0, tokens: [] }],
    },
    ...more,
  });

  it("have the instances, the first trial, and count what failed", async () => {
    const { records, remarks, faults } = await readJson({
      adapter_spec: { model: "org/m1" },
      request_states: [
        state("id1", "Ja"),
        state("id1", "Nein", { train_trial_index: 1 }),
        state("id2", null),
        state("id3", "x", { result: { success: false, error: "Timeout", completions: [] } }),
        state("id4", ""),
        state("id1", "Wohl", {
          instance: instance("id1", { perturbation: { name: "typos" }, input: { text: "Txt" } }),
        }),
      ],
    });
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["org/m1: Ja", "org/m1: ", "org/m1: Wohl"]);
    expect(ofKind(records, "prompt").map((one) => one.promptId)).toEqual([
      "id1",
      "id2",
      "id3",
      "id4",
      "id1 (typos)",
    ]);
    expect(remarked(remarks)).toEqual([
      "2 SampleNotTaken: Only the first of several trials was taken.",
      "3 OutputFailed: No output was taken: it has no text.",
      "4 OutputFailed: No output was taken: Timeout.",
    ]);
  });

  it("join predictions and instances, of the model in the run's name", async () => {
    const { records: asked } = await readJson([instance("id1"), instance("id2")]);
    expect(prompts(asked)).toEqual(["Text id1", "Text id2"]);
    const prediction = (instance_id: string, predicted_text: unknown) => ({
      instance_id,
      train_trial_index: 0,
      predicted_text,
      stats: {},
    });
    const run = "runs/v1/mmlu:subject=law,model=openai_gpt-4/display_predictions.json";
    const { records, remarks } = await readJson([prediction("id1", "Ja"), prediction("id2", null)], run);
    expect(outputs(records)).toEqual(["openai_gpt-4: Ja"]);
    expect(records[0]).toMatchObject({ promptId: "id1", promptTurns: null });
    expect(remarked(remarks)).toEqual(["2 OutputFailed: No output was taken: it has no text."]);
  });
});

describe("logs of inspect_ai", () => {
  const sample = (id: unknown, content: unknown, more: Row = {}) => ({
    ...{
      id,
      epoch: 1,
      input: `Input ${String(id)}`,
      target: "t",
      messages: [told, user("x")],
      events: [{ event: "x" }],
    },
    output: { model: "m1", choices: [{ message: assistant(content), stop_reason: "stop" }] },
    ...{ scores: { match: { value: "C" } }, metadata: { best_answer: "B" } },
    ...more,
  });
  const log = (samples: unknown[]) => ({
    version: 2,
    status: "success",
    eval: { task: "t", model: "openai/m1" },
    plan: {},
    samples,
  });

  it("are read from their own archives, entries with Zstandard too, in the order of the samples", async () => {
    const { samples, ...head } = log([sample(10, "Ten."), sample(2, "Two.", { choices: ["Cod", "Hake"] })]);
    const files = {
      "_journal/start.json": JSON.stringify({ eval: head.eval }),
      ...Object.fromEntries(
        samples.map((one, i) => [`samples/${[10, 2][i]}_epoch_1.json`, JSON.stringify(one)]),
      ),
      "samples/3_epoch_1/sample.json": JSON.stringify(sample(3, "")),
      "summaries.json": "[]",
      "header.json": JSON.stringify(head),
    };
    const zip = zipOf(files);
    for (const [name, bytes] of [
      ["run.eval", zip],
      ["runs.zip/run.eval", zipOf({ "run.eval": zip })],
      ["zstandard.eval", zipOf(files, { zstandard: true })],
    ] as const) {
      const file = path.join(folder, name.split("/")[0]!);
      fs.writeFileSync(file, bytes);
      const { records, faults, remarks } = await read(path.join(folder, name));
      expect(records.filter(({ kind }) => kind === "response")).toMatchObject([
        {
          row: 1,
          promptId: "2",
          promptTurns: ["Input 2\n\nA) Cod\nB) Hake"],
          turns: ["Two."],
          system: "openai/m1",
        },
        { row: 2, promptId: "10", turns: ["Ten."] },
      ]);
      expect(faults).toEqual(["3 FormatNotRead"]);
      expect(remarks).toContainEqual(expect.objectContaining({ name: "HeadNotKept" }));
    }
  });

  it("have the samples of the first epoch, with attachments in their place", async () => {
    const { records, remarks, faults } = await readJson(
      log([
        sample(1, "attachment://abc", { attachments: { abc: "Lang und breit." } }),
        sample(1, "Anders.", { epoch: 2 }),
        sample(
          "two",
          [
            { type: "reasoning", reasoning: "Hm." },
            { type: "text", text: "Zwei." },
          ],
          { input: [told, user("Zwei?")] },
        ),
        sample(3, "", { error: { message: "Out of memory\nat …", traceback: "" } }),
        sample(4, "x", { output: { model: "m1", choices: [] } }),
        sample(5, "attachment://gone"),
        sample(6, "Cut", {
          output: { model: "m1", choices: [{ message: assistant("Cut"), stop_reason: "max_tokens" }] },
        }),
      ]),
    );
    expect(outputs(records)).toEqual(["openai/m1: Lang und breit.", "openai/m1: Zwei.", "openai/m1: Cut"]);
    expect(prompts(records)).toEqual(["Input 1", "Zwei?", "Input 3", "Input 4", "Input 6"]);
    expect(ofKind(records, "prompt")[0]?.metadata).toEqual({ system_message: "Be brief." });
    expect(faults).toEqual(["6 FieldMissing"]);
    expect(remarked(remarks).filter((one) => !one.includes("PartNotKept"))).toEqual([
      "2 SampleNotTaken: Only the first of several epochs was taken.",
      "4 OutputFailed: No output was taken: Out of memory.",
      "5 OutputFailed: No output was taken: no text, no choice.",
    ]);
    expect(remarked(remarks).join("\n")).toContain("PartNotKept: Not kept: messages, events.");
    expect(records.at(-1)).toMatchObject({
      metadata: { stop_reason: "max_tokens", dataset_item: { best_answer: "B" } },
    });
  });

  it("may be a sample alone, and without samples hold nothing", async () => {
    expect(outputs((await readJson(sample(1, "Ja"))).records)).toEqual(["m1: Ja"]);
    const bare = await readJson({ ...log([]), samples: undefined, results: {} });
    expect(bare.problems[0]?.message).toContain("without its samples");
  });
});
