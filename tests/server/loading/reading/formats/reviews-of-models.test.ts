import { describe, expect, it } from "vitest";
import { readJson, readRows, winners } from "./format-support.ts";

const review = (score: unknown, more: object = {}) => ({
  ...{ review_id: "r1", question_id: 8, answer1_id: "a1", answer2_id: "b1", reviewer_id: 1 },
  ...{ metadata: {}, text: "The first is clearer.", score },
  ...more,
});

describe("FastChat's reviews", () => {
  it("are judgments of a model that name their systems by answers, in places or ratings", async () => {
    const scores = [1, 2, 3, [8, 6.5], [6, 9], [7, 7]];
    const { judgments, faults, remarks } = await readRows(scores.map((score) => review(score)));
    expect([faults, remarks]).toEqual([[], []]);
    expect(winners(judgments)).toEqual(["a1", "b1", "tie", "a1", "b1", "tie"]);
    expect(judgments[0]).toMatchObject({
      ...{ promptId: "8", isByAnswers: true, sideKnown: true, rationale: "The first is clearer." },
      ...{ annotator: "reviewer 1", group: { kind: "model" }, judgmentId: "r1" },
    });
    expect(judgments[0]).not.toHaveProperty("takenForModel");
    expect(judgments[3]?.metadata).toEqual({ metadata: {}, ratings: [8, 6.5] });
  });

  it("that came to no score are counted, and what is no score is a fault of its row", async () => {
    const { judgments, faults, remarked } = await readRows([
      review(-1),
      review([-1, -1]),
      review("two"),
      review(1),
    ]);
    expect(judgments).toHaveLength(1);
    expect(faults).toEqual(["3 ChoiceUnknown"]);
    expect(remarked).toEqual(["1 VerdictMissing", "2 VerdictMissing"]);
  });

  it("go by message_id in OpenAssistant's set, and by systems where both are named", async () => {
    const row = review(2, { message_id: "m-1", question_id: undefined });
    const { judgments } = await readRows([row], "system_a:=ours,system_b:=theirs");
    expect(judgments).toMatchObject([{ promptId: "m-1", leftSystem: "ours", rightSystem: "theirs" }]);
    expect(judgments[0]).not.toHaveProperty("isByAnswers");
  });

  it("of people, which do not name their answers, are refused with the mapping that reads them", async () => {
    const { records, problems } = await readRows([{ question_id: 1, text: "Q?", score: 2 }]);
    expect(records).toEqual([]);
    expect(problems[0]?.message).toContain("system_a:=FIRST,system_b:=SECOND");
  });
});

describe("reviews wrapped with their answers, as Cherry's", () => {
  const row = (more: object = {}) => ({
    ...{
      prompt: "Name a fish.",
      Answer1: "Cod.",
      Answer2: "Hake.",
      review: "4 2\nSo.",
      review_reverse: "2 5",
    },
    ...{ scores: "[4.0, 2.0]", scores_reverse: "[2.0, 5.0]" },
    ...more,
  });
  const file = (...data: object[]) => ({ Meta_Info: { dataset_name: "own" }, data });

  it("are two judgments a row, the second with the answers changed and its ratings as they were shown", async () => {
    const { judgments, faults } = await readJson(file(row(), row({ scores_reverse: "[5, 5]" })));
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["Answer1", "Answer1", "Answer1", "tie"]);
    expect(judgments).toMatchObject([
      { row: 1, leftSystem: "Answer1", leftTurns: ["Cod."], choice: "left", rationale: "4 2\nSo." },
      { row: 1, leftSystem: "Answer2", leftTurns: ["Hake."], choice: "right", rationale: "2 5" },
      { row: 2 },
      { row: 2, sideKnown: true, group: { name: "reviewer", kind: "model" } },
    ]);
  });

  it("call what was asked by the name that its test set has for it", async () => {
    for (const name of ["instruction", "Instruction", "text", "conversations"]) {
      const { judgments, faults } = await readJson(file(row({ prompt: undefined, [name]: "Fish?" })));
      expect(faults).toEqual([]);
      expect(judgments[0]).toMatchObject({ promptTurns: ["Fish?"] });
    }
    const { judgments } = await readJson(
      file(row({ prompt: undefined, instruction: "Sum up.", input: "A text." })),
    );
    expect(judgments[0]).toMatchObject({ promptTurns: ["Sum up.\n\nA text."] });
  });

  it("keep the names of systems with their answers in both orders", async () => {
    const { judgments } = await readJson(file(row()), "system_a:=ours,system_b:=theirs");
    expect(winners(judgments)).toEqual(["ours", "ours"]);
    expect(judgments[1]).toMatchObject({ leftSystem: "theirs", leftTurns: ["Hake."] });
  });

  it("count ratings that could not be read, and number rows within the list", async () => {
    const { judgments, remarked, faults } = await readJson(
      file(row({ scores: "[-1, -1]" }), row({ scores_reverse: null }), row({ Answer1: true }), 7 as never),
    );
    expect(judgments).toHaveLength(2);
    expect(remarked).toEqual(["1 VerdictMissing", "2 VerdictMissing", "0 HeadNotKept"]);
    expect(faults).toEqual(["3 TextNotText", "4 RowNotAnObject"]);
  });
});

