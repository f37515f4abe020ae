import { describe, expect, it } from "vitest";
import { GRADES, type JudgeMethodFile } from "../../../../server/contract/judge-method.ts";
import { choiceOfGrade, gradeOf } from "../../../../server/judges/method/grades.ts";
import { readPreference } from "../../../../server/judges/method/preference.ts";
import { PRESET_SETTINGS, resolved } from "../../../../server/judges/method/presets.ts";
import { fieldsOf } from "../../../../server/judges/method/prompt-fields.ts";
import { verdictOfSamples } from "../../../../server/judges/method/samples.ts";
import { changesBetween } from "../../../../server/judges/one-setting.ts";
import { readVerdict } from "../../../../server/judges/read-verdict.ts";

describe("the five steps", () => {
  it.each([
    ["A>>B", "A>>B", "left"],
    [" a > b. ", "A>B", "left"],
    ["**[[A≫B]]**", "A>>B", "left"],
    ["B<<A", "A>>B", "left"],
    ["A=B", "A=B", "tie"],
    ["B=A", "A=B", "tie"],
    ["tie", "A=B", "tie"],
    ["A < B", "B>A", "right"],
    ["B>>A", "B>>A", "right"],
  ] as const)("read %j as %s, which collapses to %s", (words, grade, choice) => {
    expect(gradeOf(words)).toBe(grade);
    expect(choiceOfGrade(grade)).toBe(choice);
  });

  it.each(["A", "B is better", "A>>>B", "A>A", "A>B>A", "", 3, null, ["A>B", "A>>B"]])(
    "are none where %j says no step",
    (words) => {
      expect(gradeOf(words)).toBeNull();
    },
  );

  it.each([
    ['{"reasoning": "Clear.", "verdict": "A>>B"}', { choice: "left", grade: "A>>B", rationale: "Clear." }],
    ["It is close.\nVerdict: B>A", { choice: "right", grade: "B>A", rationale: "It is close." }],
    ["My final verdict is tie: [[A=B]]", { choice: "tie", grade: "A=B" }],
    ["Fine.\nVerdict: A", { failure: "unreadable" }],
    ["[[A>B]]\nVerdict: A>>B", { failure: "contradictory" }],
  ])("are read in %j", (text, verdict) => {
    const reply = { text, finish: "complete" as const };
    expect(readVerdict(reply, { structured: false, scale: "five" })).toMatchObject(verdict);
  });

  it("are kept apart from three options, on which a step is the option it collapses to", () => {
    const reply = { text: "Verdict: A>>B", finish: "complete" as const };
    expect(readVerdict(reply, { structured: false })).toEqual({ choice: "left", rationale: "" });
  });
});

describe("a preference from probabilities", () => {
  const first = (token: string, ...likeliest: [string, number][]) => [
    { token, likeliest: likeliest.map(([word, p]) => ({ token: word, logprob: Math.log(p) })) },
  ];

  it.each([
    [first("A", ["A", 0.6], ["B", 0.2], ["C", 0.2]), 0.75, "left"],
    [first("B", ["B", 0.5], [" B", 0.25], ["A", 0.25]), 0.25, "right"],
    [first("A", ["A", 0.9]), 1, "left"],
    [first("A", ["A", 0.5], ["B", 0.5]), 0.5, "tie"],
    [[...first("\n", ["\n", 1]), ...first("B", ["B", 0.8], ["A", 0.2])], 0.2, "right"],
  ] as const)("is the share of A: %#", (words, preference, choice) => {
    const read = readPreference({ words, text: "A", finish: "length" });
    expect(read).toMatchObject({ choice });
    expect((read as { preference: number }).preference).toBeCloseTo(preference, 10);
  });

  it("is a named failure where the server reports none, or none of the two", () => {
    const reply = { text: "A", finish: "length" as const };
    expect(readPreference(reply)).toMatchObject({ failure: "no probabilities" });
    expect(readPreference({ ...reply, text: "" })).toMatchObject({ failure: "truncated" });
    expect(readPreference({ ...reply, text: "", finish: "refused" })).toMatchObject({ failure: "refused" });
    const sure = { ...reply, words: first("Sure", ["Sure", 1]) };
    expect(readPreference(sure)).toMatchObject({ failure: "unreadable" });
  });
});

describe("the verdict of several samples", () => {
  it.each([
    [["left", "left", "right"], "left"],
    [["left", "right", "tie", "right"], "right"],
    [["left", "right"], "tie"],
    [["left", "tie"], "tie"],
    [["left", "left", "right", "right", "tie"], "tie"],
    [["tie", "tie", "left"], "tie"],
  ] as const)("%j is %s", (choices, verdict) => {
    expect(verdictOfSamples(choices)).toBe(verdict);
  });
});

