import { describe, expect, it } from "vitest";
import { scrubJson, scrubReport, scrubText } from "../../../server/leaving/scrub.ts";

const ids = ["5f00aa11bb22cc33dd44ee55"];
const anna = new Map([["Anna B.", "annotator-3"]]);
const me = new Map([["me", "annotator-1"]]);
const nobody = new Map<string, string>();

describe("texts of the owner without the traces of somebody", () => {
  it.each([
    [`${ids[0]} used a chatbot`, nobody, "[erased] used a chatbot"],
    [`see x${ids[0]}`, nobody, `see x${ids[0]}`],
    ["Anna B. is an author", anna, "annotator-3 is an author"],
    ["Savannah B. is a place", anna, "Savannah B. is a place"],
    ["Anna B.", anna, "annotator-3"],
    ["me", me, "annotator-1"],
    ["give me a word", me, "give me a word"],
  ])("%s", (text, names, clean) => {
    expect(scrubText(text, { ids, names })).toBe(clean);
  });

  it("keep the shape of JSON, numbers and order", () => {
    const detail = { annotator: "Anna B.", list: [1.5, null, true, `by ${ids[0]}`] };
    expect(scrubJson(JSON.stringify(detail), { ids, names: anna })).toBe(
      '{"annotator":"annotator-3","list":[1.5,null,true,"by [erased]"]}',
    );
  });

  it("of many people go in one pass, and JSON without any of them stays the same text", () => {
    const many = Array.from({ length: 200 }, (_, i) => [`person ${i} of a file`, `annotator-${i}`] as const);
    const traces = { ids, names: new Map(many) };
    const detail = { annotators: many.map(([was]) => was), rule: `person 7 of a file and ${ids[0]}` };
    expect(JSON.parse(scrubReport(JSON.stringify(detail), traces))).toEqual({
      annotators: many.map(([, is]) => is),
      rule: "person 7 of a file and [erased]",
    });
    expect(scrubJson(JSON.stringify({ rule: detail.rule }), traces)).toBe(
      '{"rule":"annotator-7 and [erased]"}',
    );
    const other = '{ "written": "by nobody", "n": 1.0 }';
    expect([scrubJson(other, traces), scrubReport(other, traces)]).toEqual([other, other]);
  });

  it("of a report name an annotator where one is named, and leave a system of the same name alone", () => {
    const report = {
      systems: ["Anna B."],
      byAnnotator: [{ annotator: "Anna B.", rate: 0.25 }],
      betweenAnnotators: [{ annotators: ["Anna B.", "me"] }],
      rules: [`${ids[0]}: too fast`],
    };
    expect(JSON.parse(scrubReport(JSON.stringify(report), { ids, names: anna }))).toEqual({
      systems: ["Anna B."],
      byAnnotator: [{ annotator: "annotator-3", rate: 0.25 }],
      betweenAnnotators: [{ annotators: ["annotator-3", "me"] }],
      rules: ["[erased]: too fast"],
    });
  });
});
