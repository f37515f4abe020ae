import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anthropic } from "../../../server/model-servers/adapters/anthropic.ts";
import { costOf, estimateRun, estimateTokens, worstCost } from "../../../server/model-servers/cost.ts";
import { usageOf } from "../../../server/model-servers/usage.ts";
import { PriceFileWrong, readPrices } from "../../../server/model-servers/prices.ts";

const YAML = `
# dollars per million tokens
large-1: { input: 3, output: 15 }
large*: { input: 2, output: 8 }
large-1-mini*: { input: 0.15, output: 0.6 }
"*": { input: 0, output: 0 }
`;

describe("a price file", () => {
  it("gives the price of a name, else of its longest beginning", () => {
    const { priceOf } = readPrices(YAML);
    expect(priceOf("large-1")).toEqual({ input: 3, output: 15 });
    expect(priceOf("large-10")).toEqual({ input: 2, output: 8 });
    expect(priceOf("large-1-mini-2026")).toEqual({ input: 0.15, output: 0.6 });
    expect(priceOf("Large-1")).toEqual({ input: 0, output: 0 });
  });

  it("knows no price that is not in it, nor by the language's own names", () => {
    const { priceOf } = readPrices(
      '{"m": {"input": 1, "output": 2}, "__proto__": {"input": 4, "output": 5}}',
    );
    expect(priceOf("m")).toEqual({ input: 1, output: 2 });
    expect(priceOf("__proto__")).toEqual({ input: 4, output: 5 });
    for (const name of ["n", "constructor", "toString", ""]) expect(priceOf(name)).toBeNull();
  });

  it("gives what a search through all beginnings gives", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[ab]{1,4}\*?$/), { minLength: 1 });
    fc.assert(
      fc.property(names, fc.stringMatching(/^[ab]{1,5}$/), (keys, model) => {
        const file = Object.fromEntries(keys.map((key, i) => [key, { input: i, output: 0 }]));
        const fits = keys.filter(
          (key) => key === model || (key.endsWith("*") && model.startsWith(key.slice(0, -1))),
        );
        const [best] = fits.sort((a, b) => Number(b === model) - Number(a === model) || b.length - a.length);
        const found = readPrices(JSON.stringify(file)).priceOf(model);
        expect(found?.input ?? null).toBe(best === undefined ? null : keys.indexOf(best));
      }),
    );
  });

  it.each([
    ["", "it needs model names"],
    ["[]", "it needs model names"],
    ["just words", "it needs model names"],
    ["m: 3", "m: needs {input, output}"],
    ["m: {input: 3}", "m.output: must be a number"],
    ["m: {input: cheap, output: 1}", "m.input: must be a number"],
    ["m: {input: -1, output: 1}", "m.input: must not be below 0"],
    ["m: {input: .inf, output: 1}", "m.input: must be a number"],
    ["m: {input: 1, output: 1, inptu: 2}", "inptu"],
    ["a*b: {input: 1, output: 1}", "a*b: a * is allowed only at the end"],
    ["4: {input: 1, output: 1}", "4: a model's name is a text"],
    ["m: {input: 1, output: 1}\nm: {input: 2, output: 1}", "unique"],
    ["m: {input: 1", "The price file cannot be used"],
    ["m: *nobody", "nobody"],
  ])("that says %j is refused with the reason", (text, reason) => {
    expect(() => readPrices(text)).toThrow(PriceFileWrong);
    expect(() => readPrices(text)).toThrow(reason);
  });

  it("is told every problem at once", () => {
    expect(() => readPrices("one: 1\ntwo: {input: -2, output: 1}")).toThrow(/one: .*; two\.input: /);
  });
});

