import { describe, expect, it } from "vitest";
import { rankingOf } from "../../../server/analysis/ranking/ranking.ts";
import type { Report } from "../../../server/contract/report.ts";
import { flat } from "../../../server/report-document/write/flat.ts";
import { rankingSection } from "../../../server/report-document/sections/ranking.ts";
import { plantedRows, study } from "../../support/statistics/ranking-study.ts";
import { uniform } from "../../support/statistics/ranking-support.ts";

const people = plantedRows(uniform(1), [1, 0, -1], 30);
const model = plantedRows(uniform(2), [1, 0, -1], 30).map((row) => ({ ...row, group: 2, annotator: 30 }));
const RANKING = rankingOf(study(3, [...people, ...model]));

/** The p values of differences between systems, by the table that they are in. */
const pValuesIn = (status: Report["analysis"]["status"]) =>
  flat(rankingSection(RANKING, { analysis: { status } as Report["analysis"] }).parts, () => true)
    .flatMap((part) => (part.kind === "table" ? [part.table] : []))
    .filter(({ key }) => key.endsWith("-differences"))
    .map(({ key, rows }): [string, (number | string | null)[]] => [
      key,
      rows.map(({ cells }) => cells.at(-1)!.value),
    ]);

describe("p values of the ranking", () => {
  it("are withheld while a study is interim, of a model alone too, and shown after", () => {
    const [interim, done] = [pValuesIn("interim"), pValuesIn("confirmatory")];
    expect(interim.map(([key]) => key)).toContain("ranking-model-1-differences");
    expect(done.map(([key]) => key)).toEqual(interim.map(([key]) => key));
    for (const [, values] of interim) expect(values).toEqual([null, null, null]);
    for (const [, values] of done) for (const value of values) expect(value).toEqual(expect.any(Number));
  });
});
