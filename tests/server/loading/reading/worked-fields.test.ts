import { describe, expect, it } from "vitest";
import { written } from "./reading-support.ts";

const judged = async (fields: object, names = false) => {
  const systems = names
    ? { system_a: "a", system_b: "b", winner: "tie" }
    : { left_system: "a", right_system: "b", choice: "tie" };
  const row = { prompt_id: 1, ...systems, annotator: "n", ...fields };
  const { records, faults } = await written("worked.jsonl", `${JSON.stringify(row)}\n`);
  const [record] = records;
  return { record: record?.kind === "judgment" ? record : null, faults };
};

describe("how an annotator worked", () => {
  it.each([
    [1234, 1234],
    ["1234", 1234],
    [1234.5, 1235],
    [0, 0],
    [2147483647, 2147483647],
    [null, null],
    ["", null],
  ])("is read from active_ms %s as %s ms, and is no metadata", async (given, ms) => {
    for (const names of [false, true]) {
      const { record } = await judged({ active_ms: given, language: "zh", wave: 2 }, names);
      expect(record).toMatchObject({ activeMs: ms, language: "zh", metadata: { wave: 2 } });
      expect(Object.keys(record!.metadata)).toEqual(["wave"]);
    }
  });

  it.each([-1, 2147483648, "12 s", "-3", true, [1], "1e3", "Infinity"])(
    "is refused where active_ms is %s",
    async (given) => {
      expect(await judged({ active_ms: given })).toEqual({ record: null, faults: ["1 TimeWrong"] });
    },
  );

  it("is not there where nothing says so", async () => {
    expect((await judged({})).record).toMatchObject({ activeMs: null, language: null });
    expect((await judged({ language: true })).faults).toEqual(["1 TextNotText"]);
  });
});
