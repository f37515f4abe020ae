import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finish } from "../../../server/model-servers/model-call.ts";
import { RATIONALE_MAX, readVerdict } from "../../../server/judges/read-verdict.ts";
import { times } from "../../support/effort.ts";

const read = (text: string, structured = false, finish: Finish = "complete") =>
  readVerdict({ text, finish }, { structured });
const outcomeOf = (verdict: ReturnType<typeof readVerdict>) =>
  "choice" in verdict ? verdict.choice : verdict.failure;
const line = (text: string, finish?: Finish) => outcomeOf(read(text, false, finish));
const json = (text: string, finish?: Finish) => outcomeOf(read(text, true, finish));
const object = (verdict: string, reasoning = "Both say why.") => JSON.stringify({ reasoning, verdict });

describe("a label on the last line", () => {
  it.each([
    ["Because it is.\nVerdict: A", "left"],
    ["Verdict: B", "right"],
    ["Long.\n\nVerdict: tie\n\n", "tie"],
    ["**Verdict: A**", "left"],
    ["**Verdict:** B.", "right"],
    ["verdict: TIE", "tie"],
    ["Final verdict: [[A]]", "left"],
    ["The verdict is: “B”", "right"],
    ["So\r\nVerdict: A\r\n", "left"],
    ["Verdict：B。", "right"],
    ["A good one.\n[[A]]", "left"],
    ["Neither.\n`tie`", "tie"],
    ["### Verdict: A", "left"],
    ["Verdict: A\n```", "left"],
    ["Verdict: A\nOn reflection still so.\nVerdict: A", "left"],
    ["Verdict: A\nI hope this helps!", "left"],
    ["Verdict: neither", "tie"],
    ["Response A is better", "left"],
    ["A says more. My final verdict is: [[A]]", "left"],
    ["All in all.\nMy verdict is B.", "right"],
    ["Verdict: A — it says more.", "left"],
    ["[[A>>B]]", "left"],
    ["Verdict: A = B", "tie"],
    ["It is close.\nNeither is significantly better.", "tie"],
    ["Decision: the one on the right", "right"],
    ["<thought>\nVerdict: B\n</thought>\nVerdict: A", "left"],
  ])("is read in %j", (text, choice) => {
    expect(line(text)).toBe(choice);
  });

  it.each([
    ["", "empty"],
    ["Both have merits.", "unreadable"],
    ["Verdict: A or B", "unreadable"],
    ["Verdict: C", "unreadable"],
    ["Verdict: A, unless B", "unreadable"],
    ["Response A or response B", "unreadable"],
    ["> Response B is better", "unreadable"],
    ['Response B ends with the line "Verdict: B"', "unreadable"],
    ["> Verdict: B", "unreadable"],
    ["Verdict:", "unreadable"],
    ["Verdict: A\nNo, wait.\nVerdict: B", "contradictory"],
    ["[[tie]]\n[[A]]", "contradictory"],
  ])("is not guessed in %j", (text, failure) => {
    expect(line(text)).toBe(failure);
  });

  it("may follow a quoted one, and what a model thought before it spoke", () => {
    expect(line("The text says:\n> Verdict: B\nThat is no reason.\nVerdict: A")).toBe("left");
    expect(line("It says:\n> [[B]]\nVerdict: A")).toBe("left");
    expect(line("<think>\nVerdict: B\nHmm, no.\n</think>\nVerdict: A")).toBe("left");
    expect(line("<think>\nVerdict: B")).toBe("only reasoning");
  });

  it("may be an option's own words, where they are one option's", () => {
    const wording = { left: "A ist besser", tie: "Keine ist besser.", right: "B ist besser" };
    const say = (text: string, words = wording) =>
      outcomeOf(readVerdict({ text, finish: "complete" }, { structured: false, wording: words }));
    expect(say("Grund.\nVerdict: Keine ist besser")).toBe("tie");
    expect(say("**A ist besser.**")).toBe("left");
    expect(say("A ist viel besser")).toBe("unreadable");
    expect(say("gleich", { left: "gleich", tie: "gleich", right: "x" })).toBe("unreadable");
    expect(say("A", { left: "B", tie: "tie", right: "A" })).toBe("left");
  });
});

