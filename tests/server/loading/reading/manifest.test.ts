import { describe, expect, it } from "vitest";
import { readManifest } from "../../../../server/loading/reading/manifest.ts";

describe("a manifest", () => {
  it("says of each file what the command line can say", () => {
    const text = [
      "files:",
      "  - prompts.jsonl",
      "  - file: votes.csv",
      "    format: plain",
      "    group: authors:author",
      "    annotator: me",
      "    map: { choice: winner, rationale: null }",
      "    set: { turn: 1, system: m }",
    ].join("\n");
    const [prompts, votes] = readManifest(text);
    expect(prompts).toMatchObject({ file: "prompts.jsonl", format: null, group: null });
    expect(votes).toMatchObject({
      format: "plain",
      group: { name: "authors", kind: "author" },
      annotator: "me",
    });
    expect([...(votes?.map ?? [])]).toEqual([
      ["choice", { column: "winner" }],
      ["rationale", { ignored: true }],
      ["turn", { constant: "1" }],
      ["system", { constant: "m" }],
    ]);
  });

  it("takes a recipe by the name of the format that it was", () => {
    const [votes] = readManifest("files:\n  - file: votes.jsonl\n    format: arena_votes\n");
    expect(votes).toMatchObject({ format: null, recipe: "arena-votes" });
  });

  it.each([
    ["files:\n  - a\n  - file: b\n    grupe: x\n", "file 2 (b): “grupe” is not known here"],
    ["files:\n  - file: a\n    group: a:b\n", "file 1 (a), group: “a:b” is no group"],
    ["files:\n  - file: a\n    set: { turn: true }\n", "file 1 (a), set, turn: must be a text or a number"],
    ["files:\n  - file: a\n    map: 3\n", "file 1 (a), map: must be a text such as ours=theirs"],
    ["files:\n  - file: a\n    map: nothing\n", "no mapping"],
    ["files:\n  - file: a\n    format: foo\n", "file 1 (a), format: must be one of alpaca_eval_outputs,"],
    ["files:\n  - system: a\n", "file 1, file: is missing (a text)"],
    ["files:\n  - 7\n", "file 1: must be fields with their values"],
    ["files: []\n", "files: names no file"],
    ["file: a\n", "files: is missing (a list)"],
    ["nothing", "at its top: must be fields with their values"],
    ["files: [\n", "The manifest is not YAML: "],
  ])("says what is wrong, and where: %j", (text, fault) => {
    expect(() => readManifest(text)).toThrow(fault);
  });
});
