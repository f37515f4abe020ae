import fs from "node:fs";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { type BatchRead, readBatch } from "../../judges/batch-read.ts";
import { writeBatch } from "../../judges/batch-write.ts";
import type { TokenPrice } from "../../model-servers/cost.ts";
import { type JudgeRequest, wordingOf } from "../../judges/judge-study.ts";
import { readLines } from "../../loading/reading/lines.ts";
import { requireFile } from "./files.ts";

class BatchFileWrong extends TiebreakError {
  constructor(message: string) {
    super("BatchFileWrong", 400, message);
  }
}

/** Writes the calls of a judge to a batch file, which must not exist. @throws BatchFileWrong @returns how many */
export async function writeBatchFile(
  context: Context,
  request: JudgeRequest,
  file: string,
): Promise<{ calls: number }> {
  if (request.settings.adapter !== "openai")
    throw new BatchFileWrong("Batch files are for OpenAI only: omit --adapter.");
  const wording = await wordingOf(context, request);
  const handle = opened(file);
  try {
    const write = (line: string) => void fs.writeSync(handle, line);
    const { calls } = await writeBatch(context, request, { wording, write });
    return { calls };
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

/** The lines of the files; one that cannot be read becomes “?”, which is counted as not from this study. */
async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files) {
    for await (const chunk of readLines(file)) {
      for (const line of chunk) yield "text" in line ? line.text : "?";
    }
  }
}
