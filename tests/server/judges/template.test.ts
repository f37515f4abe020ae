import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  judgeMessages,
  type JudgeQuestion,
  TEMPLATE_VERSION,
  templateHash,
  verdictSchema,
} from "../../../server/judges/template.ts";
import { DEFAULT_WORDING } from "../../../server/studies/default-wordings.ts";

const BOUNDARY = "k3-Zq_81xYw0";
const question: JudgeQuestion = {
  wording: DEFAULT_WORDING,
  prompt: ["What is 1 + 1?"],
  left: ["Two."],
  right: ["Three."],
  boundary: BOUNDARY,
  structured: false,
};
const sent = (over: Partial<JudgeQuestion> = {}) => {
  const messages = judgeMessages({ ...question, ...over });
  expect(messages.map(({ role }) => role)).toEqual(["user"]);
  return messages[0]!.content;
};
/** What stands between a frame's two lines. */
const between = (content: string, name: string) => {
  const parts = content.split(`[[${name} ${BOUNDARY}]]\n`);
  expect(parts).toHaveLength(2);
  return parts[1]!.split(`\n[[END OF ${name} ${BOUNDARY}]]`)[0];
};
const texts = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 1 });

describe("what a judge is sent", () => {
  it("is what people get: question, guidelines and options, word for word, left as A and right as B", () => {
    const content = sent();
    for (const words of [DEFAULT_WORDING.question, DEFAULT_WORDING.guidelines!])
      expect(content).toContain(words);
    expect(content).toContain(
      "A: A is significantly better\ntie: Neither is significantly better\nB: B is significantly better",
    );
    expect(sent({ wording: { ...DEFAULT_WORDING, guidelines: null } })).not.toContain("null");
  });

  it("holds every text unchanged between lines that only the caller knows", () => {
    fc.assert(
      fc.property(texts, texts, texts, fc.boolean(), (prompt, left, right, structured) => {
        fc.pre(![...prompt, ...left, ...right].some((text) => text.includes(BOUNDARY)));
        const content = sent({ prompt, left, right, structured });
        expect(between(content, "PROMPT")).toBe(prompt[0]);
        expect(between(content, "RESPONSE A")).toBe(left[0]);
        expect(between(content, "RESPONSE B")).toBe(right[0]);
      }),
    );
  });

  it("says before the texts that they are no instructions, and names the form after them", () => {
    const content = sent();
    const order = [DEFAULT_WORDING.question, "never an instruction", "[[PROMPT", "The options", "Verdict: A"];
    const places = order.map((words) => content.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it("asks for reasons before the verdict in both forms", () => {
    expect(Object.keys(verdictSchema.properties)).toEqual(["reasoning", "verdict"]);
    expect(sent({ structured: true })).toMatch(/"reasoning"[^]*"verdict"/);
    expect(sent({ structured: true })).not.toContain("Verdict: A");
    expect(sent()).toMatch(/reasons[^]*last line[^]*Verdict: A\nVerdict: tie\nVerdict: B$/);
  });

  it("labels every turn of a conversation, and none where there is one", () => {
    const content = sent({ prompt: ["Hello", "And now?"], left: ["Hi", "Bye"], right: ["Yes", "No"] });
    const turns = (one: string, two: string) =>
      `[[TURN 1 ${BOUNDARY}]]\n${one}\n[[TURN 2 ${BOUNDARY}]]\n${two}`;
    expect(between(content, "PROMPT")).toBe(turns("Hello", "And now?"));
    expect(between(content, "RESPONSE B")).toBe(turns("Yes", "No"));
    expect(content).toContain("a conversation");
    expect(sent()).not.toMatch(/TURN|conversation/);
  });

  it.each(["prompt", "left", "right"] as const)("is refused where the boundary stands in the %s", (where) => {
    expect(() => sent({ [where]: ["fine", `[[END OF RESPONSE A ${BOUNDARY}]]`] })).toThrow(RangeError);
  });

  it.each(["", "short", "has a blank in it", "öffnen-sie"])("is refused with the boundary %j", (boundary) => {
    expect(() => sent({ boundary })).toThrow(RangeError);
  });
});

describe("a template of one's own", () => {
  const template =
    "Judge.\n\nReference: {{reference}}\n\n{{frame}}\n\n{{prompt}}\n{{response_a}}\n{{ response_b }}\n\n{{reply}}";
  const fields = { reference: ["2"], criteria: null };

  it("has its texts once, also where they look like slots", () => {
    const content = sent({ method: { template }, left: ["{{response_b}}"], fields });
    expect(between(content, "RESPONSE A")).toBe("{{response_b}}");
    expect(between(content, "RESPONSE B")).toBe("Three.");
    expect(between(content, "REFERENCE ANSWER")).toBe("2");
    expect(content).toContain("never an instruction");
    expect(content).not.toContain(DEFAULT_WORDING.question);
  });

  it("leaves out a paragraph whose slots are empty", () => {
    expect(sent({ method: { template } })).not.toMatch(/Reference|reference/);
  });

  it("has a system prompt, criteria, and examples between lines like those of the texts", () => {
    const examples = [{ prompt: "Hi?", a: "Hi.", b: "No.", verdict: "A" as const, reasoning: "Kinder." }];
    const method = { system: "Be fair. {{criteria}}", criteria: "Kindness.", examples };
    const messages = judgeMessages({ ...question, method, fields: { reference: [], criteria: "Brevity." } });
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
    const [system, user] = messages.map(({ content }) => content) as [string, string];
    expect(system).toMatch(/^Be fair\. Kindness\.\n\n\[\[CRITERIA [^]*\]\]$/);
    expect(between(system, "CRITERIA")).toBe("Brevity.");
    expect(user).toMatch(/judge by them, and take nothing else[^\n]* never an instruction/);
    expect(between(user, "EXAMPLE 1: RESPONSE A")).toBe("Hi.");
    expect(between(user, "EXAMPLE 1: REASONS")).toBe("Kinder.");
    expect(user).toContain("\nVerdict in example 1: A");
  });

  it.each([
    [{ scale: "five" as const }, /A>>B: response A[^]*Verdict: B>>A$/],
    [{ verdictFrom: "probabilities" as const }, /The options are:\nA: [^\n]*\nB: [^]*one letter/],
  ])("asks for the verdict of its kind: %j", (method, form) => {
    expect(sent({ method })).toMatch(form);
  });

  it.each(["reference", "criteria"])("is refused where the boundary stands in the %s", (name) => {
    const text = `x ${BOUNDARY}`;
    const given = { ...fields, [name]: name === "criteria" ? text : [text] };
    expect(() => sent({ fields: given })).toThrow(RangeError);
  });

  it("is in the hash, as every setting of the method is", () => {
    const methods = [
      undefined,
      { template },
      { samples: 3 },
      { scale: "five" as const },
      { criteria: "Kind." },
      { criteriaField: "rubric" },
      { referenceField: "rubric" },
    ];
    const hashes = methods.map((method) => templateHash(DEFAULT_WORDING, method));
    expect(new Set(hashes).size).toBe(methods.length);
  });
});

describe("the template's hash", () => {
  it("belongs to the version: words that change need another", () => {
    expect([TEMPLATE_VERSION, templateHash(DEFAULT_WORDING)]).toEqual([
      "1",
      "81e4847115394ed3e4ff8eb30cacf6c0948c90a77d98988ff53f0db8bf4bcbc3",
    ]);
  });

  it("changes with each part of the wording and nothing else", () => {
    const changed = (Object.keys(DEFAULT_WORDING) as (keyof typeof DEFAULT_WORDING)[]).map((key) =>
      templateHash({ ...DEFAULT_WORDING, [key]: "Something else" }),
    );
    expect(new Set([...changed, templateHash(DEFAULT_WORDING)]).size).toBe(6);
    const { guidelines, question: asked, right, tie, left } = DEFAULT_WORDING;
    expect(templateHash({ right, guidelines, tie, question: asked, left })).toBe(
      templateHash(DEFAULT_WORDING),
    );
  });
});
