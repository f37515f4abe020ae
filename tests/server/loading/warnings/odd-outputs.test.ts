import { options } from "../reading/reading-options.ts";
import { describe, expect, it } from "vitest";
import { nameFiles } from "../../../../server/loading/file-names.ts";
import { oddities } from "../../../../server/loading/warnings/odd-outputs.ts";

const names = (text: string, system = "ours") => oddities([text], system).map(({ name }) => name);

describe("an output", () => {
  it.each([
    "Hi.<|im_end|>",
    "<|im_start|>user",
    "Hi</s>",
    "[INST] Hi",
    "<start_of_turn>",
    "<think>so</think>",
    "<|endoftext|>",
  ])("with the token of %j is told", (text) => expect(names(text)).toEqual(["OutputHasToken"]));

  it.each(
    [
      "None",
      " nan\n",
      "NULL",
      "undefined",
      "[object Object]",
      "N/A",
      "ERROR: rate limit exceeded",
      "Error: timeout",
    ].concat([
      "Traceback (most recent call last):\n  x",
      "openai.RateLimitError: 429",
      "429 Too Many Requests",
      "Rate limit exceeded",
    ]),
  )("that is %j looks failed", (text) => expect(names(text)).toEqual(["OutputLooksFailed"]));

  it.each([
    "None of them.",
    "The error: you forgot a comma.",
    "Nan is my grandmother.",
    "Errors happen.",
    "500 people came.",
    "a < b and c > d",
    "Use <s> only in HTML? No: <strong>.",
    "Yours, mine.",
    "",
    "Ã is a letter.",
  ])("that is %j is not odd", (text) =>
    expect(names(text)).toEqual(text.includes("<s>") ? ["OutputHasToken"] : []),
  );

  it("that names its system as a word of its own is told", () => {
    expect(names("I am GPT-4o.", "gpt-4o")).toEqual(["OutputNamesSystem"]);
    expect(names("I am GPT-4o.", "openai/gpt-4o")).toEqual(["OutputNamesSystem"]);
    expect(names("Hours and hours.", "ours")).toEqual([]);
    expect(names("A a a.", "a")).toEqual([]);
    expect(names("So (c++).", "c++ model")).toEqual([]);
  });

  it("that was read in another encoding, or is as long as a cell, is told", () => {
    expect(names("Un cafÃ©, s'il vous plaÃ®t")).toEqual(["OutputMisread"]);
    expect(names("x".repeat(32_767))).toEqual(["OutputCut"]);
    expect(names("x".repeat(32_766))).toEqual([]);
  });
});

describe("the files of a call", () => {
  it.each<[string[], [string, string | null][]]>([
    [["a/ours.jsonl"], [["ours.jsonl", null]]],
    [["outputs.jsonl"], [["outputs.jsonl", null]]],
    [["./m1/model_outputs.json"], [["m1/model_outputs.json", "m1"]]],
    [["../results.json"], [["results.json", null]]],
    [["x/samples_task_2026.jsonl"], [["x/samples_task_2026.jsonl", "x"]]],
    [
      ["m1/run.csv", "m2/run.csv"],
      [
        ["m1/run.csv", "m1"],
        ["m2/run.csv", "m2"],
      ],
    ],
    [
      ["m1/out/run.csv", "m2/out/run.csv", "p.csv"],
      [
        ["m1/out/run.csv", "m1"],
        ["m2/out/run.csv", "m2"],
        ["p.csv", null],
      ],
    ],
    [
      ["run.csv", "m2/run.csv"],
      [
        ["run.csv", null],
        ["m2/run.csv", "m2"],
      ],
    ],
    [
      ["C:\\m1\\run.csv", "C:\\m2\\run.csv"],
      [
        ["m1/run.csv", "m1"],
        ["m2/run.csv", "m2"],
      ],
    ],
  ])("%j are told apart by the shortest ends of their paths", (paths, named) => {
    const files = paths.map((path) => ({ path, options: options(path) }));
    expect(nameFiles(files).map(({ name, folderSystem }) => [name, folderSystem])).toEqual(named);
  });
});