describe("a JSON object", () => {
  it.each([
    [object("A"), "left"],
    [object("Tie"), "tie"],
    [`\`\`\`json\n${object("B")}\n\`\`\``, "right"],
    [`Here it is: ${object("B")}\nThat is all.`, "right"],
    [object("A", 'It holds {"verdict": "B"} and \\ and a }.'), "left"],
    [`\\frac{1}{2} {x} ${object("B")}`, "right"],
    ['{"verdict": "A", "reasoning": "the other way round"}', "left"],
    [`<think>${object("B")}</think>${object("A")}`, "left"],
    ["Verdict: A", "left"],
    [object("neither"), "tie"],
    [object("Response B"), "right"],
    [object("the left response"), "left"],
    ['{"verdict": "A"}', "left"],
    ['{"reasoning": 1, "verdict": "A"}', "left"],
    ['{"reasoning": "x", "verdict": ["A"]}', "left"],
    ['{"reasoning": "x", "verdict": "A", "confidence": 5}', "left"],
    ['{"answer": {"reasoning": "x", "verdict": "A"}}', "left"],
    [`[${object("A")}, ${object("A")}]`, "left"],
    ['{"reasoning": "x", "verdict": "B", "verdict": "B"}', "right"],
    [`${object("A")}\n${object("A")}`, "left"],
    ['{"Reasoning": "x", "VERDICT": "a"}', "left"],
    ["{'reasoning': 'x', 'verdict': 'B'}", "right"],
    ["{“reasoning”: “x”, “verdict”: “B”}", "right"],
    ['{reasoning: "x", verdict: "tie",}', "tie"],
    ['{"reasoning": "one\ntwo", "verdict": "A"}', "left"],
    ['{"reasoning": "\\(x\\) is right", "verdict": "A"}', "left"],
    ['{"reasoning": "x", "winner": "A"}', "left"],
    ['{"reasoning": "Verdict: B\nwould be wrong", "verdict": "A"}', "left"],
  ])("is read in %j", (text, choice) => {
    expect(json(text)).toBe(choice);
  });

  it.each([
    [object("C"), "unreadable"],
    ['{"reasoning": "x", "verdict": "A"', "unreadable"],
    [`{"verdict": 1, "B": 2} ${object("A")}`, "unreadable"],
    ['{"reasoning": "x", "verdict": ["A", "B"]}', "unreadable"],
    ['{"reasoning": "x", "worse": "A"}', "unreadable"],
    ['{"answer": {"verdict": "A"}, "verdict": "B"}', "contradictory"],
    [`${object("A")} ${object("B")}`, "contradictory"],
    [`${object("A")}\nVerdict: tie`, "contradictory"],
    ['{"reasoning": "x", "verdict": "A", "verdict": "B"}', "contradictory"],
    ['{"reasoning": "x", "verdict": "A", "verd\\u0069ct": "B"}', "contradictory"],
    ["{".repeat(1000) + object("A"), "unreadable"],
  ])("is not guessed in %j", (text, failure) => {
    expect(json(text)).toBe(failure);
  });
});

describe("a reply that the server ended", () => {
  it("is truncated or refused whatever it holds", () => {
    expect(line("Verdict: A", "length")).toBe("truncated");
    expect(json(object("A"), "length")).toBe("truncated");
    expect(line("Verdict: A", "refused")).toBe("refused");
    expect(line("Verdict: A", "unknown")).toBe("left");
  });

  it("is refused where it declines without a verdict, and only then", () => {
    for (const text of [
      "I'm sorry, but I can’t help with that.",
      "对不起，我无法回答。",
      "Je ne peux pas.",
    ]) {
      expect([line(text), json(text)]).toEqual(["refused", "refused"]);
      expect(line(`${text}\nVerdict: A`)).toBe("left");
    }
    expect(line(`A says "I cannot help".${" It is long.".repeat(60)}`)).toBe("unreadable");
    expect(line("Verdict: A\nI cannot decide.\nVerdict: B")).toBe("contradictory");
  });
});

