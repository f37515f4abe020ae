import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isNew, openDatabase } from "../../../server/storage/open.ts";
import { NoDatabase } from "../../../server/storage/open-errors.ts";

it("makes no database at a path where there is none, but for whoever begins one", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-none-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "deep", "mistyped.db");
  for (const url of [file, `sqlite:${file}`]) {
    expect(isNew(url)).toBe(true);
    expect(() => openDatabase(url, { make: false })).toThrow(NoDatabase);
  }
  expect(fs.readdirSync(folder)).toEqual([]);
  await openDatabase(file).close();
  expect(isNew(file)).toBe(false);
  await openDatabase(file, { make: false }).close();
  expect(isNew("postgres://user@db.example.org/tiebreak")).toBe(false);
});