describe("the cost of a call", () => {
  it("is tokens times dollars per million", () => {
    const price = { input: 3, output: 15 };
    expect(costOf({ promptTokens: 1_000_000, completionTokens: 0 }, price)).toBe(3e9);
    expect(costOf({ promptTokens: 1200, completionTokens: 300 }, price)).toBe(8_100_000);
    expect(costOf({ promptTokens: 3, completionTokens: 1 }, { input: 0.1, output: 0.6 })).toBe(900);
  });

  it("has a price of its own for what is read from a cache or written to one, where the file has it", () => {
    const { priceOf } = readPrices(
      "m: {input: 3, output: 15, cache_read: 0.3, cache_write: 3.75}\nn: {input: 3, output: 15}",
    );
    const used = { promptTokens: 1000, completionTokens: 10, cacheReadTokens: 600, cacheWriteTokens: 300 };
    expect(costOf(used, priceOf("m")!)).toBe((100 * 3 + 600 * 0.3 + 300 * 3.75 + 10 * 15) * 1000);
    expect(costOf(used, priceOf("n")!)).toBe((1000 * 3 + 10 * 15) * 1000);
    expect(costOf({ ...used, cacheReadTokens: 5000 }, priceOf("m")!)).toBe((1000 * 0.3 + 10 * 15) * 1000);
    const worst = { promptTokens: 1000, completionTokens: 10 };
    expect(worstCost(worst, priceOf("m"))).toBe((1000 * 3.75 + 10 * 15) * 1000);
  });

  it.each([
    [
      "Anthropic",
      { input_tokens: 10, cache_read_input_tokens: 90, cache_creation_input_tokens: 50, output_tokens: 5 },
      150,
      90,
      50,
    ],
    [
      "OpenAI",
      { prompt_tokens: 150, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 90 } },
      150,
      90,
      0,
    ],
    [
      "DeepSeek",
      { prompt_tokens: 150, completion_tokens: 5, prompt_cache_hit_tokens: 90, prompt_cache_miss_tokens: 60 },
      150,
      90,
      0,
    ],
    [
      "OpenRouter",
      {
        prompt_tokens: 150,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 90, cache_write_tokens: 50 },
      },
      150,
      90,
      50,
    ],
    [
      "LiteLLM",
      {
        prompt_tokens: 150,
        completion_tokens: 5,
        total_tokens: 155,
        cache_read_input_tokens: 90,
        cache_creation_input_tokens: 50,
      },
      150,
      90,
      50,
    ],
  ])("counts cached tokens once, as %s reports them", (_, usage, prompt, read, write) => {
    const told = {
      promptTokens: prompt,
      completionTokens: 5,
      cacheReadTokens: read,
      cacheWriteTokens: write,
    };
    expect(usageOf({ usage })).toMatchObject(told);
    const pieces = [
      { type: "message_start", message: { usage } },
      { type: "message_delta", usage: {} },
    ];
    if (write > 0) expect(usageOf(anthropic.join(pieces))).toMatchObject(told);
  });

  it("is unknown where the server says nothing of its tokens", () => {
    expect(costOf({ promptTokens: null, completionTokens: 3 }, { input: 1, output: 1 })).toBeNull();
    expect(costOf({ promptTokens: 3, completionTokens: null }, { input: 1, output: 1 })).toBeNull();
  });
});

describe("a dry run", () => {
  const message = (content: string) => [{ role: "user" as const, content }];
  const again = { orders: "both" as const, repeats: 2, maxTokens: 1000 };
  const comparisons = [message("a".repeat(400)), message("b".repeat(39))];

  it("multiplies by both orders and repeats", () => {
    const price = { input: 1, output: 10 };
    const all = estimateRun({ comparisons, again, completionTokens: 100, price });
    const perPass = 100 + 4 + 10 + 4;
    expect(all).toEqual({
      ...{ calls: 8, promptTokens: 4 * perPass, completionTokens: 800 },
      ...{ nanodollars: 8_472_000, nanodollarsPerCall: 1_059_000 },
    });
    const one = estimateRun({ comparisons, again: { ...again, orders: "one", repeats: 0 }, price: null });
    expect(one).toEqual({
      ...{ calls: 2, promptTokens: perPass, completionTokens: 500 },
      ...{ nanodollars: null, nanodollarsPerCall: null },
    });
  });

  it("expects no reply above the limit, and no cost a call where there are no calls", () => {
    const short = { ...again, maxTokens: 16 };
    expect(estimateRun({ comparisons, again: short, price: null }).completionTokens).toBe(8 * 16);
    const none = estimateRun({ comparisons: [], again, price: { input: 1, output: 1 } });
    expect([none.calls, none.nanodollars, none.nanodollarsPerCall]).toEqual([0, 0, null]);
  });

  it.each([
    ["", 0],
    ["abcd", 1],
    ["abcde", 2],
    ["模型评估", 4],
    ["안녕", 2],
    ["ひらカタ ab", 5],
    ["𠮷野", 2],
    ["🙂🙂🙂🙂", 1],
  ])("estimates the tokens of %j", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it("counts the characters one by one", () => {
    const twin = (text: string) => {
      let [wide, others] = [0, 0];
      for (const one of text)
        if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(one)) wide++;
        else others++;
      return wide + Math.ceil(others / 4);
    };
    const mixed = fc
      .array(fc.constantFrom("a", " ", "模", "🙂", "𠮷", "é", "の"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(mixed, fc.string({ unit: "binary" })), (text) => {
        expect(estimateTokens(text)).toBe(twin(text));
      }),
    );
  });
});
