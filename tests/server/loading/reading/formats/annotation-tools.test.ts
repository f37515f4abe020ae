import { describe, expect, it } from "vitest";
import { readCsv, readRows, winners } from "./format-support.ts";

describe("Argilla's records", () => {
  const texts = { prompt: "Fish?", response_a: "Cod.", response_b: "Hake." };
  const record = (responses: object, more: object = {}) => ({
    ...{
      id: "r1",
      status: "completed",
      fields: texts,
      metadata: { topic: 5 },
      suggestions: {},
      vectors: {},
      responses,
    },
    ...more,
  });
  const by = (user_id: string, value: unknown, status?: string) => ({ value, user_id, status });

  it("have a judgment of each person, by the name of a text, its mark, a side or a ranking", async () => {
    const values = [
      ...["response_a", "Response B", "b", "left", "Tie", "both bad"],
      ...[
        ["response_b", "response_a"],
        [
          { value: "response_a", rank: 1 },
          { value: "response_b", rank: 1 },
        ],
      ],
    ];
    const { judgments, faults } = await readRows([
      record({ better: values.map((one, i) => by(`u${i}`, one)) }),
    ]);
    expect(faults).toEqual([]);
    expect(judgments.map(({ choice }) => choice)).toEqual([
      ...["left", "right", "right", "left", "tie", "both_bad"],
      ...["right", "tie"],
    ]);
    expect(judgments[1]).toMatchObject({
      ...{ promptId: "r1", promptTurns: ["Fish?"], leftTurns: ["Cod."], annotator: "u1", sideKnown: true },
      ...{ leftSystem: "response_a", group: null, metadata: { metadata: { topic: 5 } } },
    });
  });

  it("count what was discarded, is a draft or was not asked, and fault what names neither text", async () => {
    const { judgments, remarked, faults } = await readRows([
      record({
        better: [
          by("u1", "response_a", "discarded"),
          by("u2", null, "draft"),
          by("u3", "response_a", "submitted"),
        ],
      }),
      record({}),
      record({ better: [by("u1", "response_c"), by("u2", 2), by("u3", "response_b")] }),
      record({ better: [by("u1", "a")] }, { fields: { prompt: "Fish?", text: "Cod.", other: "Hake." } }),
    ]);
    expect(winners(judgments)).toEqual(["response_a", "response_b"]);
    expect(remarked).toEqual(["1 VerdictMissing", "1 VerdictMissing", "2 VerdictMissing"]);
    expect(faults).toEqual(["3 ChoiceUnknown", "3 ChoiceUnknown", "4 FieldMissing"]);
  });

  it("with several such questions ask which counts, and keep the others' answers", async () => {
    const rows = [
      record({
        clear: [by("u1", "response_a")],
        better: [by("u1", "response_b"), by("u2", "tie")],
        why: [by("u1", "So.")],
      }),
    ];
    const { problems } = await readRows(rows);
    expect(problems[0]?.message).toContain("clear, better");
    expect(problems[0]?.message).toContain("FILE:verdict:=clear");
    const { judgments } = await readRows(rows, "verdict:=better,system_a:=ours,system_b:=theirs");
    expect(winners(judgments)).toEqual(["theirs", "tie"]);
    expect(judgments[0]?.metadata).toMatchObject({ clear: "response_a", why: "So." });
  });

  it("are the same in the columns of the Hub, and in the lists of older sets", async () => {
    const hub = {
      ...{ id: "r1", status: "completed", _server_id: "x", ...texts },
      ...{ "better.responses": ["response_a", "tie"], "better.responses.users": ["u1", "u2"] },
      ...{
        "better.responses.status": ["submitted", "draft"],
        "why.responses": null,
        "why.responses.users": null,
      },
    };
    const older = {
      ...{
        external_id: "r1",
        metadata: "{}",
        ...texts,
        "better-suggestion": null,
        "better-suggestion-metadata": {},
      },
      better: [by("u1", "response_a", "submitted"), by("u2", "tie", "discarded")],
    };
    for (const row of [hub, older]) {
      const { judgments, remarked, faults } = await readRows([row]);
      expect([faults, remarked]).toEqual([[], ["1 VerdictMissing"]]);
      expect(judgments).toMatchObject([
        { promptId: "r1", promptTurns: ["Fish?"], choice: "left", annotator: "u1", rightTurns: ["Hake."] },
      ]);
    }
  });
});