describe("WildBench's pairwise judgments", () => {
  const row = (choice: unknown, first = "theirs", more: object = {}) => ({
    ...{ session_id: "s1", history: "", last_query: "Name a fish.", prompt: "# Instruction …" },
    ...{ model_output: ["Cod."], generator: "ours", ref_output: "Hake.", ref_generator: "theirs" },
    assignment: { A: first, B: first === "ours" ? "theirs" : "ours" },
    ...{ parsed_result: { reason: "Shorter.", choice }, error: "N/A" },
    ...more,
  });

  it("say who was shown as A, and how clearly it won", async () => {
    const choices = ["A++", "A+", "A=B", "B+", "B++"];
    const { judgments, faults } = await readJson(choices.map((choice) => row(choice)));
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["theirs", "theirs", "tie", "ours", "ours"]);
    expect(judgments.map(({ strength }) => strength)).toEqual([2, 1, 0, 1, 2]);
    expect(judgments[0]).toMatchObject({
      ...{
        promptId: "s1",
        leftTurns: ["Hake."],
        rightTurns: ["Cod."],
        sideKnown: true,
        rationale: "Shorter.",
      },
      group: { kind: "model" },
    });
    const [other] = (await readJson([row("A+", "ours")])).judgments;
    expect(other).toMatchObject({ leftSystem: "ours", leftTurns: ["Cod."], choice: "left" });
  });

  it("that failed are counted, and an assignment of somebody else is a fault", async () => {
    const { judgments, remarked, faults } = await readJson([
      row("N/A"),
      row("A+", "theirs", { parsed_result: null, error: "timeout" }),
      row("A+++"),
      row("A+", "theirs", { assignment: { A: "other", B: "ours" } }),
      row("A+"),
    ]);
    expect(judgments).toHaveLength(1);
    expect(remarked).toEqual(["1 VerdictMissing", "2 VerdictMissing"]);
    expect(faults).toEqual(["3 ChoiceUnknown", "4 FieldMissing"]);
  });

  it("are read from the published results too", async () => {
    const result = (winner: unknown, extent: number) => ({
      ...{ session_id: "s1", model_A: "ours", model_B: "theirs", winner, extent },
      ...{
        model_outputs: { ours: "Cod.", theirs: "Hake." },
        parsed_result: { choice: "A++", reason: "So." },
      },
    });
    const { judgments, faults, remarked } = await readJson([
      result("ours", 2),
      result("tie", 0),
      result("theirs", 1),
      result(null, 0),
      result("third", 1),
    ]);
    expect(winners(judgments)).toEqual(["ours", "tie", "theirs"]);
    expect(judgments[0]).toMatchObject({ strength: 2, leftTurns: ["Cod."], promptTurns: null });
    expect([faults, remarked]).toEqual([["5 ChoiceUnknown"], ["4 VerdictMissing"]]);
  });
});

