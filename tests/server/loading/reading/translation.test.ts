import { describe, expect, it } from "vitest";
import { parseFieldMap } from "../../../../server/loading/reading/field-map.ts";
import { written } from "./reading-support.ts";

const HEADER = "prompt,system_a,system_b,annotator,label\n";
const votes = (labels: readonly string[], map: string) =>
  written("votes.csv", HEADER + labels.map((label) => `Q?,a,b,w,${label}\n`).join(""), {
    map: parseFieldMap(map),
    fileName: "votes.csv",
  });

describe("translated values", () => {
  it("are listed with what they were read as, as pandas writes them too", async () => {
    const { records, faults } = await votes(["1", "1.0", "2", " A++ ", ""], "winner=label{1:a|2:b|A++:a}");
    expect(faults).toEqual(["6 ChoiceUnknown"]);
    expect(records).toMatchObject([
      { choice: "left" },
      { choice: "left" },
      { choice: "right" },
      { choice: "left" },
    ]);
    const good = await votes(["1", "1", "2"], "winner=label{1:a|2:b}");
    expect(good.said).toEqual(["winner is read from label: “1” as a (2), “2” as b (1)."]);
  });

  it("that are not listed are one error, with all that were seen and the mapping that is missing", async () => {
    const { records, problems } = await votes(["1", "3", "3", "0"], "winner=label{1:a|2:b}");
    expect(records).toHaveLength(1);
    expect(problems).toEqual([
      {
        row: 0,
        column: "winner",
        name: "ValueUnknown",
        message:
          "winner is read from label, and not all of its values are listed: “3” as unknown (2), “1” as a (1), “0” as unknown (1). " +
          "Say what they mean: 'votes.csv:winner=label{1:a|2:b|3:…|0:…}', or “*” for all others.",
      },
    ]);
  });

  it("are all others where a star says so: as they are, or as one thing", async () => {
    const kept = await votes(["1", "b"], "winner=label{1:a|*}");
    expect(kept.records).toMatchObject([{ choice: "left" }, { choice: "right" }]);
    const tie = await votes(["1", "7"], "winner=label{1:a|*:tie}");
    expect(tie.records).toMatchObject([{ choice: "left" }, { choice: "tie" }]);
    expect((await votes([""], "winner=label{:tie|1:a}")).records).toMatchObject([{ choice: "tie" }]);
  });

  it("of many kinds are counted, and the first dozen shown", async () => {
    const { problems } = await votes(
      Array.from({ length: 40 }, (_, i) => String(i)),
      "winner=label{1:a|2:b}",
    );
    expect(problems[0]?.message).toContain(" and 28 more.");
  });
});
