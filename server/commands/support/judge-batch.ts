import fs from "node:fs";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { type BatchRead, readBatch } from "../../judges/batch-read.ts";
import { writeBatch, type WrittenBatch } from "../../judges/batch-write.ts";
import type { TokenPrice } from "../../model-servers/cost.ts";
import { type JudgeRequest, wordingOf } from "../../judges/judge-study.ts";
import { readLines } from "../../loading/reading/lines.ts";
import { requireFile } from "./files.ts";

class BatchFileWrong extends TiebreakError {
  constructor(message: string) {
    super("BatchFileWrong", 400, message);
  }
}

export type BatchWritten = WrittenBatch & { readonly file: string };

/** Writes the calls of a judge to a batch file, which must not exist. @throws BatchFileWrong */
export async function writeBatchFile(
  context: Context,
  request: JudgeRequest,
  file: string,
): Promise<BatchWritten> {
  const wording = await wordingOf(context, request);
  const handle = opened(file);
  try {
    const write = (line: string) => void fs.writeSync(handle, line);
    const written = await writeBatch(context, request, { wording, write });
    fs.fsyncSync(handle); // its calls are claimed: nobody else asks them
    return { file, ...written };
  } catch (error) {
    if (fs.fstatSync(handle).size === 0) fs.rmSync(file, { force: true }); // so that the same command can be tried again
    throw error;
  } finally {
    fs.closeSync(handle);
  }
}

/** Imports result files. @returns what they held */
export async function readBatchFiles(
  context: Context,
  { study, files, priceOf }: Results,
): Promise<BatchRead> {
  files.forEach(requireFile);
  return readBatch(context, study, { lines: linesOf(files), priceOf });
}

interface Results {
  readonly study: string;
  readonly files: readonly string[];
  readonly priceOf: (model: string) => TokenPrice | null;
}

function opened(file: string): number {
  try {
    return fs.openSync(file, "wx");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "EEXIST" ? "exists already: choose another name" : `cannot be written (${code})`;
    throw new BatchFileWrong(`${file} ${why}.`);
  }
}

/** The lines of the files; one that cannot be read becomes “?”, which is counted as no result. */
async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    for await (const chunk of readLines(file)) {
      for (const line of chunk) yield "text" in line ? line.text : "?";
    }
  }
}
