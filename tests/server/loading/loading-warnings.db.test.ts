import { describe, expect, it } from "vitest";
import type { LoadReport } from "../../../server/contract/loading.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { contents, fileOf, load, MATERIAL, newStudy, prompt, response } from "./loading-support.ts";

const named = ({ warnings }: LoadReport, name: string) => warnings.listed.filter((one) => one.name === name);

describe.each(DATABASES)("warnings of a load on %s", (kind) => {
  it("has none where all is well", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    expect((await load(context, fileOf("f", MATERIAL))).warnings).toEqual({ listed: [], more: 0 });
  });

  it("names the prompts that a system has no output for", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const prompts = Array.from({ length: 1200 }, (_, i) => prompt(i + 1, `p${i}`, `text ${i}`));
    const answers = prompts.map(({ promptId }, i) => response(2000 + i, promptId ?? "", "A", `answer ${i}`));
    const gone = new Set([3, 10, 600, 700, 800, 1100, 1199]);
    const report = await load(context, [
      fileOf("p", prompts),
      fileOf("a", answers),
      fileOf(
        "b",
        answers.filter((_, i) => !gone.has(i)).map((one) => ({ ...one, system: "B" })),
      ),
    ]);
    expect(named(report, "OutputsMissing").map((one) => one.message)).toEqual([
      "B has no output for 7 of 1,200 prompts: p3, p10, p600, p700, p800 and 2 more.",
    ]);
  });

  it("keeps apart what belongs to another study", async () => {
    const context = await testContext(kind);
    await newStudy(context, "t");
    await newStudy(context);
    await load(
      context,
      fileOf("f", [...MATERIAL, prompt(9, "p9", "alone"), response(10, "p1", "C", "It swims.")]),
      { study: "t" },
    );
    expect((await load(context, fileOf("f", MATERIAL))).warnings.listed).toEqual([]);
  });

  it("names empty outputs and those of white space by their line", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const rows = [
      response(1, "p1", "A", ""),
      response(2, "p1", "B", " \n", ""),
      response(3, "p1", "C", "", "x"),
    ];
    const report = await load(context, fileOf("f", rows));
    expect(named(report, "OutputBlank")).toMatchObject([
      { name: "OutputBlank", file: "f", line: 1, message: "The output of A is empty." },
      { name: "OutputBlank", file: "f", line: 2, message: "The output of B has nothing but white space." },
    ]);
  });

  it("names systems that are to be compared and have no outputs", async () => {
    const context = await testContext(kind);
    await createStudy(context, { name: "s", seed: "seed", target: "A", baselines: ["B", "D"] });
    const report = await load(context, fileOf("f", MATERIAL));
    expect(named(report, "SystemWithoutOutputs").map((one) => one.message)).toEqual([
      "No outputs of D are loaded. There are outputs of A, B.",
    ]);
  });

  it("names identical outputs where they meet in a comparison", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    await load(context, fileOf("first", [...MATERIAL, response(7, "p1", "C", "It swims.")]));
    const report = await load(
      context,
      fileOf("second", [response(1, "p2", "C", "It sings."), response(2, "p1", "D", "d")]),
    );
    expect(named(report, "OutputsIdentical")).toMatchObject([{ file: "second", line: 1 }]);
    expect(named(report, "OutputsIdentical")[0]?.message).toMatch(/^The outputs of B, C for the prompt “p2”/);
  });

  it("leaves identical outputs out that the study does not compare", async () => {
    const context = await testContext(kind);
    await createStudy(context, { name: "s", seed: "seed", target: "A", baselines: ["B", "C"] });
    const rows = [...MATERIAL, response(7, "p1", "C", "It has fins."), response(8, "p2", "C", "It flies.")];
    const report = await load(context, fileOf("f", rows));
    expect(named(report, "OutputsIdentical").map((one) => one.line)).toEqual([8]);
  });

  it("keeps them with the load", async () => {
    const context = await testContext(kind);
    await newStudy(context);
    const report = await load(context, [fileOf("p", MATERIAL), fileOf("q", [prompt(1, "p3", "x")])]);
    const loads = (await contents(context)).load as { file_name: string; report: string }[];
    const last = JSON.parse(loads.at(-1)?.report ?? "") as LoadReport;
    expect(last.files).toEqual([report.files[0]]);
    expect(last.warnings).toEqual(report.warnings);
    expect(report.warnings.listed).toHaveLength(2);
  });
});
