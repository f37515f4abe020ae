import { describe, expect, it } from "vitest";
import type { MaskableKind } from "../../../server/contract/findings.ts";
import { whatText } from "../../../server/report-document/blinding-words.ts";
import { maskedTurns, namesBySystem, signsIn } from "../../../server/blinding-audit/signs/signs.ts";

const NAMES = namesBySystem([
  { name: "ours", displayName: "Solstice" },
  { name: "lab/gpt-4-0613", displayName: "GPT four" },
  { name: "alpaca-65b", displayName: "alpaca-65b" },
]);
const LONG =
  "It was a long day, and we had walked a good deal farther than anybody of us had meant to, so that ";

const kinds = (text: string, { system = "ours", prompt = "", metadata = {} } = {}) =>
  signsIn({ turns: [text], prompt, metadata }, NAMES.get(system)!).map(
    ({ kind, what }) => `${kind}: ${what}`,
  );

describe("an output", () => {
  it.each<[string, string[], Parameters<typeof kinds>[1]?]>([
    ["I am Solstice.", ["own-name: Solstice"]],
    ["Ask GPT-4 instead.", ["other-name: GPT-4"]],
    ["Ask GPT-4 instead.", ["own-name: GPT-4"], { system: "lab/gpt-4-0613" }],
    ["GPT-4 is a model.", [], { prompt: "What is GPT-4?" }],
    ["As an AI developed by OpenAI, I cannot.", ["maker: OpenAI"]],
    ["As a large language model trained by Tiny Lab of Oslo, I cannot.", ["maker: Tiny Lab of Oslo"]],
    ["I'm Claude, made to help.", ["maker: Claude"]],
    ["My name is Bard.", ["maker: Bard"]],
    ["I was created by the Technology Innovation Institute.", ["maker: Technology Innovation Institute"]],
    ["我是由百度开发的助手。", ["maker: 百度"]],
    ["<think>Hm.</think>Yes.", ["thinking: <think>"]],
    ["Yes.<|im_end|>", ["token: <|im_end|>"]],
    ["Error: timeout", ["failure: Error: timeout"]],
    ["Un cafÃ©.", ["misread: Ã©"]],
    ["Write:\n```js\nlet a = 1;", ["cut: within a block of code"]],
    [`${LONG}we`, ["cut: after a long line without a full stop"]],
    [
      "Yes",
      ["cut: at the limit of its length, as its server says"],
      { metadata: { finish_reason: "length" } },
    ],
  ])("%j shows %j", (text, found, about) => expect(kinds(text, about)).toEqual(found));

  it.each([
    "Ours is the nicest.",
    "As an AI language model, I have no feelings.",
    "The telescope was built by Galileo. I am sure.",
    "OpenAI released a model, and Google another.",
    "I am a Gemini, born in June.",
    "I was raised by my mother, made by nobody.",
    "Use `<s>` to strike out:\n```html\n<s>old</s>\n```",
    "I think so, but the thought is not mine.",
    "Roses are red\nViolets are blue",
    `${LONG}we slept.`,
    "- milk\n- eggs\n- bread",
    "See https://example.org/a/long/address/that/goes/on/and/on/and/on/for/more/than/eighty/characters/in/all",
  ])("%j shows nothing", (text) => expect(kinds(text)).toEqual([]));

  it.each<[string, MaskableKind, string]>([
    ["I am Solstice, yes.", "own-name", "I am […], yes."],
    ["Ask GPT-4 or gpt 4.", "other-name", "Ask […] or […]."],
    ["As an AI developed by OpenAI, I can.", "maker", "As an AI developed by […], I can."],
    ["<think>Hm.</think>\n\nYes.", "thinking", "Yes."],
    ["Hm, so.</think>Yes.", "thinking", "Yes."],
    ["Yes.<|im_end|>\n<|endoftext|>", "token", "Yes."],
  ])("%j is masked of %s", (text, kind, masked) => {
    expect(maskedTurns([text], new Set([kind]), NAMES.get("ours")!)).toEqual([masked]);
    expect(kinds(masked)).toEqual([]);
  });
});

it.each([
  ["opening", "it is an", "“it is an” (12)"],
  ["cut", "within a block of code", "within a block of code (12)"],
  ["format", "bold", "bold (12)"],
  ["identical", "as ours", "as ours (12)"],
] as const)("of what was found as %s, only what stands in a response is quoted", (kind, text, words) => {
  expect(whatText({ kind, what: [{ text, responses: 12 }] })).toBe(words);
});
