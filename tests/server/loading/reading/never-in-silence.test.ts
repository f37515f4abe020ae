import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import type { LoadRecord } from "../../../../server/loading/reading/records.ts";
import { written } from "./reading-support.ts";

type Row = Record<string, unknown>;
const lines = (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const readRows = (rows: readonly Row[], map = "", over = {}) =>
  written("rows.jsonl", lines(rows), { map: parseFieldMap(map), fileName: "rows.jsonl", ...over });

/** What the first problem's quoted mapping loads, with names in the place of the words in capitals. */
function mappingIn(message: string): string {
  const [, map = ""] = /'rows\.jsonl:([^']*)'/.exec(message) ?? [];
  return map.replace(/\b(FIRST|SECOND|WHO|NAME)\b/g, (word) => word.toLowerCase());
}

const kinds = (records: readonly LoadRecord[]) => records.map((one) => one.kind);

describe("prompts beside a column that looks like more", () => {
  const names = [
    ...[
      "winner",
      "Winner",
      " preference ",
      "humanPreference",
      "winner_model_a",
      "overall_preference",
      "vote",
    ],
    ...["score", "Score", "score_chosen", "rating", "avg-rating", "label", "Labels", "review", "review_id"],
    ...["reviewer_id", "answer1_id", "ranking", "judgment", "BetterAnswer", "reward"],
  ];

  it.each(names)("called %j is not read as prompts, whatever its values", async (name) => {
    for (const value of [1, "short", ["a", "b"], { left: 2 }, true, "long ".repeat(50)]) {
      const { records, problems } = await readRows([{ prompt: "One?", [name]: value }]);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0 }]);
      expect(problems[0]?.message).toContain(name.trim());
    }
  });

  it("called like a verdict is refused also where a format was said, or in a column's inside", async () => {
    const row = { prompt: "One?", score: 3 };
    expect((await readRows([row], "", { format: "plain" })).faults).toEqual(["0 ColumnsUnclear"]);
    const question = { question_id: 1, turns: ["One?"], rating: 5 };
    expect((await readRows([question])).faults).toEqual(["0 ColumnsUnclear"]);
    const nested = await readRows([{ prompt: "One?", extra: { verdicts: [{ winner: "a" }] } }]);
    expect(nested.problems[0]?.message).toContain("extra.verdicts");
  });

  it("that are two scores of two outputs are read by a recipe, as no score is a winner", async () => {
    const [problem] = (
      await readRows([{ prompt: "One?", response_a: "A.", response_b: "B.", rating_a: 4, rating_b: 2 }])
    ).problems;
    expect(problem?.message).toContain("recipe show webgpt-comparisons");
    expect(problem?.message).not.toContain("winner=");
  });

  it.each([
    ...[
      "chosen",
      "rejected",
      "response_a",
      "response 1",
      "Response",
      "modelOutput",
      "answers",
      "completions",
    ],
    ...["generated_text_2", "prediction", "candidate1", "gpt-4o", "claude-3", "model_a", "chosen_model"],
  ])("called %j is asked about", async (name) => {
    for (const value of [
      "Yes.",
      "long ".repeat(50),
      ["Yes.", "No."],
      [{ role: "assistant", content: "Yes." }],
    ]) {
      if (Array.isArray(value) && /gpt|claude/.test(name)) continue; // a list under a model's name may be anything
      const { records, problems } = await readRows([{ prompt: "One?", [name]: value }]);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0 }]);
    }
  });

  it("is in the advice what it may be: no verdict if it is an id, no part of a prompt that is not there", async () => {
    const advice = async (row: Row) => (await readRows([row])).problems[0]?.message ?? "";
    expect(await advice({ prompt: "One?", review_id: "r1" })).toContain("winner=THEIRS");
    expect(await advice({ prompt: "One?", review_id: "r1", verdict: 1 })).toContain("winner=verdict");
    const row = { question: "One?", output: "1" };
    expect((await readRows([row], mappingIn(await advice(row)))).records).toMatchObject([
      { kind: "response", promptTurns: ["One?"] },
    ]);
    expect(await advice({ prompt: "Two?", history: [["One?", "1"]], output: "2" })).not.toContain("=prompt+");
  });

  it("that is a list is not put below a text, and takes a text as a further turn", async () => {
    const row = { prompt: "Which?", options: ["a", "b"], before: ["Hi"], output: "a" };
    expect((await readRows([row], "prompt=prompt+options")).faults).toHaveLength(1);
    const { records } = await readRows([row], "prompt=before+prompt");
    expect(records).toMatchObject([{ promptTurns: ["Hi", "Which?"] }]);
  });

  it("is told by any mapping, and then kept or left out", async () => {
    const row = { prompt: "One?", score: 3 };
    expect((await readRows([row], "score=")).records).toMatchObject([{ kind: "prompt" }]);
    const kept = await readRows([row], "difficulty=score");
    expect(kept.records[0]).toHaveProperty("metadata.difficulty", 3);
  });

  it("of free text, twice, is asked about however short, and what describes a prompt is not", async () => {
    const two = await readRows([{ prompt: "One?", ernie: "It is.", bert: "It is not." }]);
    expect(two.problems[0]?.message).toContain("--format wide, which takes only ernie and bert");
    const told = {
      category: "creative writing",
      reference_answer: "It is so.",
      notes: "from a book",
      url: "x y",
    };
    expect((await readRows([{ prompt: "One?", ...told }])).records).toMatchObject([{ metadata: told }]);
  });

  it.each(["input", "Context", "history", "passage", "document", "images", "system_prompt"])(
    "that may be a part of it, %s, is asked about where it is filled",
    async (name) => {
      const row = { prompt: "Sum it up.", output: "So.", [name]: "A long text." };
      const { problems } = await readRows([row]);
      expect(problems).toMatchObject([{ row: 0, name: "ColumnsUnclear" }]);
      const joined = await readRows([row], `prompt=prompt+${name}`);
      expect(joined.records).toMatchObject([{ promptTurns: ["Sum it up.\n\nA long text."] }]);
      expect((await readRows([{ ...row, [name]: "" }])).records).toMatchObject([{ kind: "response" }]);
    },
  );
});

