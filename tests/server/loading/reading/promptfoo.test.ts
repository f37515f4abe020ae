import { describe, expect, it } from "vitest";
import { written } from "./reading-support.ts";
import { outputs, prompts, readJson, remarked, told, user, type Row } from "./runs-support.ts";

describe("results of promptfoo", () => {
  const result = (at: [number, number], output: unknown, more: Row = {}) => ({
    ...{ promptIdx: at[0], testIdx: at[1], vars: { q: `Q${at[1]}?` }, testCase: {}, score: 1, success: true },
    prompt: { raw: `Ask Q${at[1]}?`, label: "Ask {{q}}" },
    provider: { id: "openai:m1", label: "" },
    response: output === undefined ? {} : { output, tokenUsage: {} },
    ...more,
  });
  const file = (results: unknown[], labels = ["Ask {{q}}"]) => ({
    evalId: "e",
    results: { version: 3, prompts: labels.map((label) => ({ raw: label, label })), results, stats: {} },
    config: {},
  });

  it("have a system for each provider, and what failed is no output", async () => {
    const results = [
      result([0, 0], "Ja"),
      result([1, 0], { a: 1 }, { provider: { id: "openai:m2", label: "Theirs" } }),
      result([0, 1], undefined, { success: false, error: "API error: 500", failureReason: 2 }),
      result([0, 2], "Wrong", { success: false, error: "Expected output to contain x" }),
      result([0, 0], "Nochmal"),
    ];
    for (const whole of [file(results), file(results).results]) {
      const { records, remarks, faults } = await readJson(whole);
      expect(faults).toEqual([]);
      expect(outputs(records)).toEqual(["openai:m1: Ja", 'Theirs: {\n  "a": 1\n}', "openai:m1: Wrong"]);
      expect(remarked(remarks)).toEqual([
        "3 OutputFailed: No output was taken: API error: 500.",
        "5 SampleNotTaken: Only the first of several outputs for the same prompt was taken.",
      ]);
    }
    const oneLine = await written("one-line.json", `${JSON.stringify(file(results))}\n`, {
      fileName: "one-line.json",
    });
    expect(outputs(oneLine.records)).toHaveLength(3);
  });

  it("compare several prompts over the same test, whose variables are the prompt", async () => {
    const long = "A long prompt that goes on and on: {{q}}";
    const two = (index: number, label: string, output: string) =>
      result([index, 0], output, { prompt: { raw: `${label} x`, label } });
    const { records } = await readJson(
      file([two(0, "Ask {{q}}", "Ja"), two(1, `${long}\n.`, "Nein")], ["Ask {{q}}", `${long}\n.`]),
    );
    expect(outputs(records)).toEqual(["openai:m1 (prompt 1): Ja", "openai:m1 (prompt 2): Nein"]);
    expect(new Set(prompts(records))).toEqual(new Set(["Q0?"]));
    expect(records[1]).toMatchObject({ metadata: { as_sent: "Ask {{q}} x" } });
    const labelled = await readJson(
      file([two(0, "terse", "Ja"), two(1, "polite", "Nein")], ["terse", "polite"]),
    );
    expect(outputs(labelled.records)).toEqual(["openai:m1 (terse): Ja", "openai:m1 (polite): Nein"]);
  });

  it("have a chat as JSON, and in older files no provider", async () => {
    const raw = JSON.stringify([told, user("Name it.")]);
    const chat = await readJson(file([result([0, 0], "Bee", { prompt: { raw, label: "x" } })]));
    expect(chat.records[0]).toMatchObject({ turns: ["Name it."], metadata: { system_message: "Be brief." } });
    const old = {
      prompt: { raw: "Name it.", display: "x" },
      vars: {},
      response: { output: "Bee" },
      success: true,
    };
    const { records } = await readJson(
      { results: { version: 1, results: [old], table: { head: { prompts: [{ display: "x" }] } } } },
      "ours.json",
    );
    expect(outputs(records)).toEqual(["ours: Bee"]);
  });

  it("may be a table, with how the test went before each text", async () => {
    const csv = [
      'q,lang,"[openai:m1] Ask {{q}}","[openai:m2] Ask {{q}}"',
      '"Name, please?",de,[PASS] Ja,"[FAIL] (0.00) Expected more\n---\nNein\n---\nDoch"',
      "Two?,en,[ERROR] Rate limit,",
    ].join("\n");
    const { records, remarks, faults } = await written("table.csv", csv);
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["openai:m1: Ja", "openai:m2: Nein\n---\nDoch"]);
    expect(prompts(records)[0]).toBe("q: Name, please?\n\nlang: de");
    expect(remarked(remarks)).toEqual([
      "7 OutputFailed: No output was taken: Rate limit.",
      "7 OutputFailed: No output was taken: it has no text.",
    ]);
  });

  it("may be a table with how the test went in columns behind each text, which share their names", async () => {
    const details = "Status,Score,Named Scores,Metric: short,Grader Reason,Comment";
    const csv = [
      `Description,q,[openai:m1] Ask {{q}},${details},[openai:m2] Ask {{q}},${details}`,
      'Easy,"Name, please?",Ja,PASS,1.00,,1,All pass,,"Too short\n---\nNein\n---\nDoch",FAIL,0.00,,0,Too short,why?',
      ',Two?,Rate limit,ERROR,0.00,,,Rate limit,,"a\n---\nb",FAIL,0.00,,0,Too short,',
    ].join("\n");
    const { records, remarks, faults } = await written("newer.csv", csv);
    expect(faults).toEqual([]);
    expect(outputs(records)).toEqual(["openai:m1: Ja", "openai:m2: Nein\n---\nDoch", "openai:m2: a\n---\nb"]);
    expect(remarked(remarks)).toEqual(["7 OutputFailed: No output was taken: Rate limit."]);
    expect(records.find(({ kind }) => kind === "prompt")).toMatchObject({
      turns: ["Name, please?"],
      metadata: { description: "Easy" },
    });
    expect(records.filter(({ kind }) => kind === "response")[1]).toMatchObject({
      metadata: {
        outcome: "FAIL",
        call_details: { "Metric: short": "0", "Grader Reason": "Too short", Comment: "why?" },
      },
    });
  });
});
