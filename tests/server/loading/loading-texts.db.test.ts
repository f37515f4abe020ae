import { describe, expect, it } from "vitest";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, fileOf, load, MATERIAL, newStudy, prompt, response } from "./loading-support.ts";

describe.each(DATABASES)("loading texts on %s", (kind) => {
  it("keeps prompts and responses, and says how many", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const report = await load(context, fileOf("all.jsonl", MATERIAL));
    expect(report).toMatchObject({ study: "s", done: true, dryRun: false, errors: { listed: [], more: 0 } });
    expect(report.files).toEqual([
      {
        file: "all.jsonl",
        format: "test",
        outcome: "published",
        rows: 6,
        prompts: { read: 2, new: 2, unchanged: 0 },
        responses: { read: 4, new: 4, unchanged: 0 },
        answers: { read: 0, new: 0, unchanged: 0 },
        judgments: { read: 0, new: 0, unchanged: 0 },
        repeats: 0,
        leftOut: 0,
        verdicts: null,
        judgedBy: [],
        outputs: [
          { system: "A", responses: 2 },
          { system: "B", responses: 2 },
        ],
        columns: [],
        kept: [],
      },
    ]);
    const { response: rows, load: loads, study_change: changes } = await contents(context);
    expect(rows).toMatchObject([
      { turns: '["It swims."]', turn_count: 1, blank: 0, load_row: 3 },
      {},
      {},
      {},
    ]);
    expect(loads).toMatchObject([{ state: "published", file_name: "all.jsonl" }]);
    expect(changes).toMatchObject([{ kind: "load", by_whom: "owner" }]);
  });

  it("says that there is no such study, and which there are", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await expect(load(context, fileOf("f", MATERIAL), { study: "other" })).rejects.toMatchObject({
      name: "StudyNotFound",
      message: "There is no study “other”. Existing studies: s.",
    });
  });

  it("changes nothing when the same file comes again", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("f", MATERIAL));
    const before = await contents(context);
    const report = await load(context, fileOf("f", MATERIAL));
    expect(report.files[0]).toMatchObject({
      outcome: "unchanged",
      prompts: { read: 2, new: 0, unchanged: 2 },
      responses: { read: 4, new: 0, unchanged: 4 },
    });
    expect(report.done).toBe(true);
    expect(await contents(context)).toEqual(before);
  });

  it("loads prompts first, then responses, whatever order the files come in", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const byText = { ...response(1, "", "A", "It swims."), promptId: null, promptTurns: ["What is a fish?"] };
    const report = await load(context, [
      fileOf("answers", [byText]),
      fileOf("prompts", MATERIAL.slice(0, 2)),
    ]);
    expect(report.files.map((file) => file.file)).toEqual(["answers", "prompts"]);
    const { prompt: prompts, response: responses } = await contents(context);
    expect(prompts).toMatchObject([{ external_id: "p1" }, { external_id: "p2" }]);
    expect(responses).toMatchObject([{ prompt_id: (prompts?.[0] as { id: number }).id }]);
  });

  it("gives a text without an id one made from the text, once", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const rows = ["A", "B"].map((system, i) => ({
      ...response(i + 1, "", system, `of ${system}`),
      promptId: null,
      promptTurns: ["U+2028 \u2028 is text"],
    }));
    const report = await load(context, [fileOf("a", rows.slice(0, 1)), fileOf("b", rows.slice(1))]);
    expect(report.files.map((file) => file.prompts)).toEqual([
      { read: 1, new: 1, unchanged: 0 },
      { read: 1, new: 0, unchanged: 1 },
    ]);
    const { prompt: prompts, prompt_text: texts } = await contents(context);
    expect(prompts).toMatchObject([{ external_id: expect.stringMatching(/^text-[0-9a-f]{12}$/) as string }]);
    expect(texts).toMatchObject([{ turns: '["U+2028 \u2028 is text"]' }]);
  });

  it("refuses one id with two texts, shows both, and publishes nothing of the file", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const long = "The same long beginning of both, which is more than a screen is wide, ";
    await load(context, fileOf("first", [prompt(7, "p1", `${long}then this.`)]));
    const before = await contents(context);
    const report = await load(
      context,
      fileOf("second", [prompt(1, "p0", "new"), prompt(2, "p1", `${long}then that.`)]),
    );
    expect(report.done).toBe(false);
    expect(report.files[0]).toMatchObject({ outcome: "refused", leftOut: 1 });
    expect(report.errors.listed).toMatchObject([{ name: "PromptConflict", file: "second", line: 2 }]);
    const { message } = report.errors.listed[0] ?? { message: "" };
    expect(message).toContain("then that.");
    expect(message).toContain("then this.");
    expect(message).toContain("first, line 7");
    expect(message).not.toContain("--near");
    const after = await contents(context);
    expect(after).toEqual({ ...before, load: [...(before.load ?? []), after.load?.[1]] });
    expect(after.load?.[1]).toMatchObject({
      state: "failed",
      report: expect.stringContaining("PromptConflict") as string,
    });
  });

  it("names the option that takes two texts of one id as one where they differ in white space alone", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("first", [prompt(1, "p1", "Name a fish.")]));
    const report = await load(context, fileOf("second", [prompt(1, "p1", "Name a  fish. ")]));
    expect(report.errors.listed[0]?.message).toMatch(/has two texts: .* add --near\.$/);
  });

  it("refuses two different outputs for one prompt and system, within a file and across files", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("first", MATERIAL));
    const report = await load(
      context,
      fileOf("second", [
        response(1, "p1", "A", "It drowns."),
        response(2, "p3", "A", "one"),
        response(3, "p3", "A", "two"),
        response(4, "p3", "A", "one"),
      ]),
    );
    expect(report.errors.listed.map(({ name, line }) => [name, line])).toEqual([
      ["ResponseConflict", 1],
      ["ResponseConflict", 3],
    ]);
    expect(report.errors.listed[0]?.message).toMatch(/It drowns.*It swims.*first, line 3/);
    expect(report.errors.listed[1]?.message).toMatch(/two.*one.*second, line 2/);
    expect((await contents(context)).response).toHaveLength(4);
  });

  it("takes the good rows of a bad file when asked, and keeps the first of two that differ", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const rows = [
      response(1, "p1", "A", "one"),
      { problem: { row: 2, column: "output", name: "NotText", message: "true is not text." } },
      response(3, "p1", "A", "two"),
      response(4, "p1", "B", "three"),
    ];
    const report = await load(context, fileOf("f", rows), { skipBad: true });
    expect(report.done).toBe(true);
    expect(report.files[0]).toMatchObject({
      outcome: "published",
      rows: 4,
      leftOut: 2,
      responses: { new: 2 },
    });
    expect(report.errors.listed.map(({ name, line }) => [name, line])).toEqual([
      ["NotText", 2],
      ["ResponseConflict", 3],
    ]);
    expect((await contents(context)).response).toMatchObject([{ turns: '["one"]' }, { turns: '["three"]' }]);
  });

  it("refuses a file that is wrong as a whole, also when bad rows are skipped", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const problem = { row: 0, column: null, name: "FieldUnknown", message: "There is no field “x”." };
    const report = await load(context, fileOf("f", [{ problem }]), { skipBad: true });
    expect(report).toMatchObject({ done: false, files: [{ outcome: "refused" }] });
  });

  it("loads nothing of a call when one of its files is refused, and does not try those that build on it", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const bad = { problem: { row: 1, column: null, name: "NotText", message: "no" } };
    const report = await load(context, [
      fileOf("answers", [response(1, "p1", "A", "x")]),
      fileOf("bad", [bad, prompt(2, "p1", "x")]),
      fileOf("good", [prompt(1, "p2", "y")]),
    ]);
    expect(report.files.map((file) => file.outcome)).toEqual(["not tried", "refused", "held back"]);
    expect((await contents(context)).prompt).toEqual([]);
  });

  it("lists the first hundred errors and counts the rest", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const bad = Array.from({ length: 250 }, (_, i) => ({
      problem: { row: i + 1, column: "c", name: "NotText", message: `no ${i}` },
    }));
    const { errors, files } = await load(context, fileOf("f", bad));
    expect(errors.listed).toHaveLength(100);
    expect(errors.more).toBe(150);
    expect(files[0]).toMatchObject({ rows: 250, leftOut: 250 });
  });

  it("says once what is wrong with many rows", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const bad = Array.from({ length: 250 }, (_, i) => ({
      problem: { row: i + 4, column: "c", name: "NotText", message: "no" },
    }));
    const { errors } = await load(context, fileOf("f", bad));
    expect(errors).toEqual({
      listed: [{ name: "NotText", file: "f", line: 4, message: "no", rows: 250, lines: [4, 5, 6] }],
      more: 0,
    });
  });

  it("treats names that mean something to JavaScript as names", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const names = ["__proto__", "constructor", "toString"];
    const rows = names.flatMap((name, i) => [
      prompt(2 * i + 1, name, `text of ${name}`),
      response(2 * i + 2, name, name, "answer"),
    ]);
    expect((await load(context, fileOf("f", rows))).done).toBe(true);
    const { prompt: prompts, system: systems, prompt_text: texts } = await contents(context);
    expect(prompts).toMatchObject(names.map((external_id) => ({ external_id })));
    expect(systems).toMatchObject(names.map((name) => ({ name, display_name: name, role: "contender" })));
    expect(texts).toHaveLength(3);
  });

  it("refuses names that a database cannot hold", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const rows = [prompt(1, "a\0b", "x"), prompt(2, "\ud800", "x"), response(3, "p", "x".repeat(501), "x")];
    const { errors } = await load(context, fileOf("f", rows));
    expect(errors.listed.map(({ name, line, rows: n }) => [name, line, n])).toEqual([
      ["NameNotUsable", 1, 2],
      ["NameNotUsable", 3, 1],
    ]);
  });

  it("keeps texts to the character, NUL and long ones too", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const texts = ["a\0b", "\u2028", "🐟 ", "x".repeat(5_000_000), "", " \n"];
    await load(
      context,
      fileOf(
        "f",
        texts.map((text, i) => response(i + 1, `p${i}`, "A", text)),
      ),
    );
    const rows = (await contents(context)).response as { turns: string; blank: number }[];
    expect(rows.map((row) => (JSON.parse(row.turns) as string[])[0])).toEqual(texts);
    expect(rows.map((row) => row.blank)).toEqual([0, 1, 0, 0, 1, 1]);
  });

  it("keeps the other columns that came first, and says when later ones differ", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const first = { ...prompt(1, "p1", "x"), source: "reddit", metadata: { category: "advice" } };
    await load(context, fileOf("first", [first]));
    const { warnings } = await load(
      context,
      fileOf("second", [{ ...first, metadata: { category: "other" } }, prompt(2, "p2", "y")]),
    );
    expect(warnings.listed).toMatchObject([{ name: "OtherColumnsNotKept", file: "second", line: 1 }]);
    const { prompt_text: texts } = await contents(context);
    expect(texts?.[0]).toMatchObject({ metadata: '{"source":"reddit","category":"advice"}' });
  });

  it("warns of an empty file", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const report = await load(context, fileOf("f", []));
    expect(report).toMatchObject({ done: true, warnings: { listed: [{ name: "FileEmpty" }] } });
  });
});
