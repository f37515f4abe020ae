import { describe, expect, it } from "vitest";
import { fixture } from "./reading-support.ts";

const told = (records: Awaited<ReturnType<typeof fixture>>["records"]) =>
  records.map((one) => (one.kind === "response" ? [one.promptId, one.system, one.turns] : one.kind));

describe("wide files", () => {
  it("are told by the study's systems", async () => {
    const { records } = await fixture("wide.csv", { knownSystems: ["ours", "theirs"] });
    expect(told(records)).toEqual([
      "prompt",
      ["1", "ours", ["eins"]],
      ["1", "theirs", ["uno"]],
      "prompt",
      ["2", "ours", ["zwei"]],
      ["2", "theirs", [""]],
    ]);
    expect((await fixture("wide.csv", { format: "wide" })).records).toEqual(records);
  });

  it("with prose in several columns are not taken for prompts with notes", async () => {
    const { records, problems } = await fixture("outputs-or-notes.csv");
    expect(records).toEqual([]);
    expect(problems).toMatchObject([{ row: 0, name: "ColumnsUnclear" }]);
    expect(problems[0]?.message).toContain("ours and theirs");
    const plain = await fixture("outputs-or-notes.csv", { format: "plain" });
    expect(plain.records).toMatchObject([{ kind: "prompt" }, { kind: "prompt" }]);
    expect((await fixture("outputs-or-notes.csv", { format: "wide" })).records).toHaveLength(6);
    expect((await fixture("outputs-or-notes.csv", { knownSystems: ["theirs"] })).records).toHaveLength(4);
  });

  it("may lack outputs, prompts and sense", async () => {
    const { records, faults } = await fixture("wide.jsonl", {
      knownSystems: ["ours", "theirs", "constructor"],
    });
    expect(told(records)).toEqual([
      "prompt",
      "prompt",
      ["2", "ours", ["zwei", "drei"]],
      ["2", "theirs", ["dos\u2028tres"]],
      "prompt",
      ["3", "theirs", ["  "]],
      ["5", "ours", ["without its prompt"]],
    ]);
    expect(records[0]).toHaveProperty("metadata", { note: "before any output" });
    expect(faults).toEqual(["4 TextNotText", "6 SystemMissing", "7 TextNotText"]);
  });
});
