import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readVerdict } from "../../../server/judges/read-verdict.ts";
import { times } from "../../support/effort.ts";

const LABELS = { A: "left", B: "right", tie: "tie" } as const;
type Label = keyof typeof LABELS;
const label = fc.constantFrom<Label>("A", "B", "tie");

/** The ways in which models state a verdict: what comes before its label, and behind. */
const FORMS: readonly (readonly [string, string])[] = [
  ['{"reasoning": "It says more.", "verdict": "', '"}'],
  ['{"verdict": "', '", "reasoning": "It says more."}'],
  ['```json\n{"reasoning": "It says\nmore.", "verdict": "', '"}\n```'],
  ["{'reasoning': 'It says more.', 'verdict': '", "',}"],
  ['{"answer": {"verdict": "', '"}, "confidence": 5}'],
  ["It says more.\nVerdict: ", ""],
  ["It says more.\n**Final verdict:** ", "."],
  ["It says more. My verdict is [[", "]]"],
  ["<think>\nVerdict: B? Or A? Or a tie?\n</think>\nVerdict: ", ""],
];
const form = fc.constantFrom(...FORMS);

/** What may stand around a verdict: words, pieces of syntax, and statements of verdicts. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "Verdict: A",
          "Verdict: B",
          "Verdict: tie",
          "[[A]]",
          "[[B]]",
          '{"verdict": "A"}',
          '{"verdict": "B"}',
        ],
        ...["\n", "\n> ", '"', "'", "{", "}", "`", "```", "\\", ": ", ", ", "}\n{"],
        ...["Response A is better", "the left one", "neither", "A", "B", '"verdict": ', "winner"],
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    ),
    { maxLength: 5 },
  )
  .map((pieces) => pieces.join(""));

function choiceIn(text: string, structured: boolean): string | null {
  const verdict = readVerdict({ text, finish: "complete" }, { structured });
  return "choice" in verdict ? verdict.choice : null;
}

/** Deletes, doubles or puts in a few characters, so many of the whole from its beginning. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    how: fc.constantFrom("delete", "double", "put"),
    length: fc.integer({ min: 1, max: 4 }),
    text: fc.stringMatching(/^[ \n"'{}[\]:,.*`\\xyz]{1,3}$/),
  }),
  { minLength: 1, maxLength: 4 },
);
type Edits = typeof edits extends fc.Arbitrary<infer T> ? T : never;

function edited(whole: string, all: Edits): string {
  return all.reduce((text, { at, how, length, text: put }) => {
    const i = Math.floor(at * text.length);
    if (how === "put") return text.slice(0, i) + put + text.slice(i);
    const there = text.slice(i, i + length);
    return text.slice(0, i) + (how === "double" ? there + there : "") + text.slice(i + length);
  }, whole);
}

describe("a reply that is not as it was asked for", () => {
  it("never says another verdict than the one that it states, whatever stands around that", () => {
    fc.assert(
      fc.property(
        label,
        form,
        noise,
        noise,
        fc.boolean(),
        (words, [before, behind], first, last, structured) => {
          const text = [first, before + words + behind, last].join("\n");
          expect([LABELS[words], null]).toContain(choiceIn(text, structured));
        },
      ),
      { numRuns: times(2000) },
    );
  });

  it("never says a verdict that its letters do not have, however it is damaged", () => {
    fc.assert(
      fc.property(label, form, edits, fc.boolean(), (words, [before, behind], changes, structured) => {
        const plain = before.replace(/<think>[^]*<\/think>\n/, "");
        const text = edited(plain + words + behind, changes);
        expect([LABELS[words], null]).toContain(choiceIn(text, structured));
      }),
      { numRuns: times(2000) },
    );
  });

  it("says nothing where it ends before its verdict, though it weighs another one", () => {
    const weighed = fc.constantFrom(
      ...["Verdict: B\nwould be wrong. ", "Some would say [[B]]. ", "> Verdict: B\nis what it says. "],
      ...["Verdict: B", "It ends with Verdict: B\n", '{"verdict": "B"} is what it asks for. '],
    );
    const end = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(weighed, end, fc.constantFrom(...FORMS.slice(0, 4)), (words, share, [before]) => {
        const start = before.includes("says")
          ? before.replace("It says", `${words} It says`)
          : before + words;
        const text = start.slice(0, Math.ceil(share * start.length));
        expect([LABELS.A, null]).toContain(choiceIn(text, true));
      }),
      { numRuns: times(500) },
    );
  });
});
