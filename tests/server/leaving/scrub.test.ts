import { describe, expect, it } from "vitest";
import { scrubJson, scrubReport, scrubText } from "../../../server/leaving/scrub.ts";

const ids = ["5f00aa11bb22cc33dd44ee55"];
const anna = { was: "Anna B.", is: "annotator-3" };

describe("texts of the owner without the traces of somebody", () => {
  it.each([
    [`${ids[0]} used a chatbot`, null, "[erased] used a chatbot"],
    [`see x${ids[0]}`, null, `see x${ids[0]}`],
    ["Anna B. is an author", anna, "annotator-3 is an author"],
    ["Savannah B. is a place", anna, "Savannah B. is a place"],
    ["Anna B.", anna, "annotator-3"],
    ["me", { was: "me", is: "annotator-1" }, "annotator-1"],
    ["give me a word", { was: "me", is: "annotator-1" }, "give me a word"],
  ])("%s", (text, name, clean) => {
    expect(scrubText(text, { ids, name })).toBe(clean);
  });

  it("keep the shape of JSON, numbers and order", () => {
    const detail = { annotator: "Anna B.", list: [1.5, null, true, `by ${ids[0]}`] };
    expect(scrubJson(JSON.stringify(detail), { ids, name: anna })).toBe(
      '{"annotator":"annotator-3","list":[1.5,null,true,"by [erased]"]}',
    );
  });

  it("of a report name an annotator where one is named, and leave a system of the same name alone", () => {
    const report = {
      systems: ["Anna B."],
      byAnnotator: [{ annotator: "Anna B.", rate: 0.25 }],
      betweenAnnotators: [{ annotators: ["Anna B.", "me"] }],
      rules: [`${ids[0]}: too fast`],
    };
    expect(JSON.parse(scrubReport(JSON.stringify(report), { ids, name: anna }))).toEqual({
      systems: ["Anna B."],
      byAnnotator: [{ annotator: "annotator-3", rate: 0.25 }],
      betweenAnnotators: [{ annotators: ["annotator-3", "me"] }],
      rules: ["[erased]: too fast"],
    });
  });
});
