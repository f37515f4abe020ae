import fs from "node:fs";
import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { giveUpBatches, readBatch } from "../../judges/batch-read.ts";
import { writeBatch } from "../../judges/batch-write.ts";
import type { TokenPrice } from "../../model-servers/cost.ts";
import { type JudgeRequest, wordingOf } from "../../judges/judge-study.ts";
import { readPrices } from "../../model-servers/prices.ts";
import { readLines } from "../../loading/reading/lines.ts";
import { asWord } from "../../report-document/as-word.ts";
import { counted } from "../../report-document/numbers.ts";
import { readText, requireFile } from "./files.ts";
import { print, printSaid } from "./run.ts";

class BatchFileWrong extends TiebreakError {
  constructor(message: string) {
    super("BatchFileWrong", 400, message);
  }
}

interface Flags {
  readonly json?: boolean;
  readonly prices?: string;
}

/** Prices of models from a price file; without a file, no price is known. */
export function pricesIn(file: string | undefined): (model: string) => TokenPrice | null {
  if (file === undefined) return () => null;
  return readPrices(readText(file)).priceOf;
}

/** Writes the calls of a judge as a batch file, and prints what to do with it. The file must not exist. */
export async function writeBatchFile(
  context: Context,
  request: JudgeRequest,
  { file, json }: Flags & { readonly file: string },
): Promise<void> {
  if (request.settings.adapter !== "openai")
    throw new BatchFileWrong("Batch files are for OpenAI only: omit --adapter.");
  const wording = await wordingOf(context, request);
  const handle = opened(file);
  try {
    const write = (line: string) => void fs.writeSync(handle, line);
    const { calls } = await writeBatch(context, request, { wording, write });
    if (json) return print(JSON.stringify({ file, calls }));
    if (calls === 0) return print("There is nothing left to judge. The file is empty.");
    print(
      `Wrote ${calls} calls to ${file}. Submit it as a batch of /v1/chat/completions; then import the results:`,
    );
    printSaid(`  npx tiebreak judge ${asWord(request.study)} --batch-in OUTPUT.jsonl ERRORS.jsonl`);
  } catch (error) {
    if (fs.fstatSync(handle).size === 0) fs.rmSync(file, { force: true }); // so that the same command can be tried again
    throw error;
  } finally {
    fs.closeSync(handle);
  }
}

/** Imports result files, and prints what they held. */
export async function readBatchFiles(
  context: Context,
  study: string,
  flags: Flags & { readonly files: readonly string[] },
): Promise<void> {
  flags.files.forEach(requireFile);
  const priceOf = pricesIn(flags.prices);
  const read = await readBatch(context, study, { lines: linesOf(flags.files), priceOf });
  if (flags.json) return print(JSON.stringify(read));
  print(`${counted(read.lines, "line")}: ${counted(read.verdicts, "verdict")}.`);
  for (const { kind, count } of read.failures) print(`  without a verdict: ${kind} ${count}`);
  if (read.again > 0) print(`  imported before: ${read.again}`);
  if (read.unknown > 0) print(`  not from this study: ${read.unknown}`);
  if (read.waiting > 0)
    print(
      `${read.waiting} calls have no result yet. Import the other file, or abandon them: --batch-give-up`,
    );
}

export async function giveUp(context: Context, study: string, { json }: Flags): Promise<void> {
  const calls = await giveUpBatches(context, study);
  print(json ? JSON.stringify({ calls }) : `Abandoned ${calls} calls. They can be made again.`);
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