describe("Alpaca's input", () => {
  const row = { instruction: "Name it.", output: "Bee.", output_1: "Bee.", output_2: "Fly.", preference: 1 };
  const judged = { ...row, generator_1: "a", generator_2: "b", annotator: "w" };

  it("is a part of the prompt, in outputs and annotations, and the instruction alone where it is empty", async () => {
    for (const one of [{ instruction: "Name it.", output: "Bee." }, judged]) {
      for (const input of ["", null, undefined]) {
        const { records } = await readRows([{ ...one, input }]);
        expect(records).toMatchObject([{ promptTurns: ["Name it."] }]);
      }
      const { records } = await readRows([{ input: "It buzzes.", ...one }]);
      expect(records).toMatchObject([{ promptTurns: ["Name it.\n\nIt buzzes."] }]);
      expect(records[0]).not.toHaveProperty("metadata.input");
    }
  });

  it("leaves an output that is a list to a mapping, and never reads it as turns", async () => {
    const samples = { instruction: "Name it.", output: ["Bee.", "Fly."] };
    expect((await readRows([samples])).faults).toEqual(["1 TextNotText"]);
    expect((await readRows([samples], "output=output.1")).records).toMatchObject([{ turns: ["Fly."] }]);
  });
});

describe("a published format that is not read", () => {
  it.each<[string, Row, Row]>([
    ["FastChat's scores", { question_id: 1, text: "Q?", score: 3 }, { promptTurns: ["Q?"], choice: "tie" }],
  ])("%s is named, with a mapping that loads it", async (name, row, read) => {
    const { records, problems } = await readRows([row, row]);
    expect(records).toEqual([]);
    expect(problems).toMatchObject([{ row: 0, name: "FormatNotRead" }]);
    const message = problems[0]?.message ?? "";
    expect(message).toContain(name);
    const loaded = await readRows([row], mappingIn(message));
    expect(loaded.faults).toEqual([]);
    expect(loaded.records).toMatchObject([read]);
    const [record] = loaded.records;
    if (record?.kind === "judgment") expect(record.sideKnown).toBe(false);
  });

  it.each([["KTO", { prompt: "Q?", completion: "Bee.", label: true }]])(
    "%s is named, and nothing of it is read",
    async (name, row) => {
      const { records, problems } = await readRows([row]);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "FormatNotRead" }]);
      expect(problems[0]?.message).toContain(name);
    },
  );
});

describe("questions of a benchmark", () => {
  it("go by the id that answers and judgments use", async () => {
    for (const id of ["uid", "question_id"]) {
      const { records } = await readRows([{ [id]: "u1", prompt: "Q?", category: "hard" }]);
      expect(records).toMatchObject([{ kind: "prompt", promptId: "u1", isIdAdopted: true }]);
    }
    const own = await readRows([{ uid: "u1", prompt_id: 5, prompt: "Q?" }]);
    expect(own.records).toMatchObject([{ promptId: "5", metadata: { uid: "u1" } }]);
    expect(kinds((await readRows([{ uid: null, prompt: "Q?" }, { prompt: "R?" }])).records)).toEqual([
      "prompt",
      "prompt",
    ]);
  });
});

describe("outputs beside a column that names systems", () => {
  it.each(["model", "model_name", "Generator", "model_id", "engine"])(
    "such as %s are asked about",
    async (name) => {
      const rows = [
        { prompt: "Q?", output: "Bee.", [name]: "ernie-bot" },
        { prompt: "R?", output: "Fly.", [name]: "other" },
      ];
      const { records, problems } = await readRows(rows);
      expect(records).toEqual([]);
      expect(problems).toMatchObject([{ row: 0, name: "ColumnsUnclear" }]);
      expect((await readRows(rows, `system=${name}`)).records).toMatchObject([
        { system: "ernie-bot" },
        { system: "other" },
      ]);
      expect((await readRows(rows, "", { system: "mine" })).records).toMatchObject([{ system: "mine" }, {}]);
    },
  );

  it("and a system that is a whole sentence is what a model was told, and no name", async () => {
    const system = "You are a helpful assistant that answers briefly.";
    for (const row of [
      { prompt: "Q?", output: "Bee.", system },
      { instruction: "Q?", output: "Bee.", system },
    ]) {
      const { problems } = await readRows([row]);
      expect(problems[0]?.message).toContain("'rows.jsonl:system_message=system'");
      const told = await readRows([row], "system_message=system,system:=ours");
      expect(told.records).toMatchObject([{ system: "ours", metadata: { system_message: system } }]);
    }
    const named = await readRows([{ prompt: "Q?", output: "Bee.", system: "Command R (August 2024)" }]);
    expect(named.records).toMatchObject([{ system: "Command R (August 2024)" }]);
  });
});

it("an unknown format is named with the paths that a mapping can take", async () => {
  const row = { input: { question: "One?" }, response: { choices: [{ message: { content: "Yes." } }] } };
  const [problem] = (await readRows([row])).problems;
  expect(problem?.message).toContain("input.question, response.choices.0.message.content");
  const map = "prompt=input.question,output=response.choices.0.message.content";
  expect((await readRows([row], map)).records).toMatchObject([{ promptTurns: ["One?"], turns: ["Yes."] }]);
});
