import { expect, it } from "vitest";
import { remarkLines } from "../../../server/loading/remark-lines.ts";
import { Remarks } from "../../../server/loading/remarks.ts";

const linesOf = (name: string, file: string, messages: readonly string[]) => {
  const remarks = new Remarks();
  for (const message of messages) remarks.add({ name, file, line: 0, message });
  return remarkLines("Warnings:", remarks.toJson());
};
const near = (count: number) => Array.from({ length: count }, (_, i) => `The prompt “${i}.0” may be “${i}”.`);

it("remarks of one kind on the study are three, and the rest is counted, however many they are", () => {
  expect(linesOf("IdNearlySame", "", near(300)).slice(2)).toEqual([
    ...near(3).map((message) => `  ${message}`),
    "  … and 97 more of this kind",
    "  … and 200 more",
  ]);
  expect(linesOf("IdNearlySame", "", near(4))).toHaveLength(6);
});

it("remarks on a file as a whole are all listed, as each is of another column", () => {
  const messages = ["a", "b", "c", "d", "e"].map((column) => `${column} is kept.`);
  expect(linesOf("ColumnsKept", "x.csv", messages)).toHaveLength(7);
});
