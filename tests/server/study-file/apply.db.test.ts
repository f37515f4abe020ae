import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { StudyFile } from "../../../server/contract/study-file.ts";
import { applyStudyFile, studiesOf } from "../../../server/study-file/apply.ts";
import { parseStudyFile, studyFileOf } from "../../../server/study-file/text.ts";
import { listRevisions } from "../../../server/studies/amendments/revisions.ts";
import { studyDetail } from "../../../server/studies/detail.ts";
import { DATABASES, testContext } from "../../support/context.ts";
import { openStudy } from "../../support/study.ts";

const FILE = `
study: haiku
title: Which haiku is better?
protocol:
  pairs: { target: ours, baselines: [theirs] }
  groups:
    - { name: crowd, kind: crowd, judgments: 2, sharedJudgments: 2, judgmentsPerAnnotator: 40, headline: true }
files: [ours.jsonl, { file: theirs.jsonl }]
systems: { ours: Model A }
state: open
`;

function filesOf(folder: string, names: readonly string[]) {
  const options = { format: null, map: new Map(), system: null, group: null, annotator: null };
  return names.map((name) => ({ path: path.join(folder, name), options: { ...options, fileName: name } }));
}

function folderOf(outputs: Record<string, string>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "study-file-"));
  for (const [system, output] of Object.entries(outputs))
    fs.writeFileSync(path.join(folder, `${system}.jsonl`), `{"prompt":"rain","output":${output}}\n`);
  return folder;
}

describe.each(DATABASES)("a study's file, applied on %s", (kind) => {
  it("shows what would change, does it, and changes nothing the second time", async () => {
    const context = await testContext(kind);
    const folder = folderOf({ ours: '"x"', theirs: '"y"' });
    const files = filesOf(folder, ["ours.jsonl", "theirs.jsonl"]);
    const apply = (file: StudyFile, dryRun = false) =>
      applyStudyFile(studiesOf(context, "test"), { file, files, dryRun });
    const file = parseStudyFile(FILE, "study.yaml");
    const all = [
      ...["create the study haiku", "load ours.jsonl", "load theirs.jsonl"],
      ...["call ours “Model A” in reports", "open the study"],
    ];
    expect((await apply(file, true)).changes).toEqual(all);
    expect((await apply(file)).changes).toEqual(all);
    expect((await apply(file)).changes).toEqual([]);
    expect(await studyDetail(context, "haiku")).toMatchObject({ state: "open", prompts: 1, wanted: 2 });

    const printed = parseStudyFile(studyFileOf(await studyDetail(context, "haiku")), "printed");
    expect((await apply(printed)).changes).toEqual([]);
    const titled = { ...file, title: "Which is it?" };
    expect((await apply(titled)).changes).toHaveLength(1);
    await expect(apply({ ...file, protocol: { ...file.protocol, turns: "each" } })).rejects.toThrow(
      /cannot be amended so:\n.*turns/,
    );
    expect((await studyDetail(context, "haiku")).publicTitle).toBe("Which is it?"); // nothing of it was done
    const more = { ...file, protocol: { ...file.protocol, recruitment: "friends" } };
    await expect(apply(more)).rejects.toThrow(/needs a reason/);
    const reason = "nobody had said";
    const amended = { file: more, files, dryRun: false, reason };
    expect((await applyStudyFile(studiesOf(context, "test"), amended)).changes).toContain(
      "amend the study: Changed settings: recruitment",
    );
    expect((await applyStudyFile(studiesOf(context, "test"), amended)).changes).not.toContainEqual(
      expect.stringContaining("amend"),
    );
    for (const system of ["ours", "theirs"])
      fs.appendFileSync(
        path.join(folder, `${system}.jsonl`),
        `{"prompt":"law","output":"${system} on law"}\n`,
      );
    expect((await apply(more)).report).toMatchObject({
      done: false,
      errors: { listed: [{ name: "ReasonMissing" }] },
    });
    expect((await applyStudyFile(studiesOf(context, "test"), amended)).changes).toEqual([
      ...["load ours.jsonl", "load theirs.jsonl"],
      "amend the study: 1 more prompt, 1 more comparison",
    ]);
    expect(await listRevisions(context, "haiku")).toMatchObject([
      ...[{ revision: 1 }, { revision: 2, reason }],
      { revision: 3, reason, changes: [{ kind: "material" }] },
    ]);
  });

  it("changes only what a draft's file has, and stops where files are refused", async () => {
    const context = await testContext(kind);
    const folder = folderOf({ ours: '"x"', theirs: "" });
    const files = filesOf(folder, ["ours.jsonl", "theirs.jsonl"]);
    const file = parseStudyFile(FILE, "study.yaml");
    const request = { file, files, dryRun: false, by: "test" };
    const refused = await applyStudyFile(studiesOf(context, "test"), request);
    expect([refused.changes, refused.report?.done]).toEqual([["create the study haiku"], false]);
    const changed = { study: "haiku", protocol: { sharedPrompts: 1 } };
    const { changes } = await applyStudyFile(studiesOf(context, "test"), {
      ...request,
      files: [],
      file: changed,
    });
    expect(changes).toEqual(["change the protocol: sharedPrompts"]);
    expect(await studyDetail(context, "haiku")).toMatchObject({
      ...{ state: "draft", prompts: 0, protocol: { sharedPrompts: 1, groups: [{ judgments: 2 }] } },
    });
  });

  it("loads no file where the study's work refuses the amendment", async () => {
    const context = await testContext(kind);
    const { desk, tokens } = await openStudy(context, {
      ...{ prompts: 2, baselines: 1, annotators: 1 },
      protocol: { sharedPrompts: 1 },
    });
    await desk.workFor(tokens[0]!, []);
    const files = filesOf(folderOf({ t: '"x"', b0: '"y"' }), ["t.jsonl", "b0.jsonl"]);
    const file = { study: "s", protocol: { sharedPrompts: 0 } };
    const applied = applyStudyFile(studiesOf(context, "test"), { file, files, dryRun: false, reason: "why" });
    await expect(applied).rejects.toThrow("given pairs of 1 shared prompt;");
    expect(await studyDetail(context, "s")).toMatchObject({ prompts: 2, loads: [{}] });
  });

  it("is refused with the place of every fault", () => {
    expect(() => parseStudyFile("study: 's'\nprotocl: {}\nstate: closed", "study.yaml")).toThrow(
      /study\.yaml cannot be used:\n {2}state: must be open\n {2}at its top: “protocl” is not known here/,
    );
  });
});
