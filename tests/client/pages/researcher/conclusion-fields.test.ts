import { describe, expect, it } from "vitest";
import {
  analysisOf,
  type ConclusionFields,
  fieldsOf,
  LOOKS_PATTERN,
} from "../../../../client/pages/researcher/conclusion-fields.ts";
import { analysisSchema } from "../../../../server/contract/studies.ts";
import { DEFAULT_ANALYSIS } from "../../../../server/studies/default-protocol.ts";

const NOTHING: ConclusionFields = { test: "tTest", margin: "", looks: "", spending: "obrienFleming" };

describe("the form of the conclusion", () => {
  it("leaves a protocol as it was where nothing is typed, without a key more", () => {
    expect(fieldsOf(DEFAULT_ANALYSIS)).toEqual(NOTHING);
    expect(JSON.stringify(analysisOf(NOTHING, DEFAULT_ANALYSIS))).toBe(JSON.stringify(DEFAULT_ANALYSIS));
  });

  it.each([
    [{ margin: "0.05" }, { margin: 0.05 }],
    [{ looks: "50" }, { looks: { at: [0.5], spending: "obrienFleming" } }],
    [{ looks: "33.3, 67", spending: "pocock" }, { looks: { at: [0.333, 0.67], spending: "pocock" } }],
    [{ test: "signTest" }, { test: "signTest" }],
  ] as const)("declares %o as %o, and shows that again as it was typed", (typed, declared) => {
    const fields = { ...NOTHING, ...typed };
    const analysis = analysisSchema.parse(analysisOf(fields, DEFAULT_ANALYSIS));
    expect(analysis).toEqual({ ...DEFAULT_ANALYSIS, ...declared });
    expect(fieldsOf(analysis)).toEqual(fields);
    expect(analysisOf(NOTHING, analysis)).toEqual(DEFAULT_ANALYSIS);
  });

  it("takes one or two shares below 100, and no others", () => {
    const isTaken = (text: string) => new RegExp(`^(?:${LOOKS_PATTERN})$`, "v").test(text);
    expect(["50", " 33 , 67.5 "].map(isTaken)).toEqual([true, true]);
    expect(["", "100", "20,40,60", "0.5 0.7", "half"].map(isTaken)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
