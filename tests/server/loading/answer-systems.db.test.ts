import { describe, expect, it } from "vitest";
import { DATABASES, testContext } from "../../support/context.ts";
import { counted, fileOf, judgment, load, newStudy, prompt, response } from "./loading-support.ts";

const answered = (system: string, ...ids: (string | number)[]) =>
  fileOf(
    `${system}.jsonl`,
    ids.map((answer_id, i) => ({
      ...response(i + 1, `p${i + 1}`, system, `${system} says ${i}.`),
      metadata: { answer_id },
    })),
  );
const reviewed = (...pairs: [left: string, right: string][]) =>
  fileOf(
    "reviews.jsonl",
    pairs.map(([leftSystem, rightSystem], i) =>
      judgment(i + 1, {
        promptId: `p${i + 1}`,
        leftSystem,
        rightSystem,
        isByAnswers: true,
        judgmentId: `r${i}`,
      }),
    ),
  );
const prompts = fileOf("prompts", [prompt(1, "p1", "One?"), prompt(2, "p2", "Two?")]);

describe.each(DATABASES)("judgments that name their systems by answers, on %s", (kind) => {
  it("find them in the files of the same command, in a study that has them, and in a dry run", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const answers = [prompts, answered("A", "a1", 12), answered("B", "b1", "b2")];
    const reviews = reviewed(["a1", "b1"], ["b2", "12"]);
    const dry = await load(context, [reviews, ...answers], { dryRun: true });
    expect(dry.done).toBe(true);
    const report = await load(context, [reviews, ...answers]);
    expect(report.errors.listed).toEqual([]);
    expect(report.files[0]?.verdicts?.won).toEqual([
      { system: "A", judgments: 1 },
      { system: "B", judgments: 1 },
    ]);
    expect(await counted(context)).toMatchObject([
      { prompt: "p1", left: "A", choice: "left" },
      { prompt: "p2", left: "B", choice: "left" },
    ]);
    const again = await load(context, reviews);
    expect(again.files[0]).toMatchObject({ outcome: "unchanged", judgments: { unchanged: 2 } });
  });

  it("are refused by row where an answer is unknown, or is one to another prompt", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const none = await load(context, reviewed(["a1", "b1"]));
    expect(none.done).toBe(false);
    expect(none.errors.listed[0]?.message).toContain(
      "No answer with the id in answer1_id or answer2_id is loaded",
    );
    await load(context, [prompts, answered("A", "a1", "a2"), answered("B", "b1", "b2")]);
    const report = await load(context, reviewed(["a1", "b1"], ["a1", "b2"]), { skipBad: true });
    expect(report.files[0]).toMatchObject({ outcome: "published", leftOut: 1, judgments: { new: 1 } });
    expect(report.errors.listed).toMatchObject([{ name: "SystemMissing", line: 2 }]);
    expect(report.errors.listed[0]?.message).toContain("FILE:system_a:=FIRST,system_b:=SECOND");
  });

  it("may stand beside remarks of rows, which are warnings", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, [prompts, answered("A", "a1"), answered("B", "b1")]);
    const remark = (row: number) => ({ remark: { row, name: "VerdictMissing", message: "No verdict." } });
    const one = { record: judgment(2, { leftSystem: "a1", rightSystem: "b1", isByAnswers: true }) };
    const report = await load(context, fileOf("reviews", [remark(1), one, remark(3)]));
    expect(report.files[0]).toMatchObject({ rows: 3, leftOut: 0, judgments: { new: 1 } });
    expect(report.warnings.listed).toContainEqual(
      expect.objectContaining({ name: "VerdictMissing", rows: 2, lines: [1, 3] }),
    );
    const empty = await load(context, fileOf("no verdicts", [remark(1), remark(2)]), { skipBad: true });
    expect(empty.done).toBe(false);
    expect(empty.errors.listed).toMatchObject([{ name: "NothingRead", line: 0 }]);
  });
});
