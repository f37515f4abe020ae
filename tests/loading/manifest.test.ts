import { describe, expect, it } from "vitest";
import { readManifest } from "../../server/loading/reading/manifest.ts";

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

  it("names every fault", () => {
    expect(() => readManifest("files:\n  - file: a\n    grupe: x\n")).toThrow(/grupe/);
    expect(() => readManifest("files:\n  - file: a\n    group: a:b\n")).toThrow(/no group/);
    expect(() => readManifest("files:\n  - file: a\n    set: { turn: true }\n")).toThrow(/files\.0\.set/);
    expect(() => readManifest("files:\n  - file: a\n    map: nothing\n")).toThrow(/no mapping/);
    expect(() => readManifest("files: []\n")).toThrow(/files/);
    expect(() => readManifest("files: [\n")).toThrow();
    expect(() => readManifest("nothing")).toThrow(/manifest/);
  });
});
