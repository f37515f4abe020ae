import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../server/context.ts";
import { loadFiles } from "../../../server/loading/load-files.ts";
import type { FormatName } from "../../../server/loading/reading/options.ts";
import { summaryLines } from "../../../server/export/summary.ts";
import { createStudy } from "../../../server/studies/study.ts";
import { testContext } from "../../support/context.ts";
import { exported, rowsOf } from "./export-support.ts";
import { judgment, load, prompt, response, fileOf } from "../loading/loading-support.ts";

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

const AT = "2026-01-02T03:04:05.500Z";
const MATERIAL = [
  {
    ...prompt(1, "81", "Name a fish.", "And another."),
    metadata: { source: "authors", language: "English" },
  },
  { ...prompt(2, "p 2", "=1+1"), metadata: { system_message: "Be brief." } },
  prompt(3, "same", "Same?"),
  response(4, "81", "ours", "Cod.", "Hake."),
  response(5, "81", "theirs", "Cod.", "None."),
  response(6, "81", "third", "Eel.", "Ray."),
  response(7, "p 2", "ours", "2"),
  response(8, "p 2", "theirs", "3\u2028!"),
  response(9, "same", "ours", "yes"),
  response(10, "same", "theirs", "yes"),
];
const common = { createdAt: AT, leftSystem: "ours", rightSystem: "theirs", annotator: "author_1" };
const JUDGMENTS = [
  judgment(1, { ...common, promptId: "81", choice: "left" }),
  judgment(2, { ...common, promptId: "81", turn: 1, rightSystem: "third", choice: "right" }),
  judgment(3, { ...common, promptId: "p 2", leftSystem: "theirs", rightSystem: "ours", choice: "tie" }),
  judgment(4, { ...common, promptId: "p 2", annotator: "x", choice: "both_bad", sideKnown: false }),
  judgment(5, { ...common, promptId: "81", leftSystem: "third", rightSystem: "ours", choice: "right" }),
  judgment(6, { ...common, promptId: "81", leftSystem: "third", rightSystem: "theirs", choice: "left" }),
  judgment(7, { ...common, promptId: "same", choice: "left" }),
  judgment(8, { ...common, promptId: "never", choice: "right" }),
];

