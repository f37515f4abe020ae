import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { written } from "./reading-support.ts";

const chosen = (id: number, selected: string, more: object = {}) => ({
  id,
  completed_by: 1,
  was_cancelled: false,
  created_at: "2026-01-01T10:00:00Z",
  lead_time: 3.2,
  result: [{ type: "pairwise", to_name: "answer1,answer2", value: { selected } }],
  ...more,
});
const skipped = { id: 20, completed_by: 2, result: [], was_cancelled: true };
const data = { prompt: "Name a herb.", answer1: "Thyme.", answer2: "Parsley.", topic: 5 };

const readTasks = (tasks: object[], map = "") =>
  written("tasks.json", JSON.stringify(tasks), { map: parseFieldMap(map) });
const task = (annotations: object[], more: object = {}) => ({ id: 1, data, annotations, ...more });

describe("Label Studio's tasks", () => {
  it("hold a prompt, two responses and a judgment for each annotation", async () => {
    const { records, faults } = await readTasks([task([chosen(7, "left"), chosen(8, "right")])]);
    expect(faults).toEqual([]);
    expect(records).toMatchObject([
      { kind: "prompt", turns: ["Name a herb."], metadata: { topic: 5 } },
      { kind: "response", system: "answer1", turns: ["Thyme."] },
      { kind: "response", system: "answer2", turns: ["Parsley."] },
      { kind: "judgment", choice: "left", annotator: "1", judgmentId: "7", activeMs: 3200, sideKnown: true },
      { kind: "judgment", choice: "right", createdAt: "2026-01-01T10:00:00.000Z" },
    ]);
  });

  it("keep their texts where everybody skipped them, and count who did", async () => {
    const { records, faults, said } = await readTasks([task([skipped, { ...skipped, id: 21 }])]);
    expect(faults).toEqual([]);
    expect(said).toEqual(["2 annotations were skipped: no judgment."]);
    expect(records).toMatchObject([{ kind: "prompt" }, { system: "answer1" }, { system: "answer2" }]);
  });

  it("name their systems and texts as they are mapped", async () => {
    const other = { id: 1, data: { question: "Q?", text_a: "Bee.", text_b: "Fly." }, annotations: [] };
    const map = "prompt=data.question,left_output=data.text_a,right_output=data.text_b";
    const { records } = await readTasks(
      [{ ...other, annotations: [chosen(1, "left")] }],
      `${map},left_system:=ours,right_system:=theirs`,
    );
    expect(records).toMatchObject([
      { kind: "prompt", turns: ["Q?"] },
      { system: "ours", turns: ["Bee."] },
      { system: "theirs", turns: ["Fly."] },
      { leftSystem: "ours", rightSystem: "theirs", choice: "left" },
    ]);
  });

  it("compare texts whose names differ in a mark, by a control that names one, and systems that the data names", async () => {
    const arena = { prompt: '["Fish?", "Another?"]', response_a: '["Cod.", null]', response_b: "Hake." };
    const by = (word: string) => [{ type: "choices", from_name: "winner", value: { choices: [word] } }];
    const answers = ["a_winner", "B is better", "tie", "c_winner"].map((word, i) =>
      chosen(i, "", { result: by(word) }),
    );
    const data = { ...arena, model_a: "ours", model_b: "theirs" };
    const { records, faults } = await readTasks([task(answers, { data })]);
    expect(faults).toEqual(["1 ChoiceUnknown"]);
    expect(records).toMatchObject([
      { turns: ["Fish?", "Another?"], metadata: {} },
      { system: "ours", turns: ["Cod.", ""] },
      { system: "theirs", turns: ["Hake."] },
      ...["left", "right", "tie"].map((choice) => ({ choice, leftSystem: "ours", rightSystem: "theirs" })),
    ]);
    const itself = [{ type: "pairwise", to_name: "comparison", value: { selected: "right" } }];
    const named = await readTasks([task([chosen(1, "", { result: itself })])]);
    expect(named.records.at(-1)).toMatchObject({ leftSystem: "answer1", choice: "right" });
  });

  it("bring the rationale, and the address of whoever annotated", async () => {
    const note = { type: "textarea", value: { text: ["Shorter."] } };
    const answer = chosen(1, "left").result;
    const one = chosen(1, "left", {
      completed_by: { id: 3, email: "a@example.org" },
      result: [...answer, note],
    });
    const { records } = await readTasks([task([one])]);
    expect(records.at(-1)).toMatchObject({ annotator: "a@example.org", rationale: "Shorter." });
  });

  it("are refused row by row where no verdict or no pair is in them", async () => {
    const tie = await readTasks([task([chosen(7, "both"), chosen(8, "left")])]);
    expect(tie.faults).toEqual(["1 ChoiceUnknown"]);
    expect(tie.records.at(-1)).toMatchObject({ kind: "judgment", judgmentId: "8" });
    const texts = { prompt: "Q?", a: "1", b: "2", c: "3" };
    const three = await readTasks([
      task([skipped], { data: texts }),
      task([chosen(1, "left")], { data: texts }),
    ]);
    expect(three.faults).toEqual(["1 FieldMissing", "2 FieldMissing"]);
    expect(three.problems[0]?.message).toContain("FILE:left_output=data.THEIRS");
  });
});