describe("what a prompt's own fields give", () => {
  const metadata = JSON.stringify({
    ref: ["one", "two"],
    rubric: [{ points: 2 }, "polite"],
    note: "x",
    no: null,
  });
  it.each([
    [{ referenceField: "ref" }, 1, ["one"], null],
    [{ referenceField: "ref" }, 2, ["one", "two"], null],
    [{ referenceField: "note", criteriaField: "rubric" }, 1, ["x"], '{"points":2}\npolite'],
    [{ referenceField: "no", criteriaField: "constructor" }, 1, [], null],
    [{}, 1, [], null],
  ])("%j, turn %i", (method, turns, reference, criteria) => {
    expect(fieldsOf(method, { metadata, turns })).toEqual({ reference, criteria });
  });
});

describe("the settings of a judge", () => {
  const settings = (method?: JudgeMethodFile, asked: { orders?: "one"; temperature?: number | null } = {}) =>
    resolved({ structured: true, ...asked, ...(method && { method }) });

  it("are both orders, at temperature 0, and no method, where nothing is said", () => {
    expect(settings()).toEqual({
      ...{ orders: "both", repeats: 0, temperature: 0, maxTokens: 1024, structured: true },
    });
  });

  it.each([
    ["lima", { orders: "one", temperature: null, structured: true }],
    ["alpaca-eval", { orders: "one", temperature: 1, maxTokens: 1, structured: false }],
    ["mt-bench", { orders: "both", temperature: 0, maxTokens: 2048 }],
    ["arena-hard", { orders: "both", temperature: 0, maxTokens: 4096 }],
  ] as const)("are those of %s, in full and without a change", (preset, expected) => {
    const { method, ...rest } = settings({ preset });
    expect(rest).toMatchObject(expected);
    expect(method).toEqual({ preset, ...PRESET_SETTINGS[preset].method });
  });

  it("name what is not the preset's", () => {
    const { method } = settings({ preset: "mt-bench", samples: 3, scale: "three" }, { temperature: 0.7 });
    expect(method?.changes).toEqual(["samples", "temperature"]);
  });

  it("are the same whether or not somebody writes down what is usual", () => {
    const usual: JudgeMethodFile = { scale: "three", verdictFrom: "reply", samples: 1, examples: [] };
    expect(settings(usual)).toEqual(settings());
    expect(settings({ preset: "mt-bench", ...usual })).toEqual(settings({ preset: "mt-bench" }));
    const three = settings({ preset: "arena-hard", scale: "three" }).method;
    expect([three?.scale, three?.changes]).toEqual([undefined, ["scale"]]);
  });

  it.each([
    [undefined, { samples: 1 }, []],
    [{ samples: 3 }, undefined, [["samples 3", "samples 1"]]],
    [{ criteria: "Kind." }, { criteria: "x".repeat(500) }, [["criteria Kind.", /^criteria [0-9a-f]{6}$/]]],
    [undefined, { preset: "mt-bench", criteria: "Kind." }, [["no preset", "preset mt-bench"]]],
  ] satisfies [JudgeMethodFile | undefined, JudgeMethodFile | undefined, [string, string | RegExp][]][])(
    "name in short what another name would stand for: %#",
    (before, now, changes) => {
      const whole = (method?: JudgeMethodFile) => ({
        ...{ adapter: "openai", baseUrl: "http://127.0.0.1/", model: "m", seed: null, language: "en" },
        ...settings(method),
      });
      const found = changesBetween(whole(before), whole(now)).map(({ was, now: is }) => [was, is]);
      expect(found).toEqual(
        changes.map(([was, is]) => [was, is instanceof RegExp ? (expect.stringMatching(is) as string) : is]),
      );
    },
  );

  const own = "{{frame}} {{prompt}} {{response_a}} {{response_b}} {{reply}}";
  it.each([
    [{ template: own.replace("{{response_b}}", "") }, "lacks the slot {{response_b}}"],
    [{ template: own.replace("{{frame}}", "") }, "lacks the slot {{frame}}"],
    [{ template: own, referenceField: "ref" }, "lacks the slot {{reference}}"],
    [{ template: own, criteria: "Be kind." }, "lacks the slot {{criteria}}"],
    [{ template: `${own} {{promt}}` }, "{{promt}}, which does not exist"],
    [{ system: "{{response_a}}" }, "cannot be in the system prompt"],
    [{ scale: "five", verdictFrom: "probabilities" }, "no five steps"],
    [{ samples: 3, verdictFrom: "probabilities" }, "omit samples"],
    [
      { scale: "five", examples: [{ prompt: "p", a: "1", b: "2", verdict: "A" }] },
      "not an option of this judge",
    ],
  ] satisfies [JudgeMethodFile, string][])("are refused: %j", (method, message) => {
    expect(() => settings(method)).toThrow(message);
  });

  it("take criteria from the system prompt as well", () => {
    expect(() => settings({ template: own, system: "{{criteria}}", criteria: "Be kind." })).not.toThrow();
  });

  it("have steps in the order from A to B", () => {
    expect(GRADES.map(choiceOfGrade)).toEqual(["left", "left", "tie", "right", "right"]);
  });
});
