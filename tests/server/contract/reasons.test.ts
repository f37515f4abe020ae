import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { NOT_IN_PERCENTAGES, REASONS } from "../../../server/contract/reasons.ts";

const server = path.resolve(import.meta.dirname, "../../../server");
const sources = ["statistics", "analysis", "planning"].flatMap((room) =>
  fs
    .readdirSync(path.join(server, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(server, room, name)),
);

test("a figure is refused in the words of contract/reasons.ts, nowhere in words of its own", () => {
  const own = sources.flatMap((file) => {
    const found = fs.readFileSync(file, "utf8").match(/notEstimable:\s*["`][^\n]*/g) ?? [];
    return found.map((text) => `${path.relative(server, file)}: ${text}`);
  });
  expect(own).toEqual([]);
});

test("no two reasons read the same, and each is used", () => {
  const words = [...Object.values(REASONS), ...Object.values(NOT_IN_PERCENTAGES)].map(String);
  expect(words.filter((text, i) => words.indexOf(text) !== i)).toEqual([]);
  const code = sources.map((file) => fs.readFileSync(file, "utf8")).join("\n");
  const isUsed = (name: string) => new RegExp(`\\b(REASONS|NOT_IN_PERCENTAGES)\\.${name}\\b`).test(code);
  const names = [...Object.keys(REASONS), ...Object.keys(NOT_IN_PERCENTAGES)];
  expect(names.filter((name) => !isUsed(name))).toEqual([]);
});
