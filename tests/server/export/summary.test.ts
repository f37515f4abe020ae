import { expect, it } from "vitest";
import { summaryLines } from "../../../server/export/summary.ts";

const nothing = {
  study: "s",
  group: null,
  judgments: 2,
  leftOut: [],
  changed: [],
  cellsChanged: 0,
  notCarried: [],
};
const rows = (path: string) => ({ path, rows: 2 });
const other = (i: number) => ({ path: `pack/methods/${i}.md`, rows: null });

it.each([
  ["are named while they are few", [rows("a.csv"), other(1)], "Wrote 2 rows in a.csv and pack/methods/1.md."],
  [
    "are counted where they would fill the screen",
    [...[1, 2, 3].map(other), rows("pack/a.jsonl"), rows("pack/b.jsonl"), other(4)],
    "Wrote 2 rows in pack/a.jsonl, 2 rows in pack/b.jsonl, 4 more files in that folder.",
  ],
])("files without rows %s", (_, files, said) => {
  expect(summaryLines({ ...nothing, as: "pack", files })).toEqual([said]);
});
