import { expect, it } from "vitest";
import { promptSetText } from "../../../server/report-document/prompt-set-text.ts";

const used = { set: "cooking", version: 2, hash: "h", split: null, draw: null, prompts: 1 };

it.each([
  [used, "1 prompt from the prompt set cooking, version 2"],
  [
    { ...used, split: "test" as const, prompts: 300 },
    "300 prompts from the prompt set cooking, version 2, split test",
  ],
  [
    { ...used, draw: { size: 1, seed: 7, unused: true } },
    "1 prompt from the prompt set cooking, version 2, drawn by chance with the seed 7 from those that no study had",
  ],
  [
    { ...used, draw: { size: 1, seed: 7, unused: false } },
    "1 prompt from the prompt set cooking, version 2, drawn by chance with the seed 7",
  ],
])("words where prompts are from: %#", (given, words) => {
  expect(promptSetText(given)).toBe(words);
});
