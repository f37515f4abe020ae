import { expect, it } from "vitest";
import { withVerb } from "../../../server/commands/support/verbs.ts";

it.each([
  [["a.csv", "b.csv"], "compare a.csv b.csv"],
  [["--database", "x.db", "a.csv", "b.csv"], "--database x.db compare a.csv b.csv"],
  [["--json", "--database=x.db", "a.csv"], "--json --database=x.db compare a.csv"],
  [["--database", "x.csv", "study", "list"], "--database x.csv study list"],
  [["load", "a.csv"], "load a.csv"],
  [["--database"], "--database"],
  [["--help", "a.csv"], "--help a.csv"],
])("arguments %j are compared where they begin with a file", (args, meant) => {
  expect(withVerb(args).join(" ")).toBe(meant);
});
