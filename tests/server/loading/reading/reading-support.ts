import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { FileOptions } from "../../../../server/loading/reading/options.ts";
import { readFile } from "../../../../server/loading/reading/read-file.ts";
import type { LoadRecord, RowProblem, RowRemark } from "../../../../server/loading/reading/records.ts";
import { options } from "./reading-options.ts";

export const FIXTURES = path.resolve(import.meta.dirname, "../../../../fixtures/malformed");
export const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-read-"));

/** Everything that a file holds. */
export async function read(file: string, over: Partial<FileOptions> = {}) {
  const records: LoadRecord[] = [];
  const problems: RowProblem[] = [];
  const remarks: RowRemark[] = [];
  for await (const items of readFile(file, options(path.basename(file), over))) {
    for (const item of items) {
      if ("record" in item) records.push(item.record);
      else if ("problem" in item) problems.push(item.problem);
      else remarks.push(item.remark);
    }
  }
  const faults = problems.map((p) => `${p.row} ${p.name}`);
  return { records, problems, remarks, said: remarks.map(({ message }) => message), faults };
}

export const fixture = (name: string, over: Partial<FileOptions> = {}) =>
  read(path.join(FIXTURES, name), over);

/** The path of a new file in a temporary folder. */
export const newFile = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
};

/** Reads what is written to a new file. */
export const written = async (name: string, content: string | Buffer, over: Partial<FileOptions> = {}) =>
  read(newFile(name, content), over);