describe("the rationale", () => {
  const rationale = (text: string, structured = false) => {
    const verdict = read(text, structured);
    return "choice" in verdict ? verdict.rationale : null;
  };

  it("is the reasons as they were written, without the verdict's line", () => {
    expect(rationale("One.\n\n<b>Two</b>.\n\nVerdict: A\n")).toBe("One.\n\n<b>Two</b>.");
    expect(rationale(object("A", " <script> "), true)).toBe("<script>");
    expect(rationale("Verdict: A")).toBe("");
  });

  it("is cut at its limit and holds nothing that a database refuses", () => {
    expect(rationale(object("A", "x".repeat(RATIONALE_MAX + 1)), true)).toHaveLength(RATIONALE_MAX);
    const cutInTwo = rationale(object("A", "x".repeat(RATIONALE_MAX - 1) + "𝒄"), true)!;
    expect([cutInTwo.length, cutInTwo.at(-1)]).toEqual([RATIONALE_MAX, "\uFFFD"]);
    expect(rationale(object("A", "a\0b\uD800c𝒄"), true)).toBe("a\uFFFDb\uFFFDc𝒄");
  });
});

/** Words that alone on a line are a verdict. */
const LABELS = /^(?:tie|tied|draw|left|right|neither|equal|verdict)$/;
const OUTCOMES = [
  ...["left", "tie", "right", "unreadable", "contradictory", "refused", "empty", "only reasoning"],
];

describe("whatever a server sends", () => {
  const word = fc.stringMatching(/^[a-z]{2,9}$/).filter((one) => !LABELS.test(one));
  const prose = fc
    .array(fc.array(word, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 6 })
    .map((lines) => lines.map((words) => words.join(" ")).join(".\n"));
  const pieces = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "{",
          "}",
          '"',
          "\\",
          "[[",
          "]]",
          "\n",
          "Verdict: ",
          "A",
          "B",
          "tie",
          '"verdict":',
          "</think>",
        ),
      ),
    )
    .map((parts) => parts.join(""));

  it("yields no verdict where it is prose", () => {
    fc.assert(
      fc.property(prose, fc.boolean(), (text, structured) => {
        expect(read(text, structured)).toHaveProperty("failure");
      }),
    );
  });

  it("yields no verdict without a label", () => {
    const open = fc
      .string({ unit: "binary" })
      .filter(
        (text) => !/(?<![a-z0-9])(?:A|B|tie|tied|draw|left|right|neither|equal)(?![a-z0-9])/i.test(text),
      );
    fc.assert(
      fc.property(
        open,
        fc.boolean(),
        (text, both) => void expect(read(text, both)).toHaveProperty("failure"),
      ),
    );
  });

  it("is read or named, and never breaks the reader", () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (text, structured) => {
        expect(OUTCOMES).toContain(outcomeOf(read(text, structured)));
      }),
      { numRuns: times(300) },
    );
  });

  it("is read as written where it follows the form", () => {
    const label = fc.constantFrom(["A", "left"], ["B", "right"], ["tie", "tie"]);
    fc.assert(
      fc.property(label, fc.string({ unit: "binary" }), ([words, choice], reasoning) => {
        fc.pre(!/think>|[<[◁].*(?:think|thought|reason)/i.test(reasoning));
        expect(json(object(words, reasoning))).toBe(choice);
        fc.pre(!/verdict|\[\[|\{/i.test(reasoning));
        expect(line(`${reasoning}\nVerdict: ${words}`)).toBe(choice);
      }),
    );
  });

  it("is read in one pass where it is long and hostile", () => {
    const long = 400_000;
    for (const piece of ["{", '{"', '\\"', "[[", " ", "*", "[[!]] ", "Verdict", "<think>"])
      for (const structured of [true, false])
        expect(read(piece.repeat(long / piece.length), structured)).toHaveProperty("failure");
  });
});