describe("what other programs read", () => {
  let context: Context;
  beforeAll(async () => {
    context = await testContext("sqlite");
    await createStudy(context, { name: "ugly", seed: "s", target: "ours", baselines: ["theirs", "third"] });
    const files = [fileOf("texts", MATERIAL), fileOf("judgments", JUDGMENTS)];
    expect((await load(context, files, { study: "ugly" })).done).toBe(true);
  });

  it("has the fields of Arena battles", async () => {
    const { text, summary } = await exported(context, "arena");
    const rows = JSON.parse(text) as Record<string, unknown>[];
    expect(rows).toHaveLength(8);
    expect(rows[0]).toEqual({
      ...{ question_id: "81", model_a: "ours", model_b: "theirs", winner: "model_a", judge: "author_1" },
      group: "loaded",
      conversation_a: [user("Name a fish."), assistant("Cod."), user("And another."), assistant("Hake.")],
      conversation_b: [user("Name a fish."), assistant("Cod."), user("And another."), assistant("None.")],
      ...{ turn: 2, anony: true, language: "English", tstamp: 1767323045.5 },
    });
    expect(rows.map((row) => row.winner)).toEqual([
      ...["model_a", "model_b", "tie", "tie (bothbad)", "model_b", "model_a", "model_a", "model_b"],
    ]);
    expect(rows[7]).toMatchObject({ conversation_a: [], conversation_b: [], language: null });
    expect(summary.changed).toContainEqual({ what: "written as if the side were known", judgments: 1 });
    expect(summaryLines(summary).join("\n")).toContain("arena cannot carry: judgments that");
  });

  it("has the fields of MT-Bench's human judgments", async () => {
    const { text, summary } = await exported(context, "mt-bench");
    const rows = rowsOf(text);
    expect(Object.keys(rows[0]!)).toEqual([
      ...["question_id", "model_a", "model_b", "winner", "judge", "group"],
      ...["conversation_a", "conversation_b", "turn"],
    ]);
    expect(rows.map((row) => row.question_id)).toEqual([81, 81, "p 2", "p 2", 81, 81, "same", "never"]);
    expect(rows[3]!.winner).toBe("tie");
    expect(summary.changed).toContainEqual({ what: "“both bad” is written as a tie", judgments: 1 });
  });

  it("has the fields of AlpacaEval's annotations, for the target's pairs", async () => {
    const { text, summary } = await exported(context, "alpaca-eval");
    const rows = JSON.parse(text) as Record<string, unknown>[];
    expect(rows[0]).toEqual({
      ...{ instruction: "Name a fish.", output_1: "Eel.", generator_1: "third", dataset: "authors" },
      ...{ output_2: "Cod.", generator_2: "ours", annotator: "author_1", preference: 1 },
      ...{ prompt_id: "81", group: "loaded" },
    });
    const said = rows.map((row) => [row.generator_1, row.generator_2, row.output_2, row.preference]);
    expect(said).toEqual([
      ["third", "ours", "Cod.", 1],
      ["theirs", "ours", "2", 1.5],
      ["theirs", "ours", "2", 1.5],
      ["theirs", "ours", "yes", 2],
    ]);
    expect(summary.leftOut).toEqual([
      { what: "about a later turn, for which there is no place", judgments: 2 },
      { what: "of pairs without the target", judgments: 1 },
      { what: "about texts that were never loaded", judgments: 1 },
    ]);
  });

  it("has no AlpacaEval where no system is the target", async () => {
    await createStudy(context, { name: "all pairs" });
    await expect(exported(context, "alpaca-eval", { study: "all pairs" })).rejects.toThrow("one target");
  });

  it("has TRL's explicit prompts: what both sides share is the prompt", async () => {
    const { text, summary } = await exported(context, "dpo");
    const rows = rowsOf(text);
    expect(rows[0]).toEqual({
      prompt: [user("Name a fish."), assistant("Cod."), user("And another.")],
      chosen: [assistant("Hake.")],
      rejected: [assistant("None.")],
    });
    expect(rows[1]).toEqual({
      prompt: [user("Name a fish.")],
      chosen: [assistant("Eel.")],
      rejected: [assistant("Cod.")],
    });
    expect(rows[2]).toEqual({
      prompt: [user("Name a fish.")],
      chosen: [assistant("Cod."), user("And another."), assistant("Hake.")],
      rejected: [assistant("Eel."), user("And another."), assistant("Ray.")],
    });
    expect(rows).toHaveLength(4);
    expect(summary.leftOut).toEqual([
      { what: "ties", judgments: 2 },
      { what: "about two responses that are the same", judgments: 1 },
      { what: "about texts that were never loaded", judgments: 1 },
    ]);
  });

  it("keeps ties aside where asked", async () => {
    const { file, summary } = await exported(context, "dpo", { ties: "keep" });
    const beside = file.replace(".jsonl", ".ties.jsonl");
    expect(summary.files).toEqual([
      { path: file, rows: 4 },
      { path: beside, rows: 2 },
    ]);
    const prompted = { prompt: [{ role: "system", content: "Be brief." }, user("=1+1")] };
    expect(rowsOf(fs.readFileSync(beside, "utf8"))).toEqual([
      { ...prompted, response_a: [assistant("3\u2028!")], response_b: [assistant("2")], both_bad: false },
      { ...prompted, response_a: [assistant("2")], response_b: [assistant("3\u2028!")], both_bad: true },
    ]);
  });

  it("has TRL's unpaired preferences, where two bad ones are both undesirable", async () => {
    const { text, summary } = await exported(context, "kto");
    const rows = rowsOf(text);
    expect(rows[0]).toEqual({
      prompt: [user("Name a fish."), assistant("Cod."), user("And another.")],
      completion: [assistant("Hake.")],
      label: true,
    });
    expect(rows.map((row) => row.label)).toEqual([
      ...[true, false, false, true, false, false, false, true, true, false, true, false],
    ]);
    expect(summary.leftOut).toContainEqual({ what: "ties", judgments: 1 });
    expect(summary.files[0]!.rows).toBe(12);
  });

  it.each([
    ["arena", "arena_battles", 8],
    ["mt-bench", "fastchat_judgments", 8],
    ["alpaca-eval", "alpaca_eval_annotations", 4],
  ] as const)("can be loaded again from %s", async (as, format: FormatName, judgments) => {
    const { file } = await exported(context, as);
    const study = `again ${as}`;
    await createStudy(context, { name: study, target: "ours", baselines: ["theirs", "third"] });
    const none = { system: null, group: null, annotator: null };
    const options = { format: null, map: new Map(), ...none, fileName: file };
    const report = await loadFiles(context, {
      study,
      files: [{ path: file, options }],
      ...{ dryRun: false, skipBad: false, yes: false },
    });
    expect(report.errors.listed).toEqual([]);
    expect(report.files[0]).toMatchObject({ format, outcome: "published", judgments: { new: judgments } });
  });

  it.each([
    [{ as: "jsonl", spreadsheetSafe: true }, "--as csv"],
    [{ as: "kto", ties: "keep" }, "--as dpo"],
    [{ as: "texts", group: "loaded" }, "--group"],
  ] as const)("refuses %o", async (over, says) => {
    await expect(exported(context, over.as, over)).rejects.toThrow(says);
  });

  it("refuses ties beside standard output", async () => {
    const to = { stream: process.stdout };
    await expect(exported(context, "dpo", { ties: "keep", to })).rejects.toThrow("--out");
  });
});