describe("Potato's columns", () => {
  const NAMED = "system_a:=ours,system_b:=theirs";

  it("ask for the systems, once for all rows", async () => {
    const { judgments, problems } = await readCsv("instance_id,user_id,q.selection\n1,u1,A\n2,u1,B\n");
    expect(judgments).toEqual([]);
    expect(new Set(problems.map(({ message }) => message)).size).toBe(1);
    expect(problems[0]?.message).toContain("FILE:system_a:=FIRST,system_b:=SECOND");
  });

  it("have a selection or a place on a scale, of which below 0 is the left", async () => {
    const chosen = await readCsv(
      "instance_id,user_id,q.selection\n1,u1,A\n1,u2,B\n2,u1,tie\n3,u1,\n4,u1,C\n",
      NAMED,
    );
    expect(winners(chosen.judgments)).toEqual(["ours", "theirs", "tie"]);
    expect(chosen.judgments[1]).toMatchObject({ promptId: "1", annotator: "u2", sideKnown: true });
    expect([chosen.remarked, chosen.faults]).toEqual([["5 VerdictMissing"], ["6 ChoiceUnknown"]]);
    const scaled = await readCsv(
      "instance_id\tuser_id\tq.scale_value\n1\tu1\t-2\n1\tu2\t0\n2\tu1\t3\n",
      NAMED,
    );
    expect(winners(scaled.judgments)).toEqual(["ours", "tie", "theirs"]);
    expect(scaled.judgments.map(({ strength }) => strength)).toEqual([2, 0, 3]);
  });

  it("with several schemes ask which counts, and keep the others", async () => {
    const text = "instance_id,user_id,fluent.selection,better.selection\n1,u1,A,B\n";
    expect((await readCsv(text, NAMED)).problems[0]?.message).toContain("FILE:verdict:=fluent");
    const { judgments } = await readCsv(text, `${NAMED},verdict:=better`);
    expect(winners(judgments)).toEqual(["theirs"]);
    expect(judgments[0]?.metadata).toEqual({ "fluent.selection": "A" });
  });

  it("may be nested in newer files, and a form without a verdict is refused by what it asks", async () => {
    const by = (user_id: string, label_annotations: object) => ({
      ...{ instance_id: "1", user_id, label_annotations, span_annotations: {} },
      ...{ system_a: "ours", system_b: "theirs" },
    });
    const { judgments, faults, problems } = await readRows([
      by("u1", { better: { selection: "B" }, why: { text_box: "It swims." } }),
      by("u2", { better: { scale_value: "-1" } }),
      by("u3", { mood: { positive: "true" } }),
    ]);
    expect(winners(judgments)).toEqual(["theirs", "ours"]);
    expect(judgments[0]).toMatchObject({ annotator: "u1", metadata: { "why:::text_box": "It swims." } });
    expect(faults).toEqual(["3 ChoiceUnknown"]);
    expect(problems[0]?.message).toContain('mood is "positive"');
  });

  it("hold both texts in older files", async () => {
    const text = 'user,instance_id,displayed_text,better:::A,better:::B\nu1,1,"[""Cod."", ""Hake.""]",,B\n';
    const { judgments, faults } = await readCsv(text, NAMED);
    expect(faults).toEqual([]);
    expect(judgments).toMatchObject([
      { choice: "right", leftTurns: ["Cod."], rightTurns: ["Hake."], annotator: "u1" },
    ]);
  });
});

describe("Label Studio's rows", () => {
  const HEAD = "id,prompt,answer1,answer2,annotation_id,annotator,created_at,updated_at,lead_time";
  const line = (better: string, id = 7) =>
    `1,Fish?,Cod.,Hake.,${id},3,2026-01-01T10:00:00Z,2026-01-01T10:00:05Z,4.2,${better}\n`;
  const cell = (selected: string) => `"[{""selected"": ""${selected}""}]"`;

  it("are a judgment each, of Pairwise as of a choice by name", async () => {
    const rows = [cell("left"), cell("right"), "answer2", "Answer 1", "Equal"];
    const { judgments, faults } = await readCsv(
      `${HEAD},better\n${rows.map((one, i) => line(one, i)).join("")}`,
    );
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["answer1", "answer2", "answer2", "answer1", "tie"]);
    expect(judgments[0]).toMatchObject({
      ...{ promptTurns: ["Fish?"], leftTurns: ["Cod."], annotator: "3", judgmentId: "0", activeMs: 4200 },
      ...{ createdAt: "2026-01-01T10:00:00.000Z", sideKnown: true, metadata: { id: "1" } },
    });
  });

  it("that were skipped are counted, and one that names neither text is a fault", async () => {
    const { judgments, remarked, faults } = await readCsv(`${HEAD},better\n${line("")}${line(cell("left"))}`);
    expect([judgments.length, faults, remarked]).toEqual([1, [], ["2 VerdictMissing"]]);
    const odd = await readCsv(`${HEAD},better\n${line("answer3")}${line("answer1")}`, "verdict:=better");
    expect([odd.judgments.length, odd.faults]).toEqual([1, ["2 ChoiceUnknown"]]);
  });

  it("in short JSON are the same, and take texts and prompt from a mapping", async () => {
    const row = {
      ...{ id: 1, question: "Fish?", first: "Cod.", other: "Hake.", better: [{ selected: "right" }] },
      ...{
        annotation_id: 7,
        annotator: 3,
        created_at: "2026-01-01T10:00:00Z",
        updated_at: "x",
        lead_time: 4.2,
      },
    };
    expect((await readRows([row])).problems[0]?.message).toContain("FILE:left_output=THEIRS");
    const map = "prompt=question,left_output=first,right_output=other,system_a:=ours,system_b:=theirs";
    const { judgments, faults } = await readRows([row], map);
    expect(faults).toEqual([]);
    expect(winners(judgments)).toEqual(["theirs"]);
    expect(judgments[0]).toMatchObject({ promptTurns: ["Fish?"], leftTurns: ["Cod."], annotator: "3" });
  });
});
