import { describe, expect, it } from "vitest";
import { type Consent, entrySchema, type Texts } from "../../../server/contract/entry.ts";
import { wordsIn } from "../../../server/statistics/judgments/words-in.ts";
import { type Done, placeOf } from "../../../server/entry/place.ts";
import { textIn } from "../../../server/entry/texts.ts";
import { defaultProtocol } from "../../../server/studies/default-protocol.ts";
import { consentVersion, stagesFor, standAt } from "../../../server/studies/entry-stages.ts";
import { entryOf, FULL } from "./entry-support.ts";

const ENTRY = entryOf(FULL);
const ALL = ["information", "consent", "questions", "practice", "qualification"] as const;

describe("the stages before the first pair", () => {
  const comer = { group: "crowd", isJoined: true, judged: 0 };
  const protocol = { ...defaultProtocol("all"), entry: ENTRY };

  it.each<[string, Partial<typeof comer>, object, readonly string[]]>([
    ["all for who came by a shared link", {}, {}, ALL],
    ["consent for who has a personal link", { isJoined: false }, {}, ["consent"]],
    ["what the owner wants of a personal link", { isJoined: false }, { personalLinks: ALL }, ALL],
    ["those of a group, however its people come", {}, { groups: { crowd: ["practice"] } }, ["practice"]],
    ["none that is not set", {}, { consent: undefined, practice: undefined }, [ALL[0], ALL[2], ALL[4]]],
    ["consent alone for who has judged a pair", { judged: 1 }, {}, ["consent"]],
  ])("are %s", (_, who, entry, stages) => {
    const own = { ...protocol, entry: { ...ENTRY, ...entry } };
    expect(stagesFor(own, { ...comer, ...who })).toEqual(stages);
  });

  it("are none for models, and where none is set", () => {
    const [group] = protocol.groups;
    const models = { ...protocol, groups: [{ ...group!, kind: "model" as const }] };
    expect(stagesFor(models, comer)).toEqual([]);
    expect(stagesFor(defaultProtocol("all"), comer)).toEqual([]);
  });

  it("are passed in order, a consent by its version", () => {
    const version = consentVersion(ENTRY.consent!);
    const passages = [
      { stage: "information" as const, version: "", outcome: "passed" as const },
      { stage: "consent" as const, version: "another", outcome: "no_consent" as const },
    ];
    const stand = (more: typeof passages) =>
      standAt(ENTRY, { stages: ["information", "consent"], passages: [...passages, ...more] });
    expect(stand([])).toEqual({ kind: "at", stage: "consent" });
    const consent = { stage: "consent" as const, version };
    expect(stand([{ ...consent, outcome: "no_consent" as const }])).toEqual({
      kind: "out",
      end: "no_consent",
    });
    expect(standAt(ENTRY, { stages: ["consent"], passages: [{ ...consent, outcome: "passed" }] })).toEqual({
      kind: "passed",
    });
  });

  it("give a consent a new version with every change of its words", () => {
    const consents: Consent[] = [
      { text: "a", statements: [] },
      { text: "a", statements: ["b"] },
      { text: { en: "a" }, statements: [] },
      { text: { en: "a", de: "c" }, statements: [] },
    ];
    const versions = consents.map(consentVersion);
    expect(new Set(versions).size).toBe(versions.length);
    expect(consentVersion({ text: "a", statements: [] })).toBe(versions[0]);
  });
});

describe("the pair that comes next", () => {
  const next = (stage: "practice" | "qualification", done: Done[], entry = ENTRY) =>
    placeOf(entry, { stage, stages: ALL, done });
  const once = { ...ENTRY, qualification: { ...ENTRY.qualification!, practiceAgain: false } };

  it.each<[string, Parameters<typeof next>, object]>([
    ["the first of the practice", ["practice", []], { stage: "practice", attempt: 1, number: 1 }],
    [
      "the next one of the practice",
      ["practice", [{ stage: "practice", attempt: 1, judged: 1 }]],
      { stage: "practice", attempt: 1, number: 2 },
    ],
    ["the first of the test", ["qualification", []], { stage: "qualification", attempt: 1, number: 1 }],
    [
      "the practice again after a failed try",
      ["qualification", [{ stage: "qualification", attempt: 1, judged: 2 }]],
      { stage: "practice", attempt: 2, number: 1 },
    ],
    [
      "the next try after the practice",
      [
        "qualification",
        [
          { stage: "qualification", attempt: 1, judged: 2 },
          { stage: "practice", attempt: 2, judged: 2 },
        ],
      ],
      { stage: "qualification", attempt: 2, number: 1 },
    ],
    [
      "the next try at once where the protocol says so",
      ["qualification", [{ stage: "qualification", attempt: 1, judged: 2 }], once],
      { stage: "qualification", attempt: 2, number: 1 },
    ],
  ])("is %s", (_, given, place) => {
    expect(next(...given)).toEqual(place);
  });
});

it.each([
  ["the same for all", "en", "the same for all"],
  [{ en: "two", de: "zwei" }, "de-AT", "zwei"],
  [{ en: "two", "de-CH": "zwei" }, "de", "zwei"],
  [{ en: "two", de: "zwei" }, "fr", "two"],
])(
  "a text is given in the language that is spoken, or in the one that stands in for it: %j in %s",
  (texts, language, text) => {
    expect(textIn(texts as Texts, language)).toBe(text);
  },
);

it.each([
  ["One two, three.", 3],
  ["", 0],
  ["word ".repeat(8000), 8000],
])("the words of a text are counted: %.20s", (text, words) => {
  expect(wordsIn(text)).toBe(words);
});

it("words are counted in scripts without spaces, too", () => {
  expect(wordsIn("我喜欢读书")).toBeGreaterThan(1);
});

describe("what an owner sets", () => {
  const { qualification, questions, consent } = FULL;
  it.each([
    ["nothing", {}],
    ["an unknown field", { consent, practise: [] }],
    ["a mark above the number of pairs", { qualification: { ...qualification, pass: 3 } }],
    ["a question twice", { questions: [questions[0], questions[0]] }],
    ["one option", { questions: [{ ...questions[0], options: [{ value: "a", label: "A" }] }] }],
    ["a pair without an answer", { practice: [{ ...FULL.practice[0], expected: [] }] }],
    ["a blank text", { consent: { text: " " } }],
    ["no language", { consent: { text: {} } }],
  ])("is refused: %s", (_, entry) => {
    expect(entrySchema.safeParse(entry).success).toBe(false);
  });
});