describe("JudgeBench", () => {
  const pair = (more: object) => ({
    ...{ pair_id: "p1", original_id: 7, source: "own", question: "2+2?", response_model: "ours" },
    ...{ response_A: "4", response_B: "5", label: "A>B" },
    ...more,
  });

  it("says by its label which response is right, and by nobody's name", async () => {
    const { judgments, faults } = await readRows([pair({}), pair({ label: "B>A" }), pair({ label: "A" })]);
    expect(winners(judgments)).toEqual(["response_A", "response_B"]);
    expect(judgments[0]).toMatchObject({ annotator: null, sideKnown: false, group: null });
    expect(faults).toEqual(["3 ChoiceUnknown"]);
  });

  it("has judges whose second game is as it was shown, with the responses changed", async () => {
    const game = (decision: string | null) => ({
      judgment: { judge_model: "judge-8b", response: "So." },
      decision,
    });
    const { judgments, remarked } = await readRows([
      pair({ judge_name: "arena_hard", judgments: [game("A>B"), game("B>A")] }),
      pair({ judge_name: "arena_hard", judgments: [game("A=B"), game(null), null] }),
    ]);
    expect(winners(judgments)).toEqual(["response_A", "response_A", "tie"]);
    expect(judgments[1]).toMatchObject({ leftSystem: "response_B", leftTurns: ["5"], annotator: "judge-8b" });
    expect(judgments[1]).toMatchObject({ group: { kind: "model" }, metadata: { label: "A>B" } });
    expect(remarked).toEqual(["2 VerdictMissing", "2 VerdictMissing"]);
  });
});

describe("LLM Comparator", () => {
  const example = (more: object) => ({
    ...{
      input_text: "Name a fish.",
      tags: ["own"],
      output_text_a: "Cod.",
      output_text_b: "Hake.",
      score: 0.5,
    },
    ...more,
  });
  const file = (...examples: object[]) => ({
    metadata: {},
    models: [{ name: "ours" }, { name: "theirs" }],
    examples,
  });

  it("has a judgment of each rater, with B on the left where it was flipped", async () => {
    const raters = [
      { score: 1.5, rating_label: "A is much better", is_flipped: false, rationale: "Clear." },
      { score: -0.5, is_flipped: true },
      { score: 0, is_flipped: true },
      { score: 1 },
    ];
    const { judgments, faults } = await readJson(file(example({ individual_rater_scores: raters })));
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["ours", "theirs", "tie", "ours"]);
    expect(judgments.map((one) => [one.leftSystem, one.sideKnown, one.annotator])).toEqual([
      ["ours", true, "rater 1"],
      ["theirs", true, "rater 2"],
      ["theirs", true, "rater 3"],
      ["ours", false, "rater 4"],
    ]);
    expect(judgments[1]).toMatchObject({ leftTurns: ["Hake."], group: { name: "raters", kind: "model" } });
    expect(judgments[0]).toMatchObject({
      takenForModel: true,
      rationale: "Clear.",
      metadata: { example_score: 0.5 },
    });
  });

  it("has the score of an example where there are no raters, and people where that is said", async () => {
    const { judgments, remarked, faults } = await readJson(
      file(
        example({ score: -1, individual_rater_scores: [] }),
        example({ score: null }),
        example({ score: "high" }),
      ),
    );
    expect(winners(judgments)).toEqual(["theirs"]);
    expect(judgments[0]).toMatchObject({ row: 1, sideKnown: false, metadata: { score: -1 } });
    expect([remarked, faults]).toEqual([["2 VerdictMissing"], ["3 ChoiceUnknown"]]);
    const rows = file(example({})).examples.map((one) => ({
      ...one,
      models: [{ name: "a" }, { name: "b" }],
    }));
    const people = await readRows(rows, "", { group: { name: "us", kind: "author" } });
    expect(people.judgments).toMatchObject([{ group: { name: "us", kind: "author" }, leftSystem: "a" }]);
  });
});
