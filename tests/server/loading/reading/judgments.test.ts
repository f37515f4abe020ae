import { describe, expect, it } from "vitest";
import { fixture, written } from "./reading-support.ts";

const row = (fields: object) =>
  `${JSON.stringify({ prompt_id: 1, left_system: "a", right_system: "b", choice: "tie", annotator: "n", ...fields })}\n`;

const judged = async (fields: object, over = {}) => {
  const { records, faults } = await written("judged.jsonl", row(fields), over);
  const [record] = records;
  return { record: record?.kind === "judgment" ? record : null, faults };
};

describe("judgments", () => {
  it("are read from names and words, and from nothing that only looks like them", async () => {
    const { records, faults } = await fixture("judgments.jsonl");
    expect(records).toMatchObject([
      { choice: "left", leftSystem: "a1", metadata: {} },
      { choice: "right", leftSystem: "b", rightSystem: "a" },
      { choice: "right", annotator: "7" },
      { choice: "right", leftSystem: "3", rightSystem: "4" },
      { choice: "both_bad", judgmentId: "9007199254740991", metadata: { id: 12 } },
      { choice: "both_bad", group: { name: "wave: 2" }, turn: 2, rationale: "why\u2028not" },
    ]);
    expect(faults).toEqual([
      "6 ChoiceUnknown",
      "7 ChoiceUnknown",
      "8 ChoiceUnknown",
      "9 FieldMissing",
      "10 FieldMissing",
      "11 ChoiceUnknown",
      "13 TextNotText",
      "14 TextNotText",
      "15 TurnWrong",
      "16 TimeWrong",
      "17 TextNotText",
      "18 GroupWrong",
    ]);
  });

  it.each([
    ["2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00.000Z"],
    ["2024-05-01 10:00", "2024-05-01T10:00:00.000Z"],
    ["2024-05-01T10:00:00.123456789 UTC", "2024-05-01T10:00:00.123Z"],
    ["2024-05-01 10:00:00-0330", "2024-05-01T13:30:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    [1690000000.25, "2023-07-22T04:26:40.250Z"],
    ["1690000000.25", "2023-07-22T04:26:40.250Z"],
    [1690000000250, "2023-07-22T04:26:40.250Z"],
    [null, null],
    ["", null],
  ])("were made at %s, which is %s whatever the machine's time zone", async (given, iso) => {
    expect((await judged({ created_at: given })).record?.createdAt).toBe(iso);
  });

  it.each([
    "2023-02-29",
    "2024-05",
    "2024-05-01 noon",
    "May 1, 2024",
    "2024-05-01T25:00",
    -5,
    1.69e18,
    true,
    [1],
  ])("were not made at %s", async (given) => {
    expect((await judged({ created_at: given })).faults).toEqual(["1 TimeWrong"]);
  });

  it("belong to the row's group, else the one said, which fills in the kind", async () => {
    const said = { group: { name: "authors", kind: "author" } } as const;
    const groupOf = async (fields: object, over = {}) => (await judged(fields, over)).record?.group;
    expect(await groupOf({})).toBeNull();
    expect(await groupOf({}, said)).toEqual(said.group);
    expect(await groupOf({ group: "authors" }, said)).toEqual(said.group);
    expect((await groupOf({ group: "others" }, said))?.name).toBe("others");
    expect(await groupOf({ group: "gpt-4:model" }, said)).toEqual({ name: "gpt-4", kind: "model" });
    expect(await groupOf({ group: "x", group_kind: "author" })).toEqual({ name: "x", kind: "author" });
    expect(await groupOf({ group_kind: "model" }, said)).toEqual({ name: "authors", kind: "model" });
  });

  it("are by the row's annotator, else the one said, and by nobody else", async () => {
    const said = { annotator: "me" };
    expect((await judged({}, said)).record?.annotator).toBe("n");
    expect((await judged({ annotator: "" }, said)).record?.annotator).toBe("me");
    expect((await judged({ annotator: null })).faults).toEqual(["1 AnnotatorMissing"]);
  });

  it("are votes without a name where nothing says who judged, and refused where something may", async () => {
    const nobody = { annotator: undefined };
    expect((await judged(nobody)).record?.annotator).toBeNull();
    expect((await judged({ ...nobody, note: "x" })).record).toMatchObject({ metadata: { note: "x" } });
    for (const column of ["worker_id", "user_id", "evaluation_session_id", "rater"])
      expect((await judged({ ...nobody, [column]: "w1" })).faults, column).toEqual(["1 AnnotatorMissing"]);
    for (const model of [{ group_kind: "model", group: "m" }, { raw_completion: "A" }])
      expect((await judged({ ...nobody, ...model })).faults).toEqual(["1 AnnotatorMissing"]);
    const own = { status: "counted", origin: "loaded", purpose: "main", side_known: true, annotator: null };
    expect((await judged(own)).record?.annotator).toBeNull();
    expect((await judged({ ...own, excluded_by: "a rule" })).faults).toEqual(["1 AnnotatorMissing"]);
  });

  it("have no id but judgment_id", async () => {
    const { record } = await judged({ id: 5 });
    expect(record).toMatchObject({ judgmentId: null, metadata: { id: 5 } });
  });
});

describe("prompts and outputs", () => {
  const one = async (fields: object) => written("one.jsonl", JSON.stringify(fields));

  it("may be chats, as far as a prompt is what the user says", async () => {
    const chat = [
      { role: "user", content: "Q" },
      { role: "assistant", content: "A" },
      { role: "user", content: "R" },
    ];
    const users = [
      { role: "system", content: "S" },
      { role: "user", content: "Q" },
    ];
    expect((await one({ prompt: users })).records).toMatchObject([{ kind: "prompt", turns: ["Q"] }]);
    expect((await one({ prompt: chat })).faults).toEqual(["1 ConversationWrong"]);
    expect((await one({ prompt: [{ role: "tool", content: "Q" }] })).faults).toEqual(["1 ConversationWrong"]);
    expect((await one({ prompt_id: 1, output: chat })).records).toMatchObject([{ turns: ["A"] }]);
    expect((await one({ prompt_id: 1, output: users })).faults).toEqual(["1 ConversationWrong"]);
  });

  it.each([true, false, null, 5, {}, [], ["a", null], [["a"]]])("are not %j", async (value) => {
    const [fault] = (await one({ prompt_id: 1, output: value })).faults;
    expect(fault).toMatch(/^1 (TextNotText|FieldMissing|ConversationWrong)$/);
  });

  it("have the same id whether JSON holds a number or CSV its digits", async () => {
    const ids = async (name: string, text: string) =>
      (await written(name, text)).records.map((r) => r.kind !== "judgment" && r.promptId);
    const json = await ids("ids.jsonl", '{"prompt_id":8,"prompt":"a"}\n{"prompt_id":"8","prompt":"a"}');
    expect([...json, ...(await ids("ids.csv", "prompt_id,prompt\n8,a\n"))]).toEqual(["8", "8", "8"]);
  });
});
