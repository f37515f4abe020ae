import { describe, expect, it } from "vitest";
import type { LoadReport } from "../../../server/contract/loading.ts";
import { readyText, reportText } from "../../../server/loading/report-text.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { testContext } from "../../support/context.ts";
import { fileOf, judgment, load, MATERIAL, newStudy, prompt, response } from "./loading-support.ts";

const loaded = async () => {
  const context = await testContext("sqlite");
  await newStudy(context);
  return context;
};

describe("the loading report as text", () => {
  it("tells what became of each file", async () => {
    const context = await loaded();
    const columns = [
      { column: "question", takenFor: "prompt" as const },
      { column: "context", takenFor: "prompt" as const },
      { column: "answer", takenFor: "output" as const },
      { column: "year", takenFor: "metadata" as const },
    ];
    const files = [
      { ...fileOf("texts.jsonl", MATERIAL), columns },
      fileOf("judgments.csv", [judgment(1), judgment(2)]),
    ];
    expect(reportText(await load(context, files))).toBe(
      [
        "Loaded into s.",
        "",
        "texts.jsonl: loaded",
        "  6 rows, read as test",
        "  columns: prompt from question, context; output from answer",
        "  prompts: 2 read, 2 new, 0 there already",
        "  responses: 4 read, 4 new, 0 there already",
        "  of A: 2, B: 2",
        "judgments.csv: loaded",
        "  2 rows, read as test",
        "  judgments: 2 read, 2 new, 0 there already",
        "  chosen: A 2, tie 0, both bad 0",
        "  sides: left 2, right 0",
        "  judged by: 1 annotator in the group loaded (people)",
        "  1 of the judgments is a repeat: the same annotator on the same comparison; the first counts",
        "",
        "Two prompts as annotators will see them (they do not see the systems' names):",
        "  prompt: “What is a fish?”",
        "    A: “It swims.”",
        "    B: “It has fins.”",
        "  prompt: “And a bird?”",
        "    A: “It flies.”",
        "    B: “It sings.”",
      ].join("\n"),
    );
    expect(reportText(await load(context, files)).split("\n")[0]).toBe("s already has all of this.");
    expect(reportText(await load(context, files, { dryRun: true }))).toContain("dry run");
  });

  it("is there before anything is published, and only where something will be", async () => {
    const context = await loaded();
    const ready: [text: string, published: number][] = [];
    const published = async () => {
      const { loads } = await studyDetail(context, "s");
      return loads.filter(({ state }) => state === "published").length;
    };
    const onReady = async (report: LoadReport) => void ready.push([readyText(report), await published()]);
    const files = [fileOf("texts.jsonl", MATERIAL)];
    const after = reportText(await load(context, files, { onReady }));
    const [[text, before] = ["", -1]] = ready;
    expect([before, await published()]).toEqual([0, 1]);
    expect(text).toBe(
      after
        .replace("Loaded into s.", "About to load into s:")
        .replace("jsonl: loaded", "jsonl: to be loaded"),
    );
    await load(context, files, { onReady });
    await load(context, [fileOf("r", [response(1, "p9", "A", "")])], { onReady, dryRun: true });
    expect(ready).toHaveLength(1);
  });

  it("lists errors by file and line, how many more there are, and what to do", async () => {
    const context = await loaded();
    const bad = Array.from({ length: 101 }, (_, i) => ({
      problem: { row: i + 2, column: null, name: "TextNotText" as const, message: "true is not text." },
    }));
    const good = Array.from({ length: 200 }, (_, i) => prompt(i + 200, `q${i}`, `${i}?`));
    const report = await load(context, [
      fileOf("p", [prompt(1, "p1", "x"), ...bad, ...good]),
      fileOf("r", [response(1, "p1", "A", "")]),
    ]);
    const text = reportText(report);
    expect(text.split("\n")[0]).toBe("Nothing was loaded into s.");
    expect(text).toContain("p: refused, nothing loaded");
    expect(text).toContain("r: not tried, because a file before it was refused");
    expect(text).toContain("Errors:\n  p, 101 rows (lines 2, 3, 4, …): true is not text.");
    expect(text).toContain("To load the valid rows (201 of 302) and skip the others, add --skip-bad.");
  });

  it("lists what was left out, and what is worth a look", async () => {
    const context = await loaded();
    const problem = { row: 2, column: null, name: "TextNotText" as const, message: "true is not text." };
    const rows = [response(1, "p1", "A", ""), { problem }];
    const text = reportText(await load(context, fileOf("r", rows), { skipBad: true }));
    expect(text).toContain("Not loaded:\n  r, line 2: true is not text.");
    expect(text).toContain("  r, line 1: The output of A is empty.");
    expect(text).not.toContain("--skip-bad");
    expect(text).toContain("The prompt p1 has no text");
  });
});
